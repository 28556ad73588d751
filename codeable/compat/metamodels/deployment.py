"""Deployment nodes, with the bundle of them all."""

from codeable.compat.metamodels.component import component
from codeable.kernel import CBundle
from codeable.metamodels.deployment import *

_all = CBundle(
    "_all",
    elements=[
        *deployment_node.get_connected_elements(add_stereotypes=True, stop_elements_inclusive=[component]),
        *deployment_relation_type.get_connected_elements(add_stereotypes=True),
        *deployment_node_relation_type.get_connected_elements(add_stereotypes=True),
    ],
)
deployment_metamodel_views = [_all, {}]
