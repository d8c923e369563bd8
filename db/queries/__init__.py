"""Everything a screen can ask, one function each, answered with small frozen rows. No table row leaves the record."""
