"""Components and connectors, with the bundle of them all."""

from codeable.kernel import CBundle
from codeable.metamodels.component import *

_all_elements = [component, component_type, connector_type]
_all = CBundle("component_model_all", elements=_all_elements)
componentMetamodelViews = [_all, {}]  # noqa: N816 - the name that studies use
