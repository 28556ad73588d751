from codeable_models import CClass
from metamodels.domain_metamodel import domain_metaclass

# was domain_models.gateway_domain until the folder was renamed for publication
api_client = CClass(domain_metaclass, "API Client")
backend = CClass(domain_metaclass, "Backend")
