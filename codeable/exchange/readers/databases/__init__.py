"""Projects that are databases of SQLite: those of Taguette and QualCoder."""
