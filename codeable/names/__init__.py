"""Where the names of codes and sources stand: in field notes, modules and settings.

`renaming` and `merging` change them. The checks, `codeable rename`, `codeable merge` and the language server
call it.
"""
