"""The tables of a study, one module each; a module makes the content of its table."""
