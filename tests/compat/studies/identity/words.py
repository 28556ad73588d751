# Our own words. "uses" is a practice here, and hides the relation of the same name on purpose.
from codeable_models import CClass
from metamodels.guidance_metamodel import practice, pattern

uses = CClass(practice, "Uses of the Token")
pattern_language = [pattern]   # not a class
