"""What a plan leaves out of the notes, with the reason. The collector of a plan extends it."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from codeable.kernel.place import Span
from codeable.notes.build.plan import (
    LeftOut,
    Lost,
    one_line,
)
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    OptionStatement,
    RelationStatement,
    SourceDeclaration,
    TraceStatement,
    Value,
)

LOST_WITH: Mapping[type, Lost] = {
    CodeMention: "evidence",
    DeclarationStatement: "code",
    ForceStatement: "impact",
    OptionStatement: "option",
    RelationStatement: "relation",
    SourceDeclaration: "source",
}
"""What a statement says, by its class."""


class Losses:
    """Keeps what is left out. `left_out` has it in the order in which it was found."""

    def __init__(self) -> None:
        self.left_out: list[LeftOut] = []

    def report_refused(self, one: TraceStatement) -> None:
        """What the reader of a statement does not read."""
        for refused in one.refused:
            kind: Lost = "value" if refused.kind == "argument" else refused.kind
            problem = refused.problem
            self.left_out.append(LeftOut(kind, refused.what, refused.span, problem.message, problem.span))

    def refuse_value(self, value: Value, reason: str) -> None:
        """Leave out a value of a source."""
        self.left_out.append(LeftOut("value", value.name.value, value.span, reason, value.value_span))

    def report_outside(self, note: FieldNote) -> None:
        """The statements that count nowhere. What is left over from the template was never meant to count."""
        problems = sorted(note.problems, key=lambda problem: problem.span.start)
        starts = [problem.span.start for problem in problems]
        ends = list(accumulate((problem.span.end for problem in problems), max))
        for one in note.outside:
            at = bisect_right(starts, one.span.start) - 1
            while at > 0 and problems[at].span.end < one.span.end <= ends[at - 1]:
                at -= 1
            covers = at >= 0 and problems[at].span.end >= one.span.end
            if covers and problems[at].kind == "left-over":
                continue
            kind = LOST_WITH.get(type(one), "statement")
            reason = problems[at].message if covers else "it is outside every trace"
            self.leave_out(kind, one, reason, problems[at].span if covers else None)

    def leave_out(
        self,
        kind: Lost,
        one: TraceStatement,
        reason: str,
        cause: Span | None = None,
        span: Span | None = None,
    ) -> None:
        """Leave out a statement, or the part of it at a span."""
        self.left_out.append(LeftOut(kind, one_line(one.source), span or one.span, reason, cause))
