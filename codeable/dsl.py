"""Every name that a study's modules may use: the kernel's and the vocabularies'.

A module of a study starts with ``from codeable.dsl import *``. When the study is loaded, it gets the names of
a vocabulary of its own; the ordinary module serves scripts and notebook cells.
"""

from types import ModuleType

from codeable.kernel import *
from codeable.metamodels.coding import *
from codeable.metamodels.controlled_vocabularies import *
from codeable.metamodels.domain import *
from codeable.metamodels.guidance import *
from codeable.metamodels.isolation import fresh_modules, standing_in

__all__ = [  # noqa: RUF022 - in plain order of the names, as `sorted` has it
    "AUTHOR_TYPES",
    "CAssociation",
    "CAttribute",
    "CBundlable",
    "CBundle",
    "CClass",
    "CClassifier",
    "CEnum",
    "CException",
    "CLayer",
    "CLink",
    "CMetaclass",
    "CNamedElement",
    "CObject",
    "CPackage",
    "CStereotype",
    "SOURCE_TYPES",
    "add_decision_option_association",
    "add_decision_option_link",
    "add_force_relations",
    "add_links",
    "add_stereotyped_design_solution_link",
    "add_stereotyped_link_with_how_tagged_value",
    "add_stereotyped_link_with_role_tagged_value",
    "alternative_to",
    "and_combined_group",
    "author_type",
    "can_be_combined_with",
    "can_be_realized_by",
    "can_be_realized_with",
    "can_include",
    "can_use",
    "category",
    "category_decisions_relation",
    "category_hierarchy_relation",
    "code",
    "consider_if_not_decided_yet",
    "context_relations_type",
    "decide_for_all_instances_of",
    "decide_for_some_instances_of",
    "decision",
    "decision_category_to_contexts_relation",
    "decision_solution_relation",
    "decision_to_contexts_relation",
    "decision_type",
    "delete_links",
    "design_solution",
    "design_solution_dependencies",
    "design_solution_dependency_type",
    "design_solution_domain_metaclass",
    "do_nothing_design_solution",
    "domain_metaclass",
    "domain_metaclass_group",
    "enables",
    "extension",
    "force",
    "force_impact_relation",
    "force_impact_type",
    "has_variant",
    "includes",
    "influences",
    "is_a",
    "known_use",
    "leads_to",
    "mandatory_next",
    "model_element",
    "multiple_answers",
    "negative",
    "neutral",
    "next_decision",
    "option",
    "optional_next",
    "or_combined_group",
    "pattern",
    "positive",
    "positive_and_negative",
    "practice",
    "realizes",
    "reference",
    "requires",
    "rules_out",
    "set_links",
    "single_answer",
    "solutions_known_uses_relation",
    "solutions_to_next_decisions_relation",
    "solutions_to_next_decisions_relation_type",
    "source",
    "source_type",
    "uses",
    "variant",
    "very_negative",
    "very_positive",
]

_MODULES = (
    "codeable.metamodels.domain",
    "codeable.metamodels.guidance",
    "codeable.metamodels.coding",
    "codeable.dsl",
)
"""The modules of which every study has its own copy, each after those it imports."""


def fresh_vocabulary() -> ModuleType:
    """Make a vocabulary that shares no element with any other; dropping it frees it.

    Returns:
        A copy of this module over newly declared metaclasses, associations and stereotypes. Its
        `__vocabulary__` tells, for each name that a study may import, the module which that import must get.

    Example:
        >>> own = fresh_vocabulary()
        >>> own.practice is practice
        False
        >>> own.__vocabulary__["codeable.metamodels.guidance"].practice is own.practice
        True
    """
    modules = fresh_modules(_MODULES)
    for package in ("codeable.metamodels", "codeable"):
        modules[package] = standing_in(package, modules)
    dsl = modules["codeable.dsl"]
    vars(dsl)["__vocabulary__"] = modules
    return dsl
