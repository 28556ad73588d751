"""The decision guide: what a study found out, decision by decision, as a handbook.

`chapters` gathers it into the records of `records`; `codeable.reports.guidance` writes it.
"""
