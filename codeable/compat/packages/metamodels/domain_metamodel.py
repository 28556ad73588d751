"""Domain classes; declared anew for this study."""

from codeable.compat.shims import names_of

globals().update(names_of("domain"))
del names_of
