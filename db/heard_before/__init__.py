"""Heard before? Finds the adult or the setting a caller means among all that the record already knows.

Names arrive by telephone: misheard, misspelt, shortened, half given or in another order.

- ``names`` reads a name, ``sounds`` hears a word, ``nicknames`` knows who goes by what;
- ``closeness`` judges how near two names are, and says why;
- ``index`` keeps the words of every name, beside the names;
- ``search`` looks a name up: ``answers`` finds the kept words that may be meant, with ``arms`` to put them to the
  database and ``wordlist`` to look for slips of the finger, and ``bearers`` finds who bears them all;
- ``references`` knows a reference when it sees one.
"""
