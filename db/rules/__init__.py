"""Pure decisions: no session, no clock, nothing read or written. Today's date is always an argument."""
