"""Components and connectors; declared anew for this study."""

from codeable.compat.shims import names_of

globals().update(names_of("component"))
del names_of
