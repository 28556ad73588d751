"""The codes of the rules in a comment that suppresses a finding: `codeable: ignore[C401] reason`."""

import re

from lsprotocol.types import CompletionItemKind

from codeable.checks.configuration import ALL_RULES
from codeable.checks.diagnostic import Rule
from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.study.study_view import Cursor

_CODES = re.compile(r"(?:<!--|\#)[ \t]*codeable:[ \t]*ignore\[(?P<codes>[\w, \t]*)\Z")
_BEGUN = re.compile(r"(?P<opening><!--|\#)[ \t]*(?P<word>(?:codeable:?[ \t]*)?\w*)\Z")
_COMMENT = "codeable: ignore[${1:C401}] ${2:reason}"


def offer_of_rules(cursor: Cursor, opening: str) -> Offer | None:
    """The codes of rules inside of the brackets; the comment itself where one begins.

    Args:
        cursor: The place.
        opening: What begins a comment in the file: ``<!--`` or ``#``.
    """
    before = cursor.line_before
    codes = _CODES.search(before)
    if codes is not None:
        given = {each.strip().upper() for each in codes["codes"].split(",")[:-1]}
        return Offer(*cursor.word, [_rule(rule) for rule in ALL_RULES if rule.code not in given])
    begun = _BEGUN.search(before)
    if begun is None or begun["opening"] != opening or not begun["word"]:
        return None
    if not "codeable: ignore".startswith(begun["word"].casefold()):
        return None
    end = " -->" if opening == "<!--" and "-->" not in cursor.line_behind else ""
    candidate = Candidate(
        label="codeable: ignore[…]",
        icon=CompletionItemKind.Snippet,
        detail="suppress a finding of `codeable check`",
        text=f"codeable: ignore[]{end}",
        snippet=f"{_COMMENT}{end}",
    )
    return Offer(cursor.offset - len(begun["word"]), cursor.offset, [candidate])


def _rule(rule: Rule) -> Candidate:
    return Candidate(
        label=rule.code,
        icon=CompletionItemKind.Constant,
        detail=rule.summary,
        also=rule.name,
        uses_text=rule.name,
        closed=True,
    )
