"""Domain classes, with the bundle of them all."""

from codeable.compat.metamodels import is_earlier as _is_earlier
from codeable.kernel import CBundle, CClass, CMetaclass, add_links  # noqa: F401 - studies take them from here
from codeable.metamodels.domain import (
    and_combined_group,
    domain_metaclass,
    domain_metaclass_group,  # noqa: F401
    or_combined_group,
)

if _is_earlier():
    and_combined_group.name = "And-Combined Group"
    or_combined_group.name = "Or-Combined Group"

domain_metamodel = CBundle("Domain Meta Model", elements=domain_metaclass.get_connected_elements())
