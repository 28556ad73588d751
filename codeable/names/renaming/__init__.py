"""Renaming a code in the notes, modules and settings of a study together."""
