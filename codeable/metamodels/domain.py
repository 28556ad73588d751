"""Domain classes and their groups."""

from codeable.kernel import CMetaclass

domain_metaclass = CMetaclass("Domain Class")
domain_metaclass_group = CMetaclass("Domain Class Group", superclasses=domain_metaclass)
and_combined_group = CMetaclass("And-Combined Domain Class Group", superclasses=domain_metaclass_group)
or_combined_group = CMetaclass("Or-Combined Domain Class Group", superclasses=domain_metaclass_group)
domain_class_groups_relation = domain_metaclass_group.association(
    domain_metaclass, "[collection] * <>- [class] *"
)
