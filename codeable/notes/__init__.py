"""Field notes: the Markdown files that hold metadata, passages and coding traces; read, never run."""

from codeable.notes.reader import read, read_text
from codeable.notes.records import FieldNote

__all__ = ["FieldNote", "read", "read_text"]
