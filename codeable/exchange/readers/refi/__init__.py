"""Codebooks and projects of REFI-QDA, as the tools write them."""
