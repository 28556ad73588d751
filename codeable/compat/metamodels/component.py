"""Components and the connectors between them."""

from codeable.kernel import CBundle, CMetaclass, CStereotype

component = CMetaclass("Component")
component_type = CStereotype("Component Type", extended=component)
connectors_relation = component.association(component, "connected to: [source] * -> [target] *")
connector_type = CStereotype("Connector Type", extended=connectors_relation, attributes={"description": str})

_all_elements = [component, component_type, connector_type]
_all = CBundle("component_model_all", elements=_all_elements)
componentMetamodelViews = [_all, {}]  # noqa: N816 - the name that studies use
