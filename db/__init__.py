"""The record: what is kept, the rules it obeys, and what can be asked of it. Knows nothing of screens."""
