"""Colours and arrangement: the three themes, and one stylesheet for what every screen shares."""
