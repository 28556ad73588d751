"""A text reaches PlantUML only as one diagram."""

import pytest

from codeable.engines.plantuml.backend import BackendError
from codeable.engines.plantuml.text import diagram_text


def problem_of(text: str) -> tuple[str, int | None]:
    with pytest.raises(BackendError) as caught:
        diagram_text(text)
    return caught.value.problem, caught.value.line


def test_a_diagram_is_sent_as_it_is() -> None:
    text = "@startuml\nclass A\n@enduml\n"
    assert diagram_text(text).text == text


def test_a_byte_order_mark_is_left_out() -> None:
    assert diagram_text("\ufeff@startuml\n@enduml").text == "@startuml\n@enduml\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_becomes_a_line_feed(end: str) -> None:
    assert diagram_text(end.join(["@startuml", "class A", "@enduml"])).text == "@startuml\nclass A\n@enduml\n"


def test_comments_behind_the_end_are_left_out() -> None:
    text = "@startuml\nclass A\n@enduml\n"
    assert diagram_text(f"{text}\n' a comment\n").text == text


def test_an_indented_end_is_seen_by_plantuml() -> None:
    assert diagram_text("@startuml\n  @enduml  ").text == "@startuml\n@enduml\n"


def test_lines_are_reported_as_the_author_counts_them() -> None:
    assert diagram_text("\n\n@startuml\nclass A\n@enduml").line_of(2) == 4


def test_a_line_beyond_the_end_is_not_reported() -> None:
    assert diagram_text("@startuml\n@enduml").line_of(40) is None


def test_an_empty_text_is_refused() -> None:
    assert problem_of(" \n ")[0].startswith("the text is empty")


def test_a_text_without_a_start_is_refused_with_its_line() -> None:
    assert problem_of("\nclass A\n@enduml") == ("the text starts with 'class A' instead of '@startuml'", 2)


def test_a_text_without_an_end_is_refused_instead_of_waited_for() -> None:
    assert problem_of("@startuml\nclass A\n") == ("the text ends with 'class A' instead of '@enduml'", 2)


def test_the_end_has_to_fit_the_start() -> None:
    assert problem_of("@startmindmap\n* A\n@enduml")[0].endswith("instead of '@endmindmap'")


@pytest.mark.parametrize("line", ["@enduml", "  @startuml", "@startsalt"])
def test_a_second_diagram_is_refused_instead_of_lost(line: str) -> None:
    problem, at = problem_of(f"@startuml\nclass A\n{line}\nclass B\n@enduml")
    assert (line.strip() in problem, at) == (True, 3)


def test_a_lone_surrogate_is_refused_with_its_line() -> None:
    assert problem_of("@startuml\nclass A\ud800\n@enduml") == ("the lone surrogate U+D800 is no character", 2)


@pytest.mark.parametrize(
    "line",
    [
        "!include /etc/passwd",
        "  ! include /etc/passwd",
        "\ufeff!include /etc/passwd",
        "!\\\ninclude /etc/passwd",
        'class "%get\\\nenv("HOME")" as A',
        "!\\\r\n\\\r\ninclude /etc/passwd",
        "!\\ \ninclude /etc/passwd",
        'class "<im\\\n  g:/etc/icon.png>" as A',
        "\0!include /etc/passwd",
        "\u00ad\ufe0f!include /etc/passwd",
        "!\ufeffinclude /etc/passwd",
        "class B\u2028!include /etc/passwd",
        "class B\x0b\u200b!include /etc/passwd",
        "!$x = 1",
        "/' a comment '/ !includeurl http://127.0.0.1/",
        'class "%getenv("HOME")" as A',
        'class "<img:/etc/icon.png>" as A',
        'class "<IMG src=/etc/icon.png>" as A',
        "sprite $x /etc/icon.png",
        "<style file=/etc/style.css>",
        ' <STYLE any="/etc/style.css"/>',
    ],
)
def test_a_line_that_could_reach_files_is_found(line: str) -> None:
    assert diagram_text(f"@startuml\nclass A\n{line}\n@enduml").directive == 3


@pytest.mark.parametrize(
    "line",
    [
        "class A <<important!>>",
        'class "Wow<U+0021> 100<U+0025> <U+003C>img<U+003A>x<U+003E>" as A',
        "sprite $x [16x16/16] {",
        "<style>",
        "A --> B : !include",
        'class "Ours\u00ad! Really" as A',
        'class "a\\\\b" as A',
    ],
)
def test_an_ordinary_line_is_none_of_these(line: str) -> None:
    assert diagram_text(f"@startuml\n{line}\n@enduml").directive is None
