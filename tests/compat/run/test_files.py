"""6.8: the files of texts and the pictures beside them."""

import pytest

from codeable.compat.run_options import RunOptions
from codeable.compat.session import study_session
from codeable.engines import EngineError, Picture
from codeable.errors import CodeableError


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def start(**choices):
        return study_session(RunOptions(**{"images": False, **choices}), [tmp_path])

    return start


def bundle(name="A view", element="Müller – “quoted”"):
    from codeable_models import CBundle, CClass, CMetaclass

    return CBundle(name, elements=[CClass(CMetaclass("Thing"), element)])


def generator():
    from plant_uml_renderer import PlantUMLGenerator

    made = PlantUMLGenerator()
    made.directory = "out"
    return made


def test_6_8_texts_are_utf_8_with_line_feeds(study, tmp_path):
    with study():
        generator().generate_object_model(bundle())
    data = (tmp_path / "out" / "A_view.txt").read_bytes()
    assert "Müller – “quoted”".encode() in data
    assert b"\r" not in data and data.endswith(b"@enduml\n")


def test_6_8_texts_can_be_windows_1252_as_they_once_were(study, tmp_path):
    with study(encoding="cp1252"):
        generator().generate_object_model(bundle())
    assert "Müller – “quoted”".encode("cp1252") in (tmp_path / "out" / "A_view.txt").read_bytes()


def test_6_8_a_character_that_the_encoding_lacks_is_named_and_the_old_file_stays(study, tmp_path):
    with study(encoding="cp1252"):
        generator().generate_object_model(bundle(element="plain"))
        before = (tmp_path / "out" / "A_view.txt").read_bytes()
        with pytest.raises(
            CodeableError, match=r"A_view.txt: cp1252 cannot write the character '→' in line 8"
        ):
            generator().generate_object_model(bundle(element="a → b"))
    assert (tmp_path / "out" / "A_view.txt").read_bytes() == before


class DrawsSvg:
    """An engine that draws SVG only, and not the picture named `broken`."""

    name, language = "plantuml", "plantuml"

    def __init__(self):
        self.calls, self.closed, self.resolutions, self.meanwhile = [], 0, [], lambda: None

    def check_format(self, picture_format):
        if picture_format != "svg":
            raise CodeableError(f"it cannot write {picture_format}")

    def states(self):
        return ()

    def draw(self, drawings, picture_format, *, dpi, **_):
        self.calls.append([drawing.name for drawing in drawings])
        self.resolutions.append(dpi)
        for drawing in drawings:
            self.meanwhile()
            if drawing.name == "broken":
                yield EngineError("plantuml", drawing.name, "is broken")
            else:
                yield Picture(drawing.name, picture_format, drawing.text.encode()[:9])

    def close(self):
        self.closed += 1


@pytest.fixture
def engine(monkeypatch):
    made = DrawsSvg()
    monkeypatch.setattr("codeable.compat.rendering.output.engine", lambda *_: made)
    return made


def test_6_8_a_picture_is_drawn_beside_its_text(study, engine, tmp_path, capsys):
    with study(images=True):
        generator().generate_object_model(bundle())
    assert (tmp_path / "out" / "A_view.svg").read_bytes() == b"@startuml"
    assert not (tmp_path / "out" / "A_view.png").exists()
    assert capsys.readouterr().err == (
        "1 picture is missing (1 PNG), all texts are written: no PlantUML here can draw them\n"
    )


def test_6_8_the_views_of_one_call_are_drawn_together(study, engine):
    with study(images=True):
        generator().generate_object_models("all", [bundle("a"), {}, bundle("b"), {}])
    assert engine.calls == [["a", "b"]]
    assert engine.closed == 1


def test_6_8_what_cannot_be_drawn_is_reported_once_and_the_rest_is_drawn(study, engine, tmp_path, capsys):
    with study(images=True):
        made = generator()
        made.object_model_renderer.render_png = False
        made.generate_object_models("all", [bundle("broken"), {}, bundle("b"), {}])
        made.generate_object_models("all", [bundle("broken"), {}])
    assert sorted(path.name for path in (tmp_path / "out" / "all").iterdir()) == [
        "b.svg",
        "b.txt",
        "broken.txt",
    ]
    assert capsys.readouterr().err.count("is broken") == 1


def test_6_8_pictures_have_96_dpi_or_what_is_asked_for(study, engine):
    with study(images=True):
        generator().generate_object_model(bundle())
    with study(images=True, dpi=150):
        generator().generate_object_model(bundle())
    assert engine.resolutions == [96, 150]


@pytest.fixture
def slowly(engine, monkeypatch):
    """Each picture takes 3 s, as far as the progress line knows."""
    clock = [100.0]
    monkeypatch.setattr("codeable.compat.rendering.progress.time.monotonic", lambda: clock[0])

    def wait():
        clock[0] += 3

    engine.meanwhile = wait
    return engine


def views(count):
    return [part for number in range(count) for part in (bundle(f"v{number}"), {})]


def draw_views(study, count):
    with study(images=True):
        made = generator()
        made.object_model_renderer.render_png = False
        made.generate_object_models("all", views(count))


def test_6_8_a_log_gets_a_line_about_pictures_every_ten_seconds(study, slowly, capsys):
    draw_views(study, 9)
    assert capsys.readouterr().err == "drawing pictures: 4 of 9\ndrawing pictures: 8 of 9\n"


def test_6_8_a_log_gets_no_line_about_few_pictures(study, slowly, capsys):
    draw_views(study, 4)
    assert capsys.readouterr().err == ""


def test_6_8_a_terminal_gets_one_line_that_is_rewritten_and_cleared(study, slowly, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    draw_views(study, 3)
    clear = "\r\x1b[K"
    assert capsys.readouterr().err == (
        f"{clear}  drawing pictures: 1 of 3{clear}  drawing pictures: 2 of 3"
        f"{clear}  drawing pictures: 3{clear}"
    )


def test_6_8_few_pictures_need_no_line(study, engine, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    draw_views(study, 3)
    assert capsys.readouterr().err == ""


def test_6_8_a_failure_stands_on_a_line_of_its_own(study, slowly, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with study(images=True):
        made = generator()
        made.object_model_renderer.render_png = False
        made.generate_object_models("all", [bundle("a"), {}, bundle("broken"), {}])
    lines = capsys.readouterr().err.split("\r\x1b[K")
    assert (
        [line for line in lines if line.startswith("no picture of")]
        == [line for line in lines if "is broken" in line]
        != []
    )


def test_6_8_without_pictures_no_engine_is_asked(study, engine):
    with study(images=False):
        generator().generate_object_model(bundle())
    assert engine.calls == []


def test_6_8_a_renderer_may_want_no_pictures(study, engine):
    with study(images=True):
        made = generator()
        made.class_model_renderer.render_png = made.class_model_renderer.render_svg = False
        made.generate_class_model(bundle_of_classes())
    assert engine.calls == []


def bundle_of_classes():
    from codeable_models import CBundle, CMetaclass

    return CBundle("classes", elements=[CMetaclass("Thing")])


def test_6_8_without_plantuml_texts_are_written_and_one_line_counts_the_pictures(
    study, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("PLANTUML_JAR", raising=False)
    with study(images=True):
        made = generator()
        made.generate_object_models("all", [bundle("a"), {}, bundle("b"), {}])
        made.generate_object_model(bundle("c"))
        made.object_model_renderer.render_png = False
        made.generate_object_model(bundle("c"))
        made.generate_object_model(bundle("d"))
        assert capsys.readouterr().err == ""
    assert len(list((tmp_path / "out").rglob("*.txt"))) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        "7 pictures are missing (3 PNG, 4 SVG), all texts are written: no program 'plantuml' on the path"
    )
    assert "apt-get install" in line


def test_6_8_the_folder_of_a_generator_is_restored_after_a_view_that_fails(study):
    from codeable.kernel import CException

    with study():
        made = generator()
        with pytest.raises(CException):
            made.generate_object_models("sub folder", [bundle(None), {}])
    assert made.directory == "out"


def test_6_8_views_go_to_a_folder_of_their_own(study, tmp_path):
    with study():
        generator().generate_object_models("two views", [bundle("a b"), {}, bundle("c"), {}])
    names = [path.name for path in sorted((tmp_path / "out" / "two_views").iterdir())]
    assert names == ["a_b.txt", "c.txt"]


def test_6_8_an_uneven_list_of_views_is_refused(study):
    from codeable.kernel import CException

    with study(), pytest.raises(CException, match=r"\[bundle, options, bundle, options, …\]"):
        generator().generate_object_models("all", [bundle()])


def test_6_8_the_folder_is_emptied_when_asked_for(study, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").write_text("old")
    with study():
        generator().delete_gen_dir()
    assert list((tmp_path / "out").iterdir()) == []
