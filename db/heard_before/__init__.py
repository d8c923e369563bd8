"""Heard before? Finds the adult or the setting a caller means among all that the record already knows.

Names arrive by telephone: misheard, misspelt, shortened, half given or in another order. ``names`` reads a name,
``closeness`` judges how near two names are and says why, ``index`` keeps the words of every name, ``search`` looks
them up, and ``references`` knows a reference when it sees one.
"""
