"""Components and connectors; declared anew for this study."""

from codeable.compat.fronts import names_of

globals().update(names_of("component"))
del names_of
