"""Completion: codes, words of the vocabulary, values, headings and snippets, each only where it fits.

`in_notes` and `in_modules` find what may be written at a place, `matching` makes the list of the protocol.
"""

from codeable.editor.completion.requests import completion_at, register

__all__ = ["completion_at", "register"]
