"""Puts the codes of a project in an order in which each is behind its parent. `planned_codes` calls it."""

from collections.abc import Sequence

from attrs import evolve

from codeable.exchange.project import NotTakenOver, ProjectCode


def parents_first(codes: Sequence[ProjectCode]) -> tuple[list[ProjectCode], list[NotTakenOver]]:
    """The codes, each behind its parent and else in their order, and the parents that are left out.

    A parent that is not in the file is left out. Of codes that specialise each other in a circle, one loses
    its parent.

    Example:
        >>> codes, left_out = parents_first([ProjectCode("1", "Cost", "2"), ProjectCode("2", "Force", "1")])
        >>> [code.name for code in codes], left_out[0].named
        (['Force', 'Cost'], ('Force',))
    """
    by_key = {code.key: code for code in codes}
    done: dict[str, ProjectCode] = {}
    orphans: list[ProjectCode] = []
    circular: list[ProjectCode] = []
    for code in codes:
        chain: dict[str, ProjectCode] = {}
        above: ProjectCode | None = code
        while above is not None and above.key not in done and above.key not in chain:
            chain[above.key] = above
            above = by_key.get(above.parent) if above.parent is not None else None
        for each in reversed(chain.values()):
            if each.parent is None or each.parent in done:
                done[each.key] = each
                continue
            (circular if each.parent in by_key else orphans).append(each)
            done[each.key] = evolve(each, parent=None)
    return list(done.values()), [
        NotTakenOver(
            "parents of codes", len(found), tuple(code.name for code in found), found[0].place, reason
        )
        for found, reason in (
            (orphans, "the file does not have the parent; the code has none in the study"),
            (circular, "the parent is a sub-code of the code itself; the code has none in the study"),
        )
        if found
    ]
