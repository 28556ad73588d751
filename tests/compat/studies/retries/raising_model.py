from codeable_models import CClass
from metamodels.guidance_metamodel import practice
from model import backoff

# not finished
jitter = CClass(practice, "Jitter")
jitter.add_links(backoff, role_name="no such role")
