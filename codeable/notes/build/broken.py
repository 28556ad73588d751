"""What a study lacks because of a statement that is not read. Called by `collect`."""

import keyword
import re
from collections.abc import Mapping

from codeable.notes.build.plan import Lost
from codeable.notes.model import BrokenStatement

_BY_WORD: Mapping[str, Lost] = {
    "add_decision_option_link": "option",
    "add_decision_option_association": "option",
    "add_force_relations": "impact",
    "contained_code": "evidence",
    "add_links": "relation",
    "add_stereotyped_design_solution_link": "relation",
    "add_stereotyped_link_with_how_tagged_value": "relation",
    "add_stereotyped_link_with_role_tagged_value": "relation",
}
_IDENTIFIERS = re.compile(r"[\w., \t-]+")


def lost_with(one: BrokenStatement) -> Lost:
    """What a broken statement is meant to say, as far as its words tell.

    A misspelt function counts as the one that is suggested.

    Args:
        one: The statement.
    """
    if one.metaclass is not None:
        return "source" if one.metaclass.name == "source" else "code"
    words = (one.problem.suggestion or "", one.source)
    found = (lost for text in words for word, lost in _BY_WORD.items() if word in text)
    if (lost := next(found, None)) is not None:
        return lost
    is_name = (
        one.identifier is None
        and not keyword.iskeyword(one.source)
        and _IDENTIFIERS.fullmatch(one.source) is not None
    )
    return "evidence" if is_name else "statement"
