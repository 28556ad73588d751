"""A study with a coding metamodel of its own: interviews beside documents, statements with a weight."""

from codeable.dsl import *
from models.interviews import containers, deployment, orchestration, serverless
from sources.interviews import d1, i1, i2

with_sources = CBundle(
    "With Sources",
    elements=[i1, i2, d1, containers, serverless, deployment, orchestration],
)
