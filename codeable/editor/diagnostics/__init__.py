"""Findings as diagnostics of the protocol."""
