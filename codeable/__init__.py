"""Qualitative studies kept as code: declared in Python, drawn, counted and checked from one place."""
