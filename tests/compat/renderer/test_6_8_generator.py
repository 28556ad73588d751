"""Section 6.8: the generator and the files it writes."""

import pytest
from codeable_models import CBundle

from tests.compat.kernel.expecting import refusal
from tests.compat.renderer import models
from tests.compat.renderer.conftest import expected_text


@pytest.fixture
def generator(either, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    generator = either.PlantUMLGenerator()
    generator.directory = "out"
    for r in (generator.class_model_renderer, generator.object_model_renderer):
        r.render_png = r.render_svg = False
    generator.text_format = either.text_format
    return generator


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_6_8_defaults(either):
    generator = either.PlantUMLGenerator()
    assert generator.directory == "../_generated"
    assert generator.plant_uml_jar_path == "../../libs/plantuml.jar"
    assert isinstance(generator.class_model_renderer, either.ClassModelRenderer)
    assert isinstance(generator.object_model_renderer, either.ObjectModelRenderer)


def test_6_8_setters_also_set_both_renderers(either):
    generator = either.PlantUMLGenerator()
    generator.directory, generator.plant_uml_jar_path = "d", "j"
    for r in (generator.class_model_renderer, generator.object_model_renderer):
        assert (r.directory, r.plant_uml_jar_path) == ("d", "j")
    assert (generator.directory, generator.plant_uml_jar_path) == ("d", "j")


def test_6_8_get_file_name_replaces_blanks_only(either):
    assert either.PlantUMLGenerator.get_file_name("How to: deploy?  now") == "How_to:_deploy?__now"


def test_6_8_delete_gen_dir_empties_or_creates(generator, tmp_path):
    generator.delete_gen_dir()
    assert (tmp_path / "out").is_dir()
    (tmp_path / "out" / "sub").mkdir()
    (tmp_path / "out" / "sub" / "old.txt").write_text("x")
    generator.delete_gen_dir()
    assert files(tmp_path) == []
    assert (tmp_path / "out").is_dir()


def test_6_8_the_constructor_flag_empties_the_default_directory(either, tmp_path, monkeypatch):
    work = tmp_path / "study"
    work.mkdir()
    monkeypatch.chdir(work)
    old = tmp_path / "_generated" / "old.txt"
    old.parent.mkdir()
    old.write_text("x")
    either.PlantUMLGenerator()
    assert old.exists()
    either.PlantUMLGenerator(delete_gen_dir_during_init=True)
    assert not old.exists()
    assert old.parent.is_dir()


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_8_generate_model_writes_the_text_of_a_bundle(generator, tmp_path, kind):
    elements = models.worked_example()[kind == "object"]
    bundle = CBundle("Worked example of it", elements=elements)
    getattr(generator, f"generate_{kind}_model")(bundle)
    assert files(tmp_path) == ["out/Worked_example_of_it.txt"]
    name = {"class": "worked_example_classes", "object": "worked_example_objects"}[kind]
    written = (tmp_path / "out" / "Worked_example_of_it.txt").read_bytes()
    assert written == expected_text(generator.text_format, name).encode("utf-8")


def test_6_8_generate_model_passes_options_on(generator, tmp_path):
    bundle = CBundle("B", elements=models.inheritance())
    generator.generate_class_model(bundle, render_inheritance=False)
    assert "<|---" not in (tmp_path / "out" / "B.txt").read_text(encoding="utf-8")
    with refusal():
        generator.generate_class_model(bundle, unknown=True)


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_8_generate_models_writes_a_list_of_views_into_a_sub_directory(generator, tmp_path, kind):
    elements = models.stereotyped_classes()
    option = {"class": "render_inheritance", "object": "render_attribute_values"}[kind]
    views = [
        CBundle("First view", elements=elements),
        {},
        CBundle("Second", elements=elements[:1]),
        {option: False},
    ]
    getattr(generator, f"generate_{kind}_models")("some views", views)
    assert files(tmp_path) == ["out/some_views/First_view.txt", "out/some_views/Second.txt"]
    assert generator.directory == "out"
    assert generator.class_model_renderer.directory == generator.object_model_renderer.directory == "out"
    second = (tmp_path / "out" / "some_views" / "Second.txt").read_text(encoding="utf-8")
    assert ("size = 2" in second) is False


def test_6_8_a_sub_directory_stays_in_the_directory_whatever_its_name_begins_with(generator, tmp_path):
    generator.generate_class_models("/Guidance views", [CBundle("v"), {}])
    assert files(tmp_path) == ["out/Guidance_views/v.txt"]


def test_6_8_the_directory_is_reset_even_if_a_view_fails(generator):
    bundle = CBundle("B", elements=models.inheritance())
    with refusal():
        generator.generate_class_models("views", [bundle, {"unknown": True}])
    assert generator.directory == generator.class_model_renderer.directory == "out"


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_8_render_to_file_writes_base_name_and_creates_the_directory(either, tmp_path, kind):
    r = getattr(either, f"{kind.capitalize()}ModelRenderer")(directory=str(tmp_path / "a" / "b"))
    r.render_png = r.render_svg = False
    elements = models.worked_example()[kind == "object"]
    getattr(r, f"render_{kind}_model_to_file")("base", elements)
    written = (tmp_path / "a" / "b" / "base.txt").read_bytes()
    assert written == getattr(r, f"render_{kind}_model")(elements).encode("utf-8")


def test_6_8_files_are_utf_8_with_lf(generator, tmp_path):
    generator.generate_class_model(CBundle("B", elements=models.identifiers()))
    written = (tmp_path / "out" / "B.txt").read_bytes()
    assert "Größe-3²".encode() in written
    assert b"\r" not in written


def test_6_8_bundles_of_the_same_name_overwrite_each_other(generator, tmp_path):
    first, second = models.inheritance(), models.associations()
    generator.generate_class_models(
        "d", [CBundle("_all", elements=first), {}, CBundle("_all", elements=second), {}]
    )
    assert files(tmp_path) == ["out/d/_all.txt"]
    assert "uses" in (tmp_path / "out" / "d" / "_all.txt").read_text(encoding="utf-8")
