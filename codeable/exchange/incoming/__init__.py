"""What comes into a study: notes, modules and texts, planned from a `Project` and written together."""
