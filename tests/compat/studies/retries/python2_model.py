# before we moved to Python 3
from codeable_models import CClass
from metamodels.guidance_metamodel import practice

print "making", CClass(practice, "Old")
