"""Components and the connectors between them."""

from codeable.kernel import CMetaclass, CStereotype

component = CMetaclass("Component")
component_type = CStereotype("Component Type", extended=component)
connectors_relation = component.association(component, "connected to: [source] * -> [target] *")
connector_type = CStereotype("Connector Type", extended=connectors_relation, attributes={"description": str})
