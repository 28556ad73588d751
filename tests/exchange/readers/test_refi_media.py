"""What of a project of REFI-QDA is no text with codings: media, variables, cases, links, sets and graphs."""

from pathlib import Path

from tests.exchange.tool_files import (
    code,
    codes_of,
    coding,
    element,
    guid,
    read,
    selection,
    text_element,
    text_source,
    texts_of,
)

TEXT = "We use an event bus.\nIt scales well.\n"


class TestMedia:
    """Sources that are no texts give what of them is text; the rest is told."""

    def test_a_pdf_with_a_text_beside_it(self, tmp_path: Path) -> None:
        owner = element(
            "Representation",
            selection(TEXT, "event bus", coding("A")),
            guid=guid("text"),
            name="Talk.txt",
            plainTextPath="internal://a.txt",
        )
        area = {"page": 1, "firstX": 1, "firstY": 2, "secondX": 3, "secondY": 4}
        snippet = element(
            "Representation", text_element("PlainTextContent", "It\nscales well."), guid=guid("r")
        )
        marks = [
            element("PDFSelection", snippet, coding("B"), guid=guid("p1"), **area),
            element("PDFSelection", coding("B"), guid=guid("p2"), name="a figure", **area),
        ]
        source = element(
            "PDFSource", *marks, owner, coding("C"), guid=guid("Talk"), name="Talk", path="internal://a.pdf"
        )
        codebook = codes_of(*map(code, "ABC"))
        project = read(tmp_path, codebook, element("Sources", source), files={"sources/a.txt": TEXT})
        (talk,) = project.sources
        assert (talk.name, texts_of(talk)) == ("Talk", ["event bus", "It scales well."])
        assert [[c.code for c in each.codings] for each in talk.passages] == [[guid("A")], [guid("B")]]
        assert [each.code for each in talk.codings] == [guid("C")]
        assert [(each.what, each.named, each.is_loss) for each in project.not_taken_over] == [
            ("PDF files whose text is taken over", ("Talk",), False),
            ("selections of areas in PDF files", ("a figure",), True),
        ]

    def test_a_pdf_whose_selections_alone_have_texts(self, tmp_path: Path) -> None:
        area = {"page": 1, "firstX": 1, "firstY": 2, "secondX": 3, "secondY": 4}
        marks = [
            element(
                "PDFSelection",
                element("Representation", text_element("PlainTextContent", text), guid=guid(text)),
                coding(name),
                guid=guid(f"{name} {text}"),
                **area,
            )
            for name, text in {"A": "event bus", "B": "It scales."}.items()
        ]
        source = element("PDFSource", *marks, guid=guid("Talk"), path="internal://talk.pdf")
        project = read(tmp_path, codes_of(*map(code, "AB")), element("Sources", source))
        (talk,) = project.sources
        assert (talk.name, talk.text, texts_of(talk)) == (
            "talk.pdf",
            "event bus\n\nIt scales.",
            ["event bus", "It scales."],
        )
        assert project.messages == ("The text of 'talk.pdf' is put together from its coded areas.",)

    def test_transcripts_and_what_is_only_heard_or_seen(self, tmp_path: Path) -> None:
        points = [
            element("SyncPoint", guid=guid(f"point {at}"), timeStamp=at * 1000, position=at)
            for at in (TEXT.index("event"), TEXT.index("."))
        ]
        mark = element(
            "TranscriptSelection",
            coding("A"),
            guid=guid("t"),
            fromSyncPoint=guid(f"point {TEXT.index('event')}"),
            toSyncPoint=guid(f"point {TEXT.index('.')}"),
        )
        lost = element("TranscriptSelection", coding("A"), guid=guid("t2"))
        transcript = element(
            "Transcript",
            text_element("PlainTextContent", TEXT),
            *points,
            mark,
            lost,
            guid=guid("tr"),
            name="T",
        )
        time = element("AudioSelection", coding("A"), guid=guid("time"), begin=1, end=2, name="laughter")
        audio = element("AudioSource", transcript, time, guid=guid("Call"), name="Call")
        picture = element("PictureSource", guid=guid("Board"), name="Board", path="internal://b.png")
        video = element("VideoSource", coding("A"), guid=guid("Film"), name="Film")
        project = read(tmp_path, codes_of(code("A")), element("Sources", audio, picture, video))
        call, film = project.sources
        assert (call.name, call.text, texts_of(call)) == ("Call", TEXT, ["event bus"])
        assert (film.name, film.text, len(film.codings)) == ("Film", "", 1)
        assert [(each.what, each.named, each.is_loss) for each in project.not_taken_over] == [
            ("selections of transcripts", ("Call",), True),
            ("recordings whose text is taken over", ("Call",), False),
            ("selections of times in recordings", ("laughter",), True),
            ("pictures", ("Board",), True),
            ("videos", ("Film",), True),
        ]


def test_variables_of_sources_and_cases_are_their_metadata(tmp_path: Path) -> None:
    variables = [
        element("Variable", guid=guid(name), name=name, typeOfVariable=type_)
        for name, type_ in {"role": "Text", "remote": "Boolean", "age": "Integer"}.items()
    ]

    def value(name: str, type_: str, text: str) -> str:
        reference = element("VariableRef", targetGUID=guid(name))
        return element("VariableValue", reference, text_element(f"{type_}Value", text))

    source = text_source(
        "Talk",
        text_element("PlainTextContent", TEXT),
        value("role", "Text", "software\n architect"),
        value("remote", "Boolean", "true"),
        value("unknown", "Text", "lost"),
    )
    other = text_source("Other", text_element("PlainTextContent", TEXT))
    members = [element("SourceRef", targetGUID=guid(each)) for each in ("Talk", "Other")]
    case = element(
        "Case",
        value("age", "Integer", "40"),
        value("role", "Text", "boss"),
        *members,
        guid=guid("P1"),
        name="P1",
    )
    further = element("Case", members[0], guid=guid("P3"), name="P3")
    alone = element("Case", value("age", "Integer", "7"), guid=guid("P2"), name="P2")
    project = read(
        tmp_path,
        element("Variables", *variables),
        element("Cases", case, alone, further),
        element("Sources", source, other),
    )
    assert [dict(each.metadata) for each in project.sources] == [
        {"age": "40", "role": "software architect", "remote": "yes", "case": "P1"},
        {"age": "40", "role": "boss", "case": "P1"},
    ]
    assert [(each.what, each.named) for each in project.not_taken_over] == [
        ("values of unknown variables", ("lost",)),
        ("values of cases", ("role of P1", "case of P3")),
        ("cases", ("P2",)),
    ]


def test_links_sets_graphs_and_unknown_elements(tmp_path: Path) -> None:
    links = [
        element("Link", guid=guid("l1"), name="helps", originGUID=guid("A"), targetGUID=guid("B")),
        element("Link", guid=guid("l2"), name="shows", originGUID=guid("A"), targetGUID=guid("a picture")),
    ]
    project = read(
        tmp_path,
        codes_of(code("A"), code("B")),
        element("Links", *links),
        element("Sets", element("Set", guid=guid("set"), name="Group")),
        element("Graphs", element("Graph", guid=guid("graph"), name="Map")),
        element("Extension", element("Extra")),
    )
    (link,) = project.links
    assert (link.origin, link.target, link.name) == (guid("A"), guid("B"), "helps")
    assert [(each.what, each.named, each.place) for each in project.not_taken_over] == [
        ("links", ("shows",), "project.qde:2"),
        ("sets", ("Group",), "project.qde:2"),
        ("graphs", ("Map",), "project.qde:2"),
        ("elements <Extension>", (), "project.qde:2"),
        ("elements <Extra>", (), "project.qde:2"),
    ]
