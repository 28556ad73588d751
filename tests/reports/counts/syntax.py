"""The evidence that modules state, read from their syntax trees alone. The tests compare counts with it."""

import ast
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

__all__ = ["evidence_in", "pairs_of"]


def evidence_in(paths: Iterable[Path]) -> dict[str, set[str]]:
    """Source → codes, as `add_links({source: codes}, role_name="contained_code")` states."""
    found: dict[str, set[str]] = {}
    for path in paths:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and any(
                each.arg == "role_name" and ast.literal_eval(each.value) == "contained_code"
                for each in call.keywords
                if isinstance(each.value, ast.Constant)
            ):
                links = call.args[0]
                assert isinstance(links, ast.Dict), ast.unparse(call)
                for source, codes in zip(links.keys, links.values, strict=True):
                    named = codes.elts if isinstance(codes, ast.List) else [codes]
                    found.setdefault(source.id, set()).update(each.id for each in named)  # type: ignore
    return found


def pairs_of(evidence: dict[str, set[str]]) -> Counter[frozenset[str]]:
    """Two codes → the number of sources with both."""
    return Counter(frozenset(pair) for codes in evidence.values() for pair in combinations(sorted(codes), 2))
