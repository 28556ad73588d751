"""Codes, sources and codings in the formats of other tools: out of a study, and into one.

Both ways go through one record, `project.Project`. `outgoing` makes files of it or of the study, `readers`
make it of a file, `incoming` writes it into a study as notes and modules. `study_json` has the whole study,
both ways.
"""
