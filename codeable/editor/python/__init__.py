"""Python that is being written, in a trace or a module: calls, imports, statements. None of it is run."""
