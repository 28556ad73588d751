"""Which coders of a study are compared."""

from codeable.errors import CodeableError
from codeable.reports.coded_study import CodedStudy
from codeable.text import did_you_mean, natural_key, shown


def compared_coders(study: CodedStudy, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The coders that are compared, in the order wanted, else in that of the settings, then of the names.

    Args:
        study: The study.
        wanted: Some of its coders; empty for all.

    Raises:
        CodeableError: The study has no such coder, or only one is wanted; exit status 2.
    """
    first = {name: number for number, name in enumerate(study.registry.settings.coders)}
    known = sorted(
        {note.coder for note in study.notes if note.coder is not None and note.identifier is not None},
        key=lambda name: (first.get(name, len(first)), natural_key(name)),
    )
    for name in wanted:
        if name not in known:
            those = f"The coders are: {', '.join(known)}" if known else "No note of the study names its coder"
            raise CodeableError(
                f"the report agreement: there is no coder {shown(name)}{did_you_mean(name, known)}\n{those}",
                exit_status=2,
            )
    chosen = tuple(dict.fromkeys(wanted)) or tuple(known)
    if wanted and len(chosen) == 1:
        raise CodeableError(
            f"the report agreement: {shown(chosen[0])} is one coder; name two or more of: {', '.join(known)}",
            exit_status=2,
        )
    return chosen
