"""What the decision guide says, before it is Markdown or HTML. All texts are as the study has them."""

from attrs import frozen


@frozen
class GuideQuote:
    """A passage as the guide quotes it.

    Attributes:
        text: The passage, or its beginning with "…" at the end.
        source: The name of its source.
        place: File and lines, and who says and who coded it where the notes say so.
    """

    text: str
    source: str
    place: str


@frozen
class GuideEvidence:
    """The evidence for a code.

    Attributes:
        name: The name of the code, for the command that shows all of it.
        sources: The sources that are evidence for it, as the modules say.
        passages: The number of its passages in the notes.
        quotes: Those that the guide quotes.
        subcodes: Display name and number of sources of each sub-code that has any; they are not among the
            sources.
    """

    name: str
    sources: tuple[str, ...]
    passages: int
    quotes: tuple[GuideQuote, ...] = ()
    subcodes: tuple[tuple[str, int], ...] = ()


@frozen
class GuideEntry:
    """An element of the study with what is known of it.

    Attributes:
        anchor: The name of its place in the guide.
        name: Its name.
        title: Its display name.
        kind: What it is.
        facts: Its values, each with a label; a definition of the notes says where it is.
        evidence: Its evidence; None for what is no code.
    """

    anchor: str
    name: str
    title: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    evidence: GuideEvidence | None = None


@frozen
class GuideMention:
    """An element that is named somewhere in the guide.

    Attributes:
        title: Its display name.
        anchor: Where the guide says more about it; empty where it does not.
    """

    title: str
    anchor: str = ""


@frozen
class GuideRelation:
    """A relation between two elements, or the decision that comes next.

    Attributes:
        start: Where it starts.
        label: What it is.
        end: Where it leads.
        detail: What it says besides its label.
        sources: The sources that are evidence for it.
    """

    start: GuideMention
    label: str
    end: GuideMention
    detail: str = ""
    sources: tuple[str, ...] = ()


@frozen
class GuideOption:
    """An option of a decision.

    Attributes:
        entry: The solution.
        text: The text of the option.
        description: Its description.
        relations: The relations that start or end at the solution.
        next_decisions: The decisions that come next after it.
        chapter: The chapter about it, if it is a decision itself.
    """

    entry: GuideEntry
    text: str = ""
    description: str = ""
    relations: tuple[GuideRelation, ...] = ()
    next_decisions: tuple[GuideRelation, ...] = ()
    chapter: str = ""


@frozen
class GuideForces:
    """The impacts of the options of a decision: a row for each force, a column for each option with impacts.

    Attributes:
        options: The options with an impact.
        rows: Each force with the sign of each option; an empty sign says nothing.
        signs: Sign and meaning of those that occur.
        without: The options for which the study states no impact.
    """

    options: tuple[GuideMention, ...] = ()
    rows: tuple[tuple[GuideMention, tuple[str, ...]], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    without: tuple[GuideMention, ...] = ()


@frozen
class GuideChapter:
    """A decision.

    Attributes:
        entry: The decision itself.
        category: The category that it belongs to; empty for none.
        answers: The stereotypes of the decision, such as "Single Answers".
        contexts: What it is decided for, each with the stereotype of the link.
        options: Its options, in the order of their declaration.
        related: Solutions that its options lead to and that are no options of it.
        forces: The impacts of its options, and of the decision itself.
        next_decisions: The decisions that come next after the decision itself.
        before: What leads to this decision.
    """

    entry: GuideEntry
    category: str
    answers: tuple[str, ...]
    contexts: tuple[tuple[GuideMention, str], ...]
    options: tuple[GuideOption, ...]
    related: tuple[GuideOption, ...]
    forces: GuideForces
    next_decisions: tuple[GuideRelation, ...]
    before: tuple[GuideRelation, ...]


@frozen
class GuideSource:
    """A source that the guide cites."""

    anchor: str
    name: str
    title: str
    url: str


@frozen
class Guide:
    """A whole decision guide.

    Attributes:
        title: Its title.
        chapters: The decisions.
        others: Solutions of no decision, and that no chapter shows.
        forces: The forces of the study.
        sources: The sources of the study.
        most_quotes: How many passages of a code are quoted at most.
    """

    title: str
    chapters: tuple[GuideChapter, ...]
    others: tuple[GuideOption, ...]
    forces: tuple[GuideEntry, ...]
    sources: tuple[GuideSource, ...]
    most_quotes: int
