"""Activities, with the bundle of them all."""

from codeable.compat.metamodels import without_later as _without_later
from codeable.kernel import CBundle
from codeable.metamodels.activity import *

_all = CBundle(
    "activity_metamodel_all",
    elements=activity_node.get_connected_elements(
        stop_elements_exclusive=_without_later(sub_activity_initial_node, call_action)
    ),
)
activity_metamodel_views = [_all, {}]
