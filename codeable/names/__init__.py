"""Where the names of codes and sources stand: in field notes, modules and settings; and renaming them there.

Checks, the commands `rename` and `merge`, and the language server call it.
"""
