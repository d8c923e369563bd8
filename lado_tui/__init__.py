"""What staff see and touch: the desk's screens, keys and pieces. Knows nothing of how the record is kept."""
