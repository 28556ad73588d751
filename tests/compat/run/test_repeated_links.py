"""8: a list that repeats a code raises, and the message names list, file and line."""

import pytest

from codeable.compat.running import run_script
from codeable.loading import StudyModuleError
from tests.compat.run.test_run import STUDIES, write

START = """\
from codeable_models import *
from metamodels.guidance_metamodel import *
code, source = CMetaclass("Code"), CMetaclass("Source")
code.association(source, "[contained_code] * -> [evidence] *")
a, b, s1, s2 = CClass(code, "A"), CClass(code, "B"), CClass(source, "s1"), CClass(source, "s2")
same_as_a = a
"""


def told(folder, end):
    script = write(folder, main=START + end)
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    return str(caught.value).replace(str(script), "main.py").splitlines()


def test_8_the_list_of_a_source_is_named_with_both_lines(tmp_path):
    lines = told(
        tmp_path,
        "add_links({\n    s1: [b],\n    s2: [\n        a,\n        b,\n        a,\n    ],\n},\n"
        'role_name="contained_code")\n',
    )
    assert lines[0].startswith("main.py:7: ")
    assert "the list of s2 repeats a: main.py:12, it is in line 10 already; take one of the two out" in lines


def test_8_a_list_in_a_variable_is_named(tmp_path):
    lines = told(tmp_path, 'codes = [a, a]\nadd_links({s1: codes}, role_name="contained_code")\n')
    assert (
        "the list of s1, codes repeats a: main.py:7, it is in line 7 already; take one of the two out"
        in lines
    )


def test_8_two_names_of_one_code_are_a_repetition(tmp_path):
    lines = told(tmp_path, 's1.add_links([a, same_as_a], role_name="contained_code")\n')
    assert (
        "the list of s1 repeats same_as_a: main.py:7, it is in line 7 already; take one of the two out"
        in lines
    )


def test_8_a_link_made_by_an_earlier_statement_is_named_by_its_place(tmp_path):
    lines = told(
        tmp_path, 's1.add_links(a, role_name="contained_code")\ns1.add_links(a, role_name="contained_code")\n'
    )
    assert lines[0].startswith("main.py:8: ")
    assert "main.py:7" in lines[0]
    assert not any("repeats" in line for line in lines)


def test_8_the_sources_of_a_published_study_raise_where_a_code_is_repeated(tmp_path):
    original = (STUDIES / "in_packages" / "study_models" / "sources.py").read_text(encoding="utf-8")
    broken = original.replace("fast_propagation],", "fast_propagation, event_bus],")
    (tmp_path / "sources.py").write_text(broken, encoding="utf-8")
    with pytest.raises(StudyModuleError) as caught:
        run_script(tmp_path / "sources.py", paths=[STUDIES / "in_packages"])
    assert "the list of s4 repeats event_bus" in str(caught.value)
