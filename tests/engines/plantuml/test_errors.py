"""Every kind of error page is told from a picture of a diagram."""

import pytest

from codeable.engines.plantuml.errors import PictureError, picture_error, shown_texts


def page(*texts: str, around: str = "<g>{}</g>") -> bytes:
    body = "".join(f'<text fill="#33FF02">{text}</text>' for text in texts)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{around.format(body)}</svg>'.encode()


def error_of(*texts: str) -> PictureError:
    found = picture_error(shown_texts(page(*texts)))
    assert found is not None
    return found


def test_a_syntax_error_tells_the_message_the_line_and_what_stands_there() -> None:
    found = error_of(
        "PlantUML 1.2025.8",
        "[From string (line 3) ]",
        "&#160;",
        "@startuml",
        "class A",
        "foo (",
        "Syntax Error?",
    )
    assert found == PictureError("Syntax Error? in 'foo ('", 3)


def test_a_syntax_error_is_told_although_its_page_starts_with_the_welcome() -> None:
    found = error_of(
        "Welcome to PlantUML!", "PlantUML 1.2025.8", "[From string (line 2) ]", "@startuml", "x", "Error?"
    )
    assert found.line == 2


def test_the_page_of_the_javascript_build_is_read_too() -> None:
    assert error_of("[From textarea (line 2) ]", " ", "@startuml", " cannot include x").line == 2


def test_an_unknown_directive_is_named() -> None:
    found = error_of(
        "Diagram not supported by this release of PlantUML",
        " ",
        "Sorry, but the following directive ",
        "@startfoo",
    )
    assert found.problem == "this PlantUML does not know such a diagram: it does not know '@startfoo'"


@pytest.mark.parametrize(
    "text", ["An error has occured : java.lang.Error: x", "An error has occurred: java.lang.Error: x"]
)
def test_a_crash_inside_java_tells_its_reason(text: str) -> None:
    assert error_of(text, "Touchdown confirmed").problem.startswith("PlantUML crashed: java.lang.Error: x")


def test_a_crash_of_graphviz_is_told_as_such() -> None:
    found = error_of("An error has occured!", "For some reason, dot/GraphViz has crashed.")
    assert found.problem == "Graphviz crashed inside PlantUML"


@pytest.mark.parametrize(
    "texts",
    [
        ("Dot Executable: /usr/bin/dot", "File does not exist"),
        ("Dot executable does not exist",),
        ("Cannot find Graphviz. You should try",),
    ],
)
def test_a_missing_layout_program_tells_how_to_install_it(texts: tuple[str, ...]) -> None:
    assert "apt-get install -y graphviz" in error_of(*texts).problem


@pytest.mark.parametrize(
    "text", ["No @startuml/@enduml found", "No valid @start/@end found, please check the version"]
)
def test_a_text_that_is_no_diagram_is_told(text: str) -> None:
    assert "no diagram" in error_of(text).problem


def test_the_welcome_page_means_an_empty_diagram() -> None:
    assert error_of("Welcome to PlantUML!").problem == "the diagram is empty"


@pytest.mark.parametrize(
    "around",
    ['<g class="entity">{}</g>', '<g class="cluster">{}</g>', '<g class="link">{}</g>', "<!--class A-->{}"],
)
def test_a_label_may_say_what_an_error_page_says(around: str) -> None:
    assert (
        picture_error(shown_texts(page("[From string (line 3) ]", "An error has occured", around=around)))
        is None
    )


def test_a_diagram_without_classes_may_say_it_in_a_label_of_its_own() -> None:
    shown = shown_texts(page("Welcome to PlantUML!", "Bob"))
    assert picture_error(shown, ["Welcome to PlantUML!", "Bob"]) is None


def test_a_comment_with_the_source_is_not_taken_for_an_element() -> None:
    source = "<!--\n@startuml\nclass A\n@enduml\n--><g>{}</g>"
    assert picture_error(shown_texts(page("Cannot find Graphviz", around=source))) is not None


def test_a_diagram_is_no_error() -> None:
    assert picture_error(shown_texts(page("Event", "Bus"))) is None


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not well-formed"),
        (b"<html><body>Bad gateway</body></html>", "it is <html>, not <svg>"),
        (b"<svg><text>cut o", "not well-formed"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "document type"),
        (b"\xff\xfe\x00", "not well-formed"),
    ],
)
def test_what_is_no_svg_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        shown_texts(data)
