"""The figures: what is counted, and the one engine that counts it.

A figure (`figure.Figure`) is data: a sentence that says what is counted, the cohort it is counted in, and conditions
on the cohort's columns. A cohort (`cohorts`) says which rows there are in a span of days: referrals *received*,
outcomes *concluded*, enquiries, meetings. Three questions, three cohorts; they are never mixed. `tally` counts any
figures in one statement a cohort, and lists the very cases a figure counts from the same conditions.

A year's figures are as at its last day (`span.Span`): a case closed after it was open on it, and its classification
is the last one decided by then. Everything else is as the record stands. What was entered in error is not counted.
"""
