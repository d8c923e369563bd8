"""The pieces that more than one screen uses. Import each from its own file, so that only what is used is loaded."""
