"""A study with a coding metamodel of its own: interviews beside documents, statements with a weight."""

from codeable.dsl import *
from models.interviews import (
    containers,
    deployment,
    experience,
    interview,
    opinion,
    orchestration_includes,
    serverless,
)

i1 = CClass(
    interview,
    "Interview 1",
    values={"role": "Architect", "topics": ["cost", "people"], "title": "First"},
)
i2 = CClass(
    interview,
    "Interview 2",
    values={"role": "Developer", "minutes": 45, "recorded": False},
)
d1 = CClass(
    source,
    "d1",
    values={"title": "A page", "url": "https://example.org/d1", "year": 2021},
)

add_links(
    {i1: [deployment, containers, orchestration_includes]}, role_name="contained_code"
)
add_links(
    {i2: serverless},
    role_name="contained_code",
    stereotype_instances=experience,
    tagged_values={"project": "shop", "quote": 'It just "scales"\nby itself'},
)
add_links(
    {d1: containers},
    role_name="contained_code",
    stereotype_instances=opinion,
    label="page 3",
)
