"""The outline of a note or a module: symbols, and what can be folded away."""
