from types import SimpleNamespace

import pytest

from codeable.kernel import CMetaclass, CStereotype


def small_vocabulary() -> SimpleNamespace:
    """Code and source, decision and practice, an option with a text: what most tests need."""
    code = CMetaclass("Code")
    solution = CMetaclass("Design Solution", superclasses=code)
    practice = CMetaclass("Practice", superclasses=solution)
    decision = CMetaclass("Decision", superclasses=code)
    source = CMetaclass("Source", attributes={"title": str, "url": str, "example": bool})
    contains = code.association(source, "[contained_code] * -> [evidence] *")
    options = decision.association(solution, "options: [decision] * -> [option] *")
    option = CStereotype("Option", extended=options, attributes={"name": str})
    return SimpleNamespace(
        code=code, solution=solution, practice=practice, decision=decision, source=source,
        contains=contains, options=options, option=option,
    )  # fmt: skip


@pytest.fixture
def words() -> SimpleNamespace:
    return small_vocabulary()
