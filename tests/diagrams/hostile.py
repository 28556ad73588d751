"""Texts that must come out of every writer and every engine as themselves."""

from codeable.diagrams import (
    Diagram,
    Edge,
    EdgeKind,
    ForceLine,
    LegendEntry,
    Node,
    NodeKind,
    figure_options,
    style_named,
)
from codeable.diagrams.kinds import NODE_KINDS

HOSTILE_TEXTS = (
    "!include /etc/passwd",
    "!includeurl http://127.0.0.1/x",
    "@enduml",
    "@startuml",
    "<img:/etc/passwd>",
    "%getenv(HOME)",
    "%date()",
    "$variable",
    'say "pods" and “pods” and «pods»',
    '"',
    '""quoted""',
    "\\",
    "\\n \\l \\N \\G",
    "ends with a backslash\\",
    "C:\\new\\table",
    "<b>bold</b> <i>it</i> <u>u</u> <size:40>big</size>",
    "**bold** //italic// __under__ ~~wave~~ --strike--",
    "<&key> <$sprite> <#red>",
    "&amp; &#36; &lt; &nosuch; R&D",
    "first line\nsecond line",
    "!pragma\n!include x\n@enduml",
    "endlegend",
    "end note",
    "remove *",
    "' comment",
    "/' block '/ comment",
    "a -> b : c",
    "<<stereotype>>",
    "{field} {method} {abstract} {static}",
    "} class x {",
    "[[http://127.0.0.1/ link]]",
    "http://127.0.0.1/x?y=%getenv(HOME)",
    "javascript:alert(1)",
    "== title ==",
    "|table|cell|",
    "* bullet",
    "#colour",
    "..dots..",
    "+public -private #protected ~package",
    "List<String>",
    "מה נשמע עולם",
    "مرحبا بالعالم",
    "Zoë 日本語 Ελληνικά naïve",
    "e\u0301 combining z\u0335\u0321",
    "👩\u200d💻 emoji 🇳🇱 ☃",
    "en – em — dots … no\u00a0break",
    "tab\there",
    "bell\x07 escape\x1b null\x00",
    "private \ue005 \ue00a",
    "right\u202eleft",
    "zero\u200bwidth",
    "a" * 700,
    "-->",
    "]]>",
    "%%[x]",
    "{{ jinja }}",
    "_underscores_and_more_",
)


def hostile_diagram(texts: tuple[str, ...] = HOSTILE_TEXTS, **options: object) -> Diagram:
    """A figure that has each text as name, kind, force, note, value, label, description and stereotype."""
    nodes = [Node("n_start", NODE_KINDS[0], "start")]
    edges = []
    for number, text in enumerate(texts):
        kind = NodeKind("practice", text)
        forces = (ForceLine("++", text),)
        nodes.append(Node(f"n_{number}", kind, text, forces, text, (text,), None, (text,), (text,)))
        kind_of_arrow = EdgeKind("option", "option")
        edges.append(Edge("n_start", f"n_{number}", kind_of_arrow, text, (text,), (text,), text, 0, text))
    return Diagram(
        name="hostile",
        title="@enduml",
        nodes=tuple(nodes),
        edges=tuple(edges),
        legend=tuple(LegendEntry("node", "practice", text) for text in texts),
        options=figure_options(**options),
        style=style_named("screen"),
    )
