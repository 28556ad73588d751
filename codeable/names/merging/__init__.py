"""Making one code of several in the notes, modules and settings of a study together."""
