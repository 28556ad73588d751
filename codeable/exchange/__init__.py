"""Codes, sources and codings in the formats of other tools: out of a study, and into one.

Both ways go through one record, `project.Project`. A writer of a format makes files of it or of the study,
a reader of a format makes it of a file. `incoming` writes it into a study as notes and modules.
"""
