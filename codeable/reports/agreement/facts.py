"""What was compared, what was left out, and why agreement may be undefined, in sentences."""

from collections.abc import Iterator

from codeable.coded.coded_study import CodedStudy
from codeable.reports.agreement.codings import Codings
from codeable.reports.counts.scope import by_kind, listed
from codeable.reports.options import ReportOptions
from codeable.text import counted, first_few


def why_undefined(compared: Codings) -> tuple[str, ...]:
    """Why there is nothing to compare; nothing where there is."""
    if not compared.coders:
        return ("Agreement is undefined: no note names its coder.",)
    if len(compared.coders) == 1:
        return (f"Agreement is undefined: {compared.coders[0]} is the only coder.",)
    if not compared.sources:
        return (f"Agreement is undefined: no source was coded by two of {listed(compared.coders)}.",)
    if not compared.codes:
        return ("Agreement is undefined: there is no code that two coders could give.",)
    if not compared.units:
        return ("Agreement is undefined: no passage is quoted by two coders.",)
    return ()


def compared_facts(study: CodedStudy, options: ReportOptions, compared: Codings) -> tuple[str, ...]:
    """What was compared, and what was left out."""
    return (
        *_of_coders(compared),
        *(_of_units(compared) if compared.sources else ()),
        *(_of_codes(study, options, compared) if compared.sources else ()),
    )


def _of_coders(compared: Codings) -> Iterator[str]:
    if len(compared.coders) > 1:
        yield f"Coders: {listed(compared.coders)}."
    if compared.without_coder:
        is_one = len(compared.without_coder) == 1
        yield (
            f"{counted(len(compared.without_coder), 'note')} {'names' if is_one else 'name'} no coder and "
            f"{'does' if is_one else 'do'} not count: {first_few(compared.without_coder)}. "
            "A note names its coder below “## coder”, or [tool.codeable.coders] names the folder of each."
        )
    if compared.without_source:
        files = first_few(compared.without_source)
        yield f"Notes that do not say which source they are about do not count: {files}."
    if compared.without_traces:
        yield f"Notes without a coding trace do not count: {first_few(compared.without_traces)}."


def _of_units(compared: Codings) -> Iterator[str]:
    number = counted(len(compared.sources), "source was", "sources were")
    yield f"{number} coded by at least two coders: {first_few(compared.sources)}."
    if compared.alone:
        alone = [f"{source} ({coder})" for source, coder in compared.alone.items()]
        is_one = len(alone) == 1
        yield (
            f"{counted(len(alone), 'source')} that one coder alone coded "
            f"{'does' if is_one else 'do'} not count: {first_few(alone)}."
        )
    if compared.unit == "source":
        yield (
            "Unit: source × code, as the notes say. A coder gives a code to a source by mentioning it in a "
            "trace of the note about the source, however often."
        )
        return
    yield (
        "Unit: passage × code, as the notes say. Passages of a source are the same if they have the same "
        "words in the same order; capital letters, punctuation and line breaks make no difference."
    )
    if compared.quoted_alone:
        alone = [
            f"{compared.quoted_alone[coder]} by {coder}"
            for coder in compared.coders
            if coder in compared.quoted_alone
        ]
        quoted = len(compared.units) + sum(compared.quoted_alone.values())
        yield (
            f"Passages that at least two coders quote: {len(compared.units)} of {quoted}. Those that one "
            f"coder alone quotes do not count: {listed(alone)}. Which text is quoted is another question "
            "than which code it is given; unitised α has both."
        )


def _of_codes(study: CodedStudy, options: ReportOptions, compared: Codings) -> Iterator[str]:
    if not compared.codes:
        return
    only = " (the chosen kinds alone)" if options.kinds else ""
    yield (
        f"Codes{only}: {by_kind(compared.codes)}. These are the codes that every coder could give: those of "
        "the modules, and those of the notes that at least two coders use. Renames are applied."
    )
    unused = len(compared.codes) - len(compared.used)
    if unused:
        yield (
            f"{counted(unused, 'code is', 'codes are')} given to no unit by any of the coders. "
            "This counts as agreement, and raises percent agreement most."
        )
    if compared.undeclared:
        names = first_few([code.name for code in compared.undeclared])
        number = counted(len(compared.undeclared), "code that", "codes that")
        whose = (
            "the notes have, since their kinds are not known"
            if options.kinds
            else "the notes of one coder have"
        )
        yield (
            f"Not counted: {number} only {whose}: {names}. `codeable notes build` adds what a note declares."
        )
    if any(code.element is not None and study.registry.subcodes_of(code.element) for code in compared.codes):
        yield "A sub-code is not counted for the code that it specialises."
