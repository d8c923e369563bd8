"""The made-up service: a year of invented people, settings and stories whose totals are those of a published year.

``plan`` decides everything from one seed; ``build`` writes it as rows. What counts the rows knows nothing of this.
"""
