"""Architectural guidance; declared anew for this study."""

from codeable.compat.shims import names_of

globals().update(names_of("guidance"))
del names_of
