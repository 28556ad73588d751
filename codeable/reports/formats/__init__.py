"""How tables are written: one module a format, with its escaping beside it."""
