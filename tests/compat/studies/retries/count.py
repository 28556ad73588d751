# prints a number for the paper and ends
import sys

from codeable_models import CClass
from metamodels.guidance_metamodel import practice
from model import retry_decision

draft = CClass(practice, "Draft that never was part of it")
print(len(practice.classes), retry_decision)
sys.exit(0)
