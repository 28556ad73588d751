"""Deployment of components; declared anew for this study."""

from codeable.compat.shims import names_of

globals().update(names_of("deployment"))
del names_of
