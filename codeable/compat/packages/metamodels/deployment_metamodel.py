"""Deployment of components; declared anew for this study."""

from codeable.compat.fronts import names_of

globals().update(names_of("deployment"))
del names_of
