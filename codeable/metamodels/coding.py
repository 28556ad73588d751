"""The coding of sources: sources, references, and the codes for which a source is evidence.

Decisions, design solutions, forces, domain classes and the relations between design solutions are codes.
A source is linked to its codes in the role `contained_code`; the opposite role is `evidence`.
"""

from codeable.kernel import CEnum, CMetaclass
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.metamodels.domain import domain_metaclass
from codeable.metamodels.guidance import (
    decision,
    design_solution,
    design_solution_dependencies,
    force,
    model_element,
)

source_type = CEnum("Source Type", values=list(SOURCE_TYPES))
author_type = CEnum("Author Type", values=list(AUTHOR_TYPES))

# `type` and `author type` accept any text, so that a study with swapped values loads; a check reports them.
reference = CMetaclass(
    "Reference",
    attributes={
        "url": str,
        "archive url": str,
        "tiny url": str,
        "title": str,
        "bibliographic reference": str,
        "author type": str,
        "type": str,
        "example": bool,
        "source code": bool,
        "memo": str,
    },
)
source = CMetaclass("Source", superclasses=reference)
reference_relation = source.association(reference, "reference: [source] * -> [referenced] *")

code = CMetaclass("Code", attributes={"name": str, "description": str, "memo": str})
contains_codes_relation = code.association(source, "contains codes: [contained_code] * -> [evidence] *")

siblings = [*model_element.subclasses, *design_solution.subclasses]
for classifier in (decision, domain_metaclass, design_solution, force, design_solution_dependencies):
    classifier.superclasses = [*classifier.superclasses, code]
for classifier in siblings:  # assigning superclasses moves a classifier to the end; this restores the order
    classifier.superclasses = classifier.superclasses
del classifier, siblings
