"""C301 to C306: names of codes in notes, and those that only look wrong."""

from pathlib import Path

import pytest

from tests.checks.cases import codes, in_notes, in_study, note, reported, source

DECISION = """
how_decision = CClass(decision, "D?")
a = CClass(practice, "A")
b = CClass(pattern, "B")
add_decision_option_link(how_decision, a, "Do A")
add_decision_option_link(how_decision, b, "Do B")
"""

LINKED = "add_force_relations({catalogue: {catalogues: positive}})"
OPENED = """
> More text.

**OPEN CODING TRACE:**

{}
"""


def named(*texts: str) -> list[str]:
    return [code for code in codes(in_notes(*texts)) if code.startswith("C3")]


class TestUndeclared:
    def test_a_name_that_only_an_open_trace_mentions_is_reported_too(self) -> None:
        opened = OPENED.format("Familiar options: central_catalogue, data_catalog\n\nConfirms data_catalog.")
        found = in_notes(note('data_catalogue = CClass(force, "Central Catalogue")') + opened)
        first, second = [one for one in found if one.code == "C301"]
        assert first.message == "'central_catalogue' is mentioned but declared nowhere"
        assert second.message == "'data_catalog' is mentioned (2 times) but declared nowhere"
        for one in (first, second):
            assert one.suggestion is not None
            assert one.suggestion.startswith("did you mean 'data_catalogue'?")

    @pytest.mark.parametrize(
        "memo",
        [
            "Reoccurring codes: a_code, s7, a_uses_a",
            "Familiar terms: caching, data catalogue",
            "This is very_positive for a, see add_decision_option_link and the file a_b.yml",
        ],
    )
    def test_words_of_an_open_trace_that_are_no_undeclared_codes_are_not_reported(self, memo: str) -> None:
        body = 'a_code = CClass(practice, "A")\na_uses_a = a_code.add_links(a_code, role_name="to")[0]'
        assert "C301" not in named(note(body) + OPENED.format(memo))

    def test_a_name_that_statements_use_as_well_is_reported_where_they_do(self) -> None:
        found = in_notes(note("a_b") + OPENED.format("Force: a_b"))
        assert reported(found, "C301") == ["s_1.md:18:1 'a_b' is used but declared nowhere"]

    def test_a_name_is_reported_once_with_every_other_line(self) -> None:
        found = in_notes(note(DECISION, "a_pracitce\na_pracitce, a_pracitce", "a_pracitce"))
        (diagnostic,) = [one for one in found if one.code == "C301"]
        assert diagnostic.message == "'a_pracitce' is used (4 times) but declared nowhere"
        assert [one.span.line for one in diagnostic.related] == [30, 37]

    @pytest.mark.parametrize(
        ("declared", "used", "proposed"),
        [
            ('data_catalogue = CClass(force, "X")', "data_catalog", "data_catalogue"),
            ('rest_apis = CClass(force, "X")', "rest_api", "rest_apis"),
            ('dc = CClass(force, "Central Data Catalogue")', "central_data_catalog", "dc"),
            ('x = CClass(force, "Master Data Management")', "mdm", None),
            ('data_catalogue_decision = CClass(decision, "X")', "data_catalogue", "data_catalogue_decision"),
            ('event_streaming_decision = CClass(decision, "X")', "security_decision", None),
            ('mdm = CClass(force, "Master Data Management")', "access_control_management", None),
        ],
    )
    def test_the_nearest_declared_name_is_proposed_only_when_it_is_near(
        self, declared: str, used: str, proposed: str | None
    ) -> None:
        (diagnostic,) = [one for one in in_notes(note(declared, used)) if one.code == "C301"]
        assert diagnostic.suggestion is not None
        assert diagnostic.suggestion.startswith(f"did you mean '{proposed}'" if proposed else "declare it")

    def test_a_code_of_another_kind_is_not_proposed(self) -> None:
        declared = 'catalogue = CClass(practice, "Catalogue")\n'
        (one,) = [one for one in in_notes(note(declared + LINKED)) if one.code == "C301"]
        assert one.suggestion == "declare it, or take it out"

    @pytest.mark.parametrize(
        "body",
        [
            'cost = CClass(force, "Cost")\ncost',
            "cost = CBundle('Cost')\ncost",
            'cost = CClass(force "Cost")\ncost',
            'data cost = CClass(force, "Cost")\ndata_cost',
            "s7",
            'a = CClass(practice, "A")\na_uses_a = a.add_links(a, role_name="to")[0]\na_uses_a',
            "from models.forces import cost\nimport cost",
            "# cost is only spoken of here",
        ],
    )
    def test_what_is_declared_even_in_a_statement_that_breaks_is_not_reported(self, body: str) -> None:
        assert "C301" not in named(note(body))

    def test_what_a_broken_statement_only_uses_is_reported_where_it_is_used_in_whole_ones(self) -> None:
        found = in_notes(note("add_decision_option_link(d, cost.\ncost"))
        assert reported(found, "C301") == ["s_1.md:19:1 'cost' is used but declared nowhere"]

    def test_what_another_note_declares_is_declared(self) -> None:
        assert "C301" not in named(note("a = CClass(force, 'A')", number=1), note("a", number=2))

    def test_what_the_model_declares_is_declared(self, tmp_path: Path) -> None:
        files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": source("a")}
        assert "C301" not in codes(in_study(tmp_path, {**files, "sources/s_7.md": note("a")}))


class TestDeclaredTwice:
    @pytest.mark.parametrize("second", ['a = CClass(pattern, "A")', 'a = CClass(force, "B")'])
    def test_another_kind_is_an_error(self, second: str) -> None:
        found = [one for one in in_notes(note('a = CClass(practice, "A")', second)) if one.code == "C302"]
        assert [one.severity for one in found] == ["error"]

    @pytest.mark.parametrize("second", ['a = CClass(practice, "A")', 'a = CClass(practice, " A ")'])
    def test_the_same_again_is_not_reported(self, second: str) -> None:
        assert "C302" not in named(note('a = CClass(practice, "A")'), note(second, number=8))

    def test_another_letter_case_than_in_the_model_is_information(self, tmp_path: Path) -> None:
        files = {"models/a.py": "a = CClass(force, 'Low Cost')\n", "sources/s7.py": source("a")}
        found = in_study(tmp_path, {**files, "sources/s_7.md": note("a = CClass(force, 'Low cost')")})
        assert [one.severity for one in found if one.code == "C302"] == ["info"]

    @pytest.mark.parametrize("declared", ['a = CClass(force, "Á")', 'a = CClass(practice, "A")'])
    def test_a_difference_between_note_and_model_is_a_warning(self, declared: str, tmp_path: Path) -> None:
        files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": source("a")}
        found = in_study(tmp_path, {**files, "sources/s_7.md": note(declared)})
        assert [one.severity for one in found if one.code == "C302"] == ["warning"]

    def test_a_kind_of_the_studys_own_is_not_compared(self, tmp_path: Path) -> None:
        model = "tool = CMetaclass('Tool', superclasses=practice)\na = CClass(tool, 'A')\n"
        files = {"models/a.py": model, "sources/s7.py": source("a")}
        found = in_study(tmp_path, {**files, "sources/s_7.md": note('a = CClass(tool, "A")')})
        assert "C302" not in codes(found)

    def test_a_variable_of_a_module_that_is_given_to_a_second_code_is_reported(self, tmp_path: Path) -> None:
        model = "a = CClass(practice, 'A')\na = CClass(pattern, 'B')\n"
        found = in_study(tmp_path, {"models/a.py": model})
        assert reported(found, "C302") == [
            'a.py:3:1 \'a\' is declared as pattern "B", but before as practice "A"'
        ]

    def test_a_variable_that_is_given_to_the_same_again_is_a_warning_and_reported_once(
        self, tmp_path: Path
    ) -> None:
        found = in_study(tmp_path, {"models/a.py": "a = CClass(force, 'A')\na = CClass(force, 'A')\n"})
        assert [(one.code, one.severity) for one in found if one.code.startswith("C3")] == [
            ("C302", "warning")
        ]

    def test_one_identifier_of_two_modules_is_a_warning_and_both_codes_are_checked(
        self, tmp_path: Path
    ) -> None:
        files = {"models/a.py": "a = CClass(force, 'A')\n", "models/b.py": "a = CClass(force, 'B')\n"}
        found = in_study(tmp_path, files)
        assert [(one.code, one.severity) for one in found if one.code.startswith("C3")] == [
            ("C302", "warning")
        ]
        assert [Path(one.span.path).name for one in found if one.code == "C404"] == ["a.py", "b.py"]

    def test_names_that_modules_keep_to_themselves_are_not_reported(self, tmp_path: Path) -> None:
        text = "_a = CClass(force, '{}')\n"
        found = in_study(tmp_path, {"models/a.py": text.format("A"), "models/b.py": text.format("B") * 2})
        assert "C302" not in codes(found)

    def test_a_variable_of_a_loop_is_not_reported(self, tmp_path: Path) -> None:
        model = "for name in 'AB':\n    a = CClass(practice, name)\n"
        assert "C302" not in codes(in_study(tmp_path, {"models/a.py": model}))


class TestTwoIdentifiers:
    def test_two_identifiers_of_one_name_are_reported_with_the_rename_to_the_later_one(self) -> None:
        found = in_notes(note('mdm = CClass(practice, "MDM")', 'data_mdm = CClass(pattern, "mdm ")'))
        (diagnostic,) = [one for one in found if one.code == "C303"]
        assert diagnostic.suggestion == 'if they are one code: [tool.codeable.renames] mdm = "data_mdm"'

    @pytest.mark.parametrize("second", ["force, 'A'", "category, 'A'", "decision, 'A'", "practice, 'A b'"])
    def test_a_practice_and_something_else_may_have_one_name(self, second: str) -> None:
        assert "C303" not in named(note('a = CClass(practice, "A")', f"b = CClass({second})"))

    def test_a_rename_joins_the_two(self, tmp_path: Path) -> None:
        files = {
            "pyproject.toml": '[tool.codeable.renames]\nmdm = "a"\n',
            "models/a.py": "a = CClass(force, 'MDM')\n",
            "sources/s7.py": source("a"),
            "sources/s_7.md": note('mdm = CClass(force, "MDM")'),
        }
        assert not {"C303", "C501", "C505"} & set(codes(in_study(tmp_path, files)))

    def test_the_name_of_the_model_is_the_new_one_and_nothing_is_reported_twice(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": "a = CClass(force, 'MDM')\n",
            "sources/s7.py": source("a"),
            "sources/s_7.md": note('mdm = CClass(force, "MDM")'),
        }
        found = [one for one in in_study(tmp_path, files) if "'mdm'" in one.message]
        assert [(one.code, one.suggestion) for one in found] == [
            ("C303", 'if they are one code: [tool.codeable.renames] mdm = "a"')
        ]

    def test_a_merge_is_proposed_where_modules_declare_both(self, tmp_path: Path) -> None:
        model = "mdm = CClass(practice, 'MDM')\na = CClass(practice, 'MDM')\n"
        files = {"models/a.py": model, "sources/s7.py": source("a"), "sources/s_7.md": note("a", "mdm")}
        (found,) = [one for one in in_study(tmp_path, files) if one.code == "C303"]
        assert found.suggestion == "if they are one code: codeable merge mdm --into a"

    def test_no_rename_is_proposed_where_modules_declare_both(self, tmp_path: Path) -> None:
        other = "from models.a import how_decision\na = CClass(practice, 'A')\n"
        files = {"models/a.py": DECISION, "models/b.py": other, "sources/s7.py": source("a")}
        suggestions = [one.suggestion or "" for one in in_study(tmp_path, files) if one.code == "C303"]
        assert len(suggestions) == 1
        assert "renames" not in suggestions[0]


class TestUsedBefore:
    def test_in_one_block_in_one_note_and_in_an_earlier_note(self) -> None:
        found = in_notes(
            note("a\nb\na = CClass(force, 'A')", "b = CClass(force, 'B')", "c", number=1),
            note("c = CClass(force, 'C')", number=2),
        )
        assert [line.partition(" ")[2] for line in reported(found, "C304")] == [
            "'a' is used here but declared below",
            "'b' is used here but declared below",
            "'c' is used here but declared only in the later note s2",
        ]

    def test_sources_and_interviews_are_counted_apart(self) -> None:
        assert "C304" not in named(note("a", number=1, kind="p"), note("a = CClass(force, 'A')", number=2))

    def test_the_order_of_coding_counts_when_the_settings_name_it(self, tmp_path: Path) -> None:
        files = {
            "pyproject.toml": '[tool.codeable]\norder = ["s9", "p1", "s7"]\n',
            "models/a.py": "a = CClass(force, 'A')\nb = CClass(force, 'B')\n",
            "sources/s7.py": source("a") + source("b", identifier="p1") + source("a", identifier="s9"),
            "sources/s_7.md": note("a = CClass(force, 'A')\nb = CClass(force, 'B')"),
            "sources/p_1.md": note("b", number=1, kind="p"),
            "sources/s_9.md": note("a", number=9),
        }
        assert reported(in_study(tmp_path, files), "C304") == [
            "p_1.md:18:1 'b' is used here but declared only in the later note s7",
            "s_9.md:18:1 'a' is used here but declared only in the later note s7",
        ]

    def test_a_second_declaration_below_is_no_matter(self) -> None:
        assert "C304" not in named(note("a = CClass(force, 'A')\na\na = CClass(force, 'A')"))

    def test_codes_below_different_codes_may_have_one_name(self, tmp_path: Path) -> None:
        models = (
            "from codeable.dsl import *\n"
            'cost, time = CClass(force, "Cost"), CClass(force, "Time")\n'
            'a, b = CClass(force, "Other", superclasses=cost), CClass(force, "Other", superclasses=time)\n'
            'top = CClass(force, "Cost", superclasses=cost)\n'
        )
        assert reported(in_study(tmp_path, {"models/a.py": models}), "C303") == []
        again = models + 'c = CClass(force, "Other", superclasses=time)\nd = CClass(force, "Other")\n'
        lines = reported(in_study(tmp_path, {"models/a.py": again}), "C303")
        assert [line.partition(" 'c' and ")[2] or line.partition(" 'd' and ")[2] for line in lines] == [
            "'b' are both \"Other\"",
            "'a' are both \"Other\"",
        ]


class TestOfNoKind:
    def test_codes_of_no_kind_are_one_diagnostic_of_their_module(self, tmp_path: Path) -> None:
        head = "from codeable.dsl import *\n"
        files = {
            "models/a.py": head
            + 'group = CClass(code, "Group")\ncoded = CClass(code, "Coded")\n'
            + 'theme = CMetaclass("Theme", superclasses=code)\nown = CClass(theme, "Own")\n'
            + 'c = CClass(code, "C", superclasses=[group, coded])\n'
            + 'f = CClass(force, "F", superclasses=group)\n',
            "models/b.py": head + 'd = CClass(code, "D")\n',
            "sources/s7.py": source("coded", "f"),
        }
        assert reported(in_study(tmp_path, files), "C309") == [
            "a.py:4:1 2 codes of this module have no kind: 'coded', 'c'",
            "b.py:3:1 the code 'd' has no kind",
        ]


class TestTwoSpellings:
    LINK = 'add_decision_option_link({}, a, "Do A")'

    def test_a_spelling_of_a_declared_decision_is_reported_and_not_as_undeclared(self) -> None:
        body = DECISION.replace("how_decision", "trustworthy_decision")
        found = in_notes(note(body, self.LINK.format("trustworty_decision")))
        assert [one.code for one in found if "trustworty" in one.message] == ["C305"]

    def test_two_spellings_that_are_declared_nowhere_are_reported(self) -> None:
        found = in_notes(
            note(*(self.LINK.format(f"{name}_decision") for name in ("communication", "communicaton")))
        )
        (line,) = reported(found, "C305")
        assert line.endswith(
            "'communicaton_decision' is declared nowhere, "
            "but the decision 'communication_decision' is spelt almost so"
        )

    def test_a_spelling_of_a_decision_of_the_model_is_reported(self, tmp_path: Path) -> None:
        model = DECISION.replace("how_decision", "storage_decision")
        files = {"models/a.py": model, "sources/s_7.md": note(self.LINK.format("storag_decision"))}
        assert len(reported(in_study(tmp_path, files), "C305")) == 1

    @pytest.mark.parametrize("other", ["data_sharing_decision", "data_quality_decision", "dataflow_decision"])
    def test_decisions_that_share_a_word_are_not_one(self, other: str) -> None:
        body = DECISION.replace("how_decision", "data_storage_decision")
        assert "C305" not in named(note(body, self.LINK.format(other)))

    def test_a_code_that_is_no_decision_is_not_reported(self) -> None:
        body = DECISION.replace("how_decision", "trustworthy_decision")
        assert "C305" not in named(note(body, "trustworty_decision"))


class TestWrongKind:
    @pytest.mark.parametrize(
        ("statement", "message"),
        [
            ('add_decision_option_link(f, a, "Do A")', "'f' is a force, used here as a decision"),
            ('add_decision_option_link(a, b, "Do B")', "'a' is a practice, used here as a decision"),
            ('add_decision_option_link(how_decision, f, "F")', "'f' is a force, used here as an option"),
            ("add_force_relations({a: {b: positive}})", "'b' is a pattern, used here as a force"),
            ("add_force_relations({f: {f: positive}})", "'f' is a force, used here as a solution"),
        ],
    )
    def test_a_code_used_as_something_else_is_an_error(self, statement: str, message: str) -> None:
        found = [
            one
            for one in in_notes(note(DECISION, f'f = CClass(force, "F")\n{statement}'))
            if one.code == "C306"
        ]
        assert [one.severity for one in found] == ["error"]
        assert found[0].message.startswith(message)

    @pytest.mark.parametrize(
        "statement",
        [
            'add_decision_option_link(how_decision, x, "X")',
            "add_force_relations({how_decision: {f: positive}})",
            'e_decision = CClass(decision, "E?")\nadd_decision_option_link(how_decision, e_decision, "E")',
            'n = CClass(do_nothing_design_solution, "N")\nadd_decision_option_link(how_decision, n, "N")',
            'm = CClass(my_metaclass, "M")\nadd_decision_option_link(m, a, "M")',
        ],
    )
    def test_what_the_vocabulary_accepts_is_not_reported(self, statement: str) -> None:
        assert "C306" not in named(note(DECISION, f'f = CClass(force, "F")\n{statement}'))

    def test_what_a_wrong_use_leaves_open_is_not_reported_besides(self) -> None:
        body = 'f = CClass(force, "F")\na = CClass(practice, "A")\nadd_decision_option_link(f, a, "Do A")'
        assert codes(in_notes(note(body))) == ["C306"]

    def test_a_disputed_kind_is_reported_by_c302_alone(self) -> None:
        declared = 'x = CClass(force, "X")\nx = CClass(practice, "X")'
        body = f'{declared}\nadd_decision_option_link(how_decision, x, "X")'
        assert [code for code in named(note(DECISION, body)) if code != "C304"] == ["C302"]


class TestRecognised:
    BASE = DECISION + 'c = CClass(force, "C")\nadd_force_relations({a: {c: positive}})\n'

    def found(self, trace: str, body: str = "a") -> list[str]:
        opened = "> Text.\n\n**OPEN CODING TRACE:**\n\n" + trace
        return reported(in_notes(note(self.BASE, number=3), note(body, coding=opened)), "C308")

    @pytest.mark.parametrize(
        "trace", ["Familiar options: a, b", "- b", "New option(s): b", "Forces: b", "Familiar terms: x, b"]
    )
    def test_a_declared_code_that_no_axial_trace_adds_is_reported_at_its_name(self, trace: str) -> None:
        column = trace.index("b") + 1 if trace[0] == "-" else trace.rindex("b") + 1
        assert self.found(trace) == [
            f"s_2.md:17:{column} the open trace names 'b', but no axial trace of s7 adds it"
        ]

    @pytest.mark.parametrize(
        "trace",
        [
            "Familiar options: a",
            "Options: unknown",
            "Decision: how_decision",
            "This is like b, and b_c.",
            "Comment: b",
        ],
    )
    def test_what_is_added_or_unknown_or_prose_is_not_reported(self, trace: str) -> None:
        assert self.found(trace) == []

    def test_a_note_without_statements_is_not_coded_yet(self) -> None:
        assert self.found("Familiar options: a, b", "") == []

    def test_a_code_of_a_broken_statement_may_have_been_added(self) -> None:
        assert self.found("Familiar options: b", "a\nadd_decision_option_link(how_decision b 'Do B')") == []


@pytest.mark.parametrize("model", ['d = CClass(decision, "D?")\no = CClass(practice, "O")\n', ""])
def test_a_rename_to_a_code_of_another_kind_is_one_error(model: str, tmp_path: Path) -> None:
    declared = 'd = CClass(decision, "D?")\no = CClass(practice, "O")'
    settings = '[tool.codeable.renames]\nd = "o"\n'
    files = {"pyproject.toml": settings, "sources/s_1.md": note(declared)}
    found = in_study(tmp_path, {**files, **({"models/d.py": model} if model else {})})
    (line,) = reported(found, "C302")
    assert "'o' is declared as practice \"O\", but 'd', one code with it by the renames" in line
    assert reported(found, "C111") == []
