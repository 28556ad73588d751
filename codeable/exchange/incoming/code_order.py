"""Puts the codes of a project in an order in which each is behind its parents. `planned_codes` calls it."""

from collections.abc import Iterable, Sequence

from attrs import define, field

from codeable.exchange.project import NotTakenOver, ProjectCode, ProjectLink

SUPER_CODE = "super-code"
"""The kind of a link from a code to a further parent."""


@define
class CodeOrder:
    """The codes of a project, each behind its parents and else in their order.

    A parent that is not in the file is left out. Of codes that specialise each other in a circle, one loses
    its parent.

    Args:
        codes: The codes.
        links: The links of the project; those to further parents count.

    Attributes:
        codes: The codes in order.
        parents: Key → the keys of the codes that the code specialises.
        not_taken_over: The parents that are left out.

    Example:
        >>> order = CodeOrder.of([ProjectCode("1", "Cost", "2"), ProjectCode("2", "Force", "1")])
        >>> [code.name for code in order.codes], order.parents, order.not_taken_over[0].named
        (['Force', 'Cost'], {'2': (), '1': ('2',)}, ('Force',))
    """

    codes: list[ProjectCode] = field(factory=list)
    parents: dict[str, tuple[str, ...]] = field(factory=dict)
    not_taken_over: list[NotTakenOver] = field(factory=list)

    @classmethod
    def of(cls, codes: Sequence[ProjectCode], links: Iterable[ProjectLink] = ()) -> "CodeOrder":
        """Put codes in order."""
        by_key = {code.key: code for code in codes}
        stated = {code.key: [code.parent] if code.parent is not None else [] for code in codes}
        for link in links:
            if link.kind == SUPER_CODE and link.origin in stated and link.target not in stated[link.origin]:
                stated[link.origin].append(link.target)
        order, orphans, circular = cls(), dict[str, ProjectCode](), dict[str, ProjectCode]()
        for code in codes:
            path = {} if code.key in order.parents else {code.key: code}
            while path:
                one = next(reversed(path.values()))
                above = [key for key in stated[one.key] if key in by_key]
                next_one = next((key for key in above if key not in order.parents and key not in path), None)
                if next_one is not None:
                    path[next_one] = by_key[next_one]
                    continue
                if len(above) < len(stated[one.key]):
                    orphans[one.key] = one
                order.parents[one.key] = tuple(key for key in above if key in order.parents)
                if len(order.parents[one.key]) < len(above):
                    circular[one.key] = one
                order.codes.append(one)
                del path[one.key]
        for lost, reason in (
            (orphans, "the file does not have the parent"),
            (circular, "the parent is a sub-code of the code itself"),
        ):
            order.not_taken_over += NotTakenOver.of_codes("parents of codes", lost.values(), reason)
        return order
