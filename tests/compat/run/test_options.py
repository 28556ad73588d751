"""6: the format of the texts, their encoding, pictures or none: who decides."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from codeable.compat.finder import PACKAGES_FOLDER
from codeable.compat.module_discovery import read_study
from codeable.compat.run_options import decide_options
from codeable.errors import CodeableError
from tests.compat.run.test_run import STUDIES, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from metamodels.guidance_metamodel import variant\n", "older"),
        ("from metamodels.guidance_metamodel import uses, can_be_realized_with\n", "older"),
        ("from metamodels.guidance_metamodel import has_variant, can_be_realized_by\n", "current"),
        ("from metamodels.guidance_metamodel import *\nprint(variant)\n", "older"),
        ("from metamodels.guidance_metamodel import *\nfor variant in (): print(variant)\n", "current"),
        ("from metamodels.guidance_metamodel import *\nprint(has_variant)\n", "current"),
        ("import metamodels.guidance_metamodel as g\ng.variant\n", "older"),
        ("from metamodels import guidance_metamodel as g\ng.variant\n", "older"),
        ("generator.object_model_renderer.top_to_bottom = True\n", "older"),
        ("generator.object_model_renderer.left_to_right = True\n", "current"),
        ("thing.variant\n", "current"),
        ("this is no Python", "current"),
    ],
)
def test_6_the_names_that_a_study_uses_decide_on_the_format(text, expected, tmp_path):
    assert decide_options(write(tmp_path, main=text)).format == expected


def test_6_names_used_in_a_module_of_the_study_count(tmp_path):
    script = write(
        tmp_path, main="import other\n", other="from metamodels.guidance_metamodel import variant\n"
    )
    assert decide_options(script).format == "older"


def test_6_the_studies_are_distinguished():
    assert decide_options(STUDIES / "one_module" / "api_guidance.py").format == "current"
    assert decide_options(STUDIES / "in_packages" / "generators" / "generate_all.py").format == "older"


def test_6_settings_in_a_folder_above_decide_before_the_names(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.codeable.compat]\nformat = "older"\nencoding = "windows-1252"\nimages = false\n'
    )
    found = decide_options(write(tmp_path / "study", main=""))
    assert (found.format, found.encoding, found.images) == ("older", "cp1252", False)


def test_6_engines_are_set_where_the_other_settings_are(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.codeable.engines.plantuml]\njar = "libs/plantuml.jar"\n')
    assert decide_options(write(tmp_path / "study", main="")).folder == tmp_path


@pytest.mark.sampled(2)
@pytest.mark.parametrize("tool", ["unittest", "pytest"])
def test_6_of_a_study_that_a_tool_runs_the_settings_are_those_of_the_current_folder(tool, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.codeable.compat]\nformat = "older"\n')
    write(
        tmp_path,
        test_study="import unittest\nfrom plant_uml_renderer import ClassModelRenderer\n\n"
        "class Texts(unittest.TestCase):\n    def test_format(self):\n"
        "        self.assertIn('classfontstyle', ClassModelRenderer().render_class_model([]))\n",
    )
    done = subprocess.run(
        [sys.executable, "-m", tool, "test_study.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PACKAGES_FOLDER), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_6_the_environment_decides_before_the_settings(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[tool.codeable.compat]\nformat = "older"\n')
    monkeypatch.setenv("CODEABLE_COMPAT_FORMAT", "current")
    monkeypatch.setenv("CODEABLE_COMPAT_IMAGES", "no")
    found = decide_options(write(tmp_path, main=""))
    assert (found.format, found.images) == ("current", False)


def test_6_what_is_asked_for_decides_before_all(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEABLE_COMPAT_FORMAT", "current")
    assert decide_options(write(tmp_path, main=""), "older", images=True).format == "older"


def test_6_pictures_have_the_resolution_of_codeablemodels_unless_somebody_says_so(tmp_path, monkeypatch):
    script = write(tmp_path / "study", main="")
    assert decide_options(script).dpi == 96
    (tmp_path / "pyproject.toml").write_text("[tool.codeable.compat]\ndpi = 150\n")
    assert decide_options(script).dpi == 150
    monkeypatch.setenv("CODEABLE_COMPAT_DPI", "200")
    assert decide_options(script).dpi == 200
    assert decide_options(script, dpi=300).dpi == 300
    monkeypatch.setenv("CODEABLE_COMPAT_DPI", "high")
    with pytest.raises(CodeableError, match=r"CODEABLE_COMPAT_DPI.* must be dots per inch"):
        decide_options(script)


@pytest.mark.parametrize("words", [{"text_format": ""}, {"encoding": ""}])
def test_6_an_empty_text_is_not_the_same_as_nothing(tmp_path, words):
    with pytest.raises(CodeableError, match="not ''"):
        decide_options(write(tmp_path, main=""), **words)


@pytest.mark.parametrize("name", ["base64", "rot13", "zip", "xx"])
def test_6_what_encodes_no_texts_is_no_encoding(name, tmp_path):
    with pytest.raises(
        CodeableError, match=f"the encoding must be one that Python knows.*, not '{name}'"
    ) as caught:
        decide_options(write(tmp_path, main=""), encoding=name)
    assert caught.value.exit_status == 2


def test_6_without_anything_it_is_current_utf_8_with_pictures(tmp_path):
    found = decide_options(write(tmp_path, main=""))
    assert (found.format, found.encoding, found.images) == ("current", "utf-8", True)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('formt = "older"', "no key 'formt'; did you mean 'format'?"),
        ('format = "oldest"', "format must be current or older, not 'oldest'; did you mean 'older'?"),
        ('images = "perhaps"', "must be true or false, not 'perhaps'"),
        ("dpi = 7", "dpi must be dots per inch, a whole number, from 30 to 2400, not 7"),
        ('dpi = "many"', "dpi must be dots per inch, a whole number, from 30 to 2400, not 'many'"),
    ],
)
def test_6_a_wrong_setting_is_reported(settings, message, tmp_path):
    (tmp_path / "pyproject.toml").write_text(f"[tool.codeable.compat]\n{settings}\n")
    with pytest.raises(CodeableError) as caught:
        decide_options(write(tmp_path, main=""))
    assert message in str(caught.value)


def test_6_a_program_without_a_file_gets_the_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert decide_options(None).format == "current"
    assert decide_options(Path("not-there.py")).format == "current"


def test_6_a_tool_that_runs_programs_is_no_study():
    study = read_study(Path(pytest.__file__))
    assert (dict(study.files), study.missing) == ({}, ())
