"""The values that grey-literature studies customarily give to a source's attributes.

The attributes accept any text; these lists are for whoever wants to compare.
"""

__all__ = ["AUTHOR_TYPES", "SOURCE_TYPES"]

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
"""What kind of document a source is: the customary values of the attribute `type`."""

AUTHOR_TYPES: tuple[str, ...] = ("Practitioner", "Mixed", "Academic", "Unknown")
"""Who wrote a source: the customary values of the attribute `author type`."""
