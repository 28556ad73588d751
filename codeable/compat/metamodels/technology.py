"""Technologies, with the bundle of them all."""

from codeable.kernel import CBundle
from codeable.metamodels.technology import *

_all = CBundle("_all", elements=technology.get_connected_elements(add_stereotypes=True))
technology_metamodel_views = [_all, {}]
