"""The vocabularies of a study, each a module that declares metaclasses, associations and stereotypes.

`codeable.dsl` offers at once all names of `domain`, `guidance` and `coding`. A study imports the others where
it needs them: `component`, `microservice_components`, `deployment`, `technology`, `activity`.
"""

VOCABULARIES = (
    "domain",
    "guidance",
    "coding",
    "component",
    "microservice_components",
    "deployment",
    "technology",
    "activity",
)
"""The modules of this package that declare a vocabulary."""
