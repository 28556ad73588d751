"""Controlled vocabularies of grey-literature studies, for the attributes of a source.

The attributes accept any text; `coding` makes enumerations of these values, and the checks compare with them.
"""

SOURCE_TYPES: tuple[str, ...] = (
    "Discussion Forum Post",
    "General Audience Article",
    "Practitioner Audience Article",
    "Practitioner Book",
    "Tool Documentation",
    "Blog Post",
    "Slides",
    "Video Streaming",
)
"""Kinds of documents, for the attribute `type`."""

AUTHOR_TYPES: tuple[str, ...] = ("Practitioner", "Mixed", "Academic", "Unknown")
"""Kinds of authors, for the attribute `author type`."""
