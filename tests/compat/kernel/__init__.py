"""Sections 1 to 5: the modelling kernel."""
