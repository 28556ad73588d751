"""What `[tool.codeable]` may hold, and what a mistake in it is told."""

from pathlib import Path

import pytest
from attrs import fields

from codeable.errors import CodeableError
from codeable.settings import _READERS, Settings, has_settings, read_settings


def written(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def message(folder: Path, text: str) -> str:
    with pytest.raises(CodeableError) as caught:
        read_settings(written(folder, text))
    assert caught.value.exit_status == 2
    return caught.value.message.replace(str(folder), "STUDY")


def test_without_a_file_the_settings_are_the_defaults_named_by_the_folder(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings(name=tmp_path.name)


def test_without_a_table_the_name_is_that_of_the_project(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, '[project]\nname = "mesh"')) == Settings(name="mesh")


def test_a_current_folder_gives_the_name_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(Path()).name == tmp_path.name


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
        [tool.codeable]
        models = ["model", "src/more"]
        sources = []
        output = "../paper/figures"
        notes = ["notes/*.md"]
        order = ["s6", "s4"]
        engine = "plantuml"
        [tool.codeable.engines.plantuml]
        jar = "plantuml.jar"
        [tool.codeable.figure]
        wrap = 30
        [tool.codeable.views.overview]
        direction = "TB"
        [tool.codeable.styles.mine]
        font = "Arial"
        [tool.codeable.renames]
        mdm = "master_data_management"
        [tool.codeable.check]
        ignore = ["C204"]
    """
    assert read_settings(written(tmp_path, text)) == Settings(
        name=tmp_path.name,
        models=("model", "src/more"),
        sources=(),
        output="../paper/figures",
        notes=("notes/*.md",),
        order=("s6", "s4"),
        engine="plantuml",
        engines={"plantuml": {"jar": "plantuml.jar"}},
        figure={"wrap": 30},
        views={"overview": {"direction": "TB"}},
        styles={"mine": {"font": "Arial"}},
        renames={"mdm": "master_data_management"},
        check={"ignore": ["C204"]},
    )


def test_every_setting_but_the_name_has_a_reader() -> None:
    keys = {key.replace("-", "_") for key in _READERS}
    assert {entry.name for entry in fields(Settings)} == {"name", *keys}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('model = ["m"]', "has no key 'model'; did you mean 'models' or 'order'?"),
        ('models = "models"', """models must be a list of texts, as in ['models'], not 'models'"""),
        ("models = [3]", "models[0] must be a text that is not empty, not 3"),
        ('order = ["s1", " "]', "order[1] must be a text that is not empty, not ' '"),
        ('order = ["s1", "s1"]', "order[1] must be another one than those before it, not 's1'"),
        ('models = ["../m"]', "models[0] must be a folder or module inside the study, given relative to it"),
        ('sources = ["/m"]', "sources[0] must be a folder or module inside the study, given relative to it"),
        (
            'sources = ["C:/m"]',
            "sources[0] must be a folder or module inside the study, given relative to it",
        ),
        ("engine = true", "engine must be a text that is not empty, not true"),
        ("output = 1979-05-27", "output must be a text that is not empty, not datetime.date(1979, 5, 27)"),
        (r'output = "a\u0000"', "output must be a text without the character U+0000, not 'a\\x00'"),
        ("figure = 1.5", "figure must be a table, not 1.5"),
        ("views.a = 1", "views.a must be a table, not 1"),
        (
            "figure.a.view = 'b'",
            "figure has options of every figure, and no table 'a'; did you mean [tool.codeable.figures.a]?",
        ),
        (
            "figures.width = '84mm'",
            "figures.width must be a figure, which is a table [tool.codeable.figures.NAME] (options of every",
        ),
        ("renames.a = []", "renames.a must be a text that is not empty, not []"),
    ],
)
def test_a_wrong_value_is_told_with_file_key_and_expectation(tmp_path: Path, line: str, told: str) -> None:
    assert f"STUDY/pyproject.toml: [tool.codeable] {told}" in message(tmp_path, f"[tool.codeable]\n{line}\n")


def test_a_long_value_is_shortened_in_the_message(tmp_path: Path) -> None:
    assert len(message(tmp_path, f"[tool.codeable]\nmodels = '{'x' * 9}'\nengine = {['y' * 5000]}")) < 300


def test_an_unknown_key_lists_the_valid_ones(tmp_path: Path) -> None:
    assert "Its keys are: author-types, check, coders, compat, engine, engines," in message(
        tmp_path, "[tool.codeable]\nzzz = 1"
    )


def test_broken_toml_is_told_with_line_column_and_the_line(tmp_path: Path) -> None:
    told = message(tmp_path, '[tool.codeable]\nmodels = ["models"\noutput = "x"\n')
    assert told.splitlines() == [
        "STUDY/pyproject.toml:3:1: is not valid TOML: Unclosed array",
        '    output = "x"',
        "    ^",
    ]


def test_broken_toml_at_the_end_names_the_last_line(tmp_path: Path) -> None:
    assert message(tmp_path, "[tool.codeable]\noutput = ").startswith(
        "STUDY/pyproject.toml:2:10: is not valid"
    )


def test_toml_nested_too_deeply_is_told(tmp_path: Path) -> None:
    assert "nested too deeply" in message(tmp_path, "a = " + "[" * 5000)


def test_a_number_that_python_refuses_is_told(tmp_path: Path) -> None:
    assert "pyproject.toml: is not TOML that can be read: Exceeds the limit" in message(
        tmp_path, f"a = {'1' * 5000}"
    )


def test_a_file_that_is_not_utf8_is_told_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'[tool.codeable]\noutput = "caf\xe9"\n')
    with pytest.raises(CodeableError, match=r"pyproject.toml:2: is not UTF-8 \(byte 0xe9\)"):
        read_settings(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'\xef\xbb\xbf[tool.codeable]\r\noutput = "x"\r\n')
    assert read_settings(tmp_path).output == "x"


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    with pytest.raises(CodeableError, match=r"pyproject.toml: cannot be read: Is a directory"):
        read_settings(tmp_path)


def test_a_value_in_the_place_of_the_table_is_told(tmp_path: Path) -> None:
    assert "tool.codeable must be a table, not 3" in message(tmp_path, "[tool]\ncodeable = 3")


@pytest.mark.parametrize(
    ("text", "has"), [("[tool.codeable]", True), ("[tool.other]", False), ("tool = 1", False)]
)
def test_a_folder_has_settings_when_the_table_is_there(tmp_path: Path, text: str, has: bool) -> None:
    assert has_settings(written(tmp_path, text)) is has
