"""Components of microservices; declared anew for this study."""

from codeable.compat.shims import names_of

globals().update(names_of("microservice_components"))
del names_of
