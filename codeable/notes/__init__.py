"""Field notes: Markdown files with metadata, passages and coding traces. They are read and never executed."""

from codeable.notes.model import FieldNote
from codeable.notes.reader import read_note, read_text

__all__ = ["FieldNote", "read_note", "read_text"]
