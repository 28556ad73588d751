"""The decision guide: all that a study says, with quotations, links that lead somewhere."""

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from attrs import evolve
from lxml import html
from markdown_it import MarkdownIt

import codeable
from codeable.registry import Registry, UnknownNameError
from codeable.render.figure import drawn_together
from codeable.reports import guidance as guidance_module
from codeable.reports.formats.markdown_text import quotation
from codeable.study import Study
from tests.reports.browser import CONTRAST, seen_in_browser
from tests.reports.tables.studies import RICH
from tests.studies import write_study

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></svg><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![x](https://e.org/x.png)",
    "*a* _b_ `c` ~~d~~ | e | # f",
    "# 1. - + > & &lt; &amp;",
    "{{ 7 * 7 }} {% raw %}",
    "\\input{x} $x$ \\(y\\)",
    "a\u202eb עברית 漢字 🎉",
    "two\nlines",
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(tmp_path_factory.mktemp("rich"), RICH))


@pytest.fixture(scope="module")
def made(rich: Study) -> Any:
    return rich.reports.guidance


@pytest.fixture(scope="module")
def markdown(made: Any) -> str:
    return made.to_markdown()


@pytest.fixture
def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guidance_module, "decision_figures", lambda *_: ({}, []))


def text_of(page: str) -> str:
    """What a reader of a page sees, in one line."""
    tree = html.document_fromstring(page)
    for each in tree.xpath("//style | //script | //svg"):
        each.drop_tree()
    return " ".join(tree.text_content().split())


def rendered(markdown: str) -> str:
    """A Markdown text as the HTML that GitHub would make of it."""
    return MarkdownIt("gfm-like", {"linkify": False}).render(markdown)


def check_links(page: str) -> None:
    """Every place has a name of its own, and every link leads to one."""
    tree = html.document_fromstring(page)
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = {link[1:] for link in tree.xpath("//@href") if link.startswith("#")}
    assert targets - set(ids) == set()


@pytest.mark.parametrize("text", ["", " ", "\u2028"])
def test_a_passage_without_text_is_an_empty_quotation(text: str) -> None:
    assert quotation(text) == ">"


class TestChapters:
    """What the guide says about a decision."""

    @pytest.mark.parametrize(
        "expected",
        [
            "## Where does it run?\n",
            "Decision <code>hosting</code> · category: Hosting · Single Answers\n",
            "Asked early.\n\n**Recommendation:** Begin small.\n",
            "Context: Cluster (decide for all instances of).\n",
            "![Where does it run?: the decision with its options](guidance_hosting.svg)\n",
            "| [Cloud](#hosting.cloud) | Rent it | 1 | 2 |\n| [Do nothing](#hosting.nothing) |  | 0 | 0 |\n",
            "#### Cloud\n\npractice <code>cloud</code>\n\nRent it: By the hour.\n\nMachines of somebody",
            "Evidence in 1 source: [s1](#s1); 2 passages in the field notes. Its sub-code “Mesh” has",
            "> Renting is cheap at first.\n>\n> — [s1](#s1), sources/anna/s\\_1.md:6, coded by anna\n",
            "- [Cloud](#hosting.cloud) *Uses* [Mesh](#hosting.mesh): per tenant\n",
            "- [Bus](#exchange.bus) *Requires* [Cloud](#hosting.cloud) (1 source: [s1](#s1))\n",
            "Next decisions:\n\n- [Cloud](#hosting.cloud) *Optional Next* [How do they talk?](#exchange)\n",
            "Comes after:\n\n- [Cloud](#exchange.cloud) *Optional Next* [How do they talk?](#exchange)\n",
            "**Definition in s1:** a shared line\n",
            '### Solutions that the options lead to\n\n<a id="hosting.mesh"></a>\n\n#### Mesh\n',
            "The study states no option for this decision.\n",
            "### Trust\n\nforce <code>trust</code>\n\nNo source is evidence for it in the modules.\n",
            '- <a id="s1"></a>s1: [One](<https://one.example/>)\n- <a id="s2"></a>s2: Two\n',
            "1 more passage is not quoted here; <code>codeable show cost --full</code> shows all.\n",
        ],
    )
    def test_all_that_a_study_says_is_there(self, markdown: str, expected: str) -> None:
        assert expected.replace("\\_", "_") in markdown.replace("\\_", "_")

    def test_the_matrix_has_a_sign_where_the_study_states_an_impact(self, markdown: str) -> None:
        matrix = markdown.partition("### Forces\n\n")[2].partition("\n\nImpact: ")
        assert matrix[0].splitlines() == [
            "| Force | [Cloud](#hosting.cloud) |",
            "| :-- | :-: |",
            "| [Cost](#cost) | −− |",
            "| [Delay](#delay) | +/− |",
        ]
        assert matrix[2].startswith("+/− positive and negative, −− very negative. An empty cell: ")
        assert "It states none at all for [Do nothing](#hosting.nothing), [Mesh](#hosting.mesh)." in matrix[2]

    def test_memos_are_not_in_it_and_the_guide_says_where_they_are(self, markdown: str) -> None:
        assert "Is it one bus?" not in markdown
        assert "Compare cloud with" not in markdown
        assert "Memos are in the table memos." in markdown

    def test_what_notes_and_modules_do_not_share_is_said(self, markdown: str) -> None:
        assert "1 code of the notes is not in the modules: oracle" in markdown

    def test_page_and_markdown_say_the_same(self, made: Any, markdown: str) -> None:
        def words(page: str) -> set[str]:
            (content,) = html.document_fromstring(page).xpath("//main | //body[not(.//main)]")
            texts = content.xpath(".//text()[not(ancestor::svg) and not(ancestor::figcaption)]")
            return set(re.findall(r"\w+", " ".join(texts))) - {"Contents"}

        assert words(made.to_html()) == words(rendered(markdown))

    @pytest.mark.parametrize("form", ["page", "markdown"])
    def test_every_link_leads_to_a_place(self, made: Any, markdown: str, form: str) -> None:
        check_links(made.to_html() if form == "page" else rendered(markdown))

    def test_evidence_of_the_study_in_the_repository_is_what_its_modules_say(
        self, without_figures: None
    ) -> None:
        study = codeable.load(Path(__file__).parents[2])
        guide = study.reports.guidance.guide
        assert [each.entry.name for each in guide.chapters] == [
            "communication_decision",
            "infrastructure_decision",
        ]
        for chapter in guide.chapters:
            for entry in (chapter.entry, *(option.entry for option in chapter.options)):
                assert list(entry.evidence.sources) == study.evidence_of(entry.name).names
                assert entry.evidence.passages == len(study.passages_of(entry.name))
        assert sum(len(chapter.options) for chapter in guide.chapters) == 18


class TestQuotations:
    """Which passages are quoted: a rule chooses, and what is left out is said."""

    @pytest.fixture
    def study(self, tmp_path: Path) -> Study:
        def note(number: int, *passages: str) -> str:
            quoted = "\n\n".join(f"> {text}" for text in passages)
            return f"# s{number}\n# coding\n\n{quoted}\n\n**AXIAL CODING TRACE:**\n\n```python\nbus\n```\n"

        long = "word " * 300
        return codeable.load(
            write_study(
                tmp_path,
                {
                    "models/m.py": """
                        from codeable.dsl import *
                        talk = CClass(decision, "How do they talk?")
                        bus = CClass(pattern, "Bus")
                        add_decision_option_link(talk, bus)
                        """,
                    "sources/s1.py": """
                        from codeable.dsl import *
                        from models.m import *
                        s1, s2 = CClass(source, "s1"), CClass(source, "s2")
                        add_links({s1: [bus], s2: [bus]}, role_name="contained_code")
                        """,
                    "sources/s1.md": note(1, "Short.", long, "A bus is easy to extend."),
                    "sources/s2.md": note(
                        2, "A passage of the second source that says it in some words.", "Tiny."
                    ),
                },
            )
        )

    def quotes(self, study: Study, **options: object) -> list[str]:
        guide = study.reports.make("guidance", **options).guide
        return [each.text for each in guide.chapters[0].options[0].entry.evidence.quotes]

    def test_each_source_has_its_turn_and_words_of_the_name_come_first(
        self, study: Study, without_figures: None
    ) -> None:
        first, second = self.quotes(study, quotations=2)
        assert first == "A bus is easy to extend."
        assert second == "A passage of the second source that says it in some words."

    def test_a_chapter_quotes_others_before_it_quotes_one_again(
        self, rich: Study, without_figures: None
    ) -> None:
        chapter = rich.reports.make("guidance", quotations=1).guide.chapters[0]
        (cloud,) = chapter.options[0].entry.evidence.quotes
        assert cloud.text == "Renting is cheap at first."

    def test_a_long_passage_is_cut_visibly(self, study: Study, without_figures: None) -> None:
        cut = next(each for each in self.quotes(study, quotations=9) if each.startswith("word"))
        assert cut.endswith("word …")
        assert len(cut) <= 600

    def test_none_are_quoted_on_request_and_that_is_said(self, study: Study, without_figures: None) -> None:
        text = study.reports.make("guidance", quotations=0).to_markdown()
        assert "\n> " not in text
        assert "5 passages are not quoted here; <code>codeable show bus --full</code> shows all." in text
        assert "At most 0 passages of the field notes are quoted" in text


class TestChoice:
    """A guide of some decisions."""

    def test_it_has_their_chapters_alone(self, rich: Study, without_figures: None) -> None:
        text = rich.reports.make("guidance", decisions=["exchange"]).to_markdown()
        assert "## How do they talk?" in text
        assert "## Where does it run?" not in text
        assert "### Trust" not in text
        check_links(rendered(text))

    def test_an_unknown_decision_is_said_with_the_nearest(self, rich: Study) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'exchange'"):
            rich.reports.make("guidance", decisions=["exchang"])


class TestHostileTexts:
    """What a study says is text, and nothing in it is markup."""

    @pytest.fixture
    def hostile(self) -> Any:
        from codeable import dsl
        from codeable.dsl import CClass, decision, force, practice, source

        cells: dict[str, Any] = {}
        for number, text in enumerate(HOSTILE):
            ask, do, on = CClass(decision, text), CClass(practice, text), CClass(force, text)
            also = CClass(practice, f"{text} too", values={"description": text, "background reading": text})
            dsl.add_decision_option_link(ask, do, text, text)
            do.add_links(also, role_name="to", stereotype_instances=dsl.can_use, label=text)
            dsl.add_force_relations({do: {on: dsl.positive}})
            read = CClass(source, text, values={"title": text, "url": text})
            dsl.add_links({read: [ask, do]}, role_name="contained_code")
            cells |= {
                f"d{number}": ask,
                f"p{number}": do,
                f"f{number}": on,
                f"q{number}": also,
                f"s{number}": read,
            }
        return Study.of(cells)

    @pytest.mark.parametrize("form", ["page", "markdown"])
    def test_all_texts_are_shown_and_nothing_else_is_made_of_them(
        self, hostile: Study, without_figures: None, form: str
    ) -> None:
        from codeable.text import printable

        made = hostile.reports.guidance
        page = made.to_html() if form == "page" else rendered(made.to_markdown())
        shown = text_of(page)
        for text in HOSTILE:
            wanted = " ".join(printable(text).split())
            assert shown.count(wanted) >= 8, wanted
        tree = html.document_fromstring(page)
        assert tree.xpath("//img | //iframe | //object") == []
        assert len(tree.xpath("//script")) == (1 if form == "page" else 0)
        assert [each for each in tree.xpath("//a/@href") if not each.startswith("#")] == []
        check_links(page)


class TestStudiesWithLittle:
    """A study of nothing has a guide that says so."""

    def test_no_decisions(self, without_figures: None) -> None:
        made = Study.of({}).reports.guidance
        assert "The study declares no decision." in made.to_markdown()
        assert "The study declares no decision." in text_of(made.to_html())
        check_links(made.to_html())

    def test_solutions_of_no_decision_are_there_too(self, without_figures: None) -> None:
        from codeable.dsl import CClass, practice

        text = Study.of({"pods": CClass(practice, "Pods")}).reports.guidance.to_markdown()
        assert "## Solutions of no decision" in text
        assert "### Pods" in text

    def test_a_decision_that_is_an_option_leads_to_its_chapter(self, without_figures: None) -> None:
        from codeable.dsl import CClass, add_decision_option_link, decision

        first, second = CClass(decision, "First?"), CClass(decision, "Second?")
        add_decision_option_link(first, second, "Ask on")
        made = Study.of({"first": first, "second": second}).reports.guidance
        assert "It is a decision itself: [Second?](#second)." in made.to_markdown()
        check_links(made.to_html())
        check_links(rendered(made.to_markdown()))


class TestRest:
    """What else a study may know about a decision and its options."""

    def test_a_category_is_behind_those_that_it_is_a_part_of(self, without_figures: None) -> None:
        from codeable.dsl import CClass, add_links, category, decision

        whole, part = CClass(category, "Platform"), CClass(category, "Hosting")
        add_links({whole: [part]}, role_name="sub category")
        ask = CClass(decision, "Where?")
        add_links({part: [ask]}, role_name="decisions")
        text = Study.of({"whole": whole, "part": part, "ask": ask}).reports.guidance.to_markdown()
        assert "· category: Platform › Hosting\n" in text

    def test_known_uses_of_an_option_are_named_with_their_references(self, without_figures: None) -> None:
        from codeable.dsl import CClass, add_decision_option_link, add_links, decision, known_use, practice

        ask, pods = CClass(decision, "Where?"), CClass(practice, "Pods")
        shop = CClass(known_use, "A web shop", values={"reference": "https://example.org/shop"})
        add_decision_option_link(ask, pods)
        add_links({pods: [shop]}, role_name="knownUses")
        made = Study.of({"ask": ask, "pods": pods, "shop": shop}).reports.guidance
        assert "Known use: A web shop: https://example.org/shop" in text_of(made.to_html())


class TestFiles:
    """The files of the guide."""

    def test_a_figure_is_that_of_the_study(self, rich: Study, made: Any) -> None:
        (picture,) = (each.data for each in made.files(("md",)) if each.name == "guidance_later.svg")
        assert picture == rich.diagram("later").render()

    def test_a_guide_is_the_same_where_a_font_is_missing(
        self, rich: Study, made: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def drawn(*args: Any) -> Any:
            return [
                tuple(evolve(each, messages=("this machine has no font at all",)) for each in pictures)
                for pictures in drawn_together(*args)
            ]

        monkeypatch.setattr("codeable.reports.guide.figures.drawn_together", drawn)
        again = rich.reports.guidance
        assert again.to_markdown() == made.to_markdown()
        assert again.to_html() == made.to_html()
        assert "figure later: this machine has no font at all" in again.messages

    def test_figures_are_beside_the_markdown_and_in_the_page(self, made: Any) -> None:
        files = {each.name: each for each in made.files(("md", "html", "csv"))}
        assert list(files) == [
            *("guidance.md", "guidance_hosting.svg", "guidance_exchange.svg", "guidance_later.svg"),
            "guidance.html",
        ]
        assert files["guidance.md"].drawn_from is None
        assert files["guidance_hosting.svg"].data.startswith(b"<?xml")
        page = files["guidance.html"].data.decode("utf-8")
        assert page.count("<svg ") == 3
        assert "<?xml" not in page
        assert not re.search(r"<(?:img|link|iframe)\b|@import", page)

    def test_the_digest_is_that_of_texts_and_figures(self, rich: Study, made: Any) -> None:
        def digests(of: Any) -> list[str | None]:
            return [each.drawn_from for each in of.files(("md", "html"))]

        assert digests(rich.reports.guidance) == digests(made)
        other = digests(rich.reports.make("guidance", quotations=1))
        assert other[:-1] == digests(made)[:-1]
        assert other[-1] != digests(made)[-1]

    def test_it_is_the_same_wherever_a_command_runs(
        self, made: Any, rich: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = made.to_html()
        monkeypatch.chdir(tmp_path)
        assert rich.reports.guidance.to_html() == expected

    @pytest.mark.parametrize(
        ("settings", "said", "figures"),
        [
            ('[tool.codeable.views.hosting]\nstyle = "papr"\n', "hosting has no figure: ", 2),
            ('[tool.codeable]\nengine = "grafviz"\n', "no decision has a figure: ", 0),
        ],
    )
    def test_a_figure_that_cannot_be_drawn_is_said_and_left_out(
        self, tmp_path: Path, settings: str, said: str, figures: int
    ) -> None:
        study = codeable.load(write_study(tmp_path, {**RICH, "pyproject.toml": settings}))
        made = study.reports.guidance
        (message,) = (each for each in made.messages if each.startswith(said))
        assert "did you mean" in message
        assert made.to_markdown().count("![") == made.to_html().count("<svg ") == figures
        assert said in made.to_markdown()

    def test_decisions_of_one_title_have_their_own_figures(self) -> None:
        from codeable.dsl import CClass, decision

        study = Study.of({"first": CClass(decision, "Same?"), "second": CClass(decision, "Same?")})
        made = study.reports.guidance
        assert [each.name for each in made.files(("md",))][1:] == [
            "guidance_first.svg",
            "guidance_second.svg",
        ]

    def test_a_guide_of_any_name_finds_its_figures(self) -> None:
        from codeable.coded.coded_study import CodedStudy
        from codeable.dsl import CClass, decision
        from codeable.reports.guidance import Guidance
        from codeable.reports.options import ReportOptions

        registry = Registry.of({"how": CClass(decision, "How?")})
        made = Guidance(CodedStudy(registry), ReportOptions(), "my (guide) <a> 漢")
        (address,) = html.fromstring(rendered(made.to_markdown())).xpath("//img/@src")
        assert unquote(address) in [file.name for file in made.files(("md",))]

    def test_it_shows_itself_in_a_notebook(self, made: Any) -> None:
        assert "Where does it run?" in made._repr_html_()
        assert "<script" not in made._repr_html_()
        assert repr(made) == made.to_markdown()

    def test_a_notebook_shows_the_first_chapters_of_many(self, without_figures: None) -> None:
        from codeable.dsl import CClass, decision

        cells = {f"d{number}": CClass(decision, f"Question {number}?") for number in range(12)}
        shown = Study.of(cells).reports.guidance._repr_html_()
        assert shown.count("<h2 ") == 11  # and what the guide says about itself
        assert shown.endswith("<p>And 2 more decisions; to_html() gives all.</p>")


@pytest.mark.slow
class TestInBrowser:
    """The page in Chromium: nothing is loaded, nothing sticks out on a phone, all can be read in the dark."""

    @pytest.mark.parametrize("is_dark", [False, True])
    @pytest.mark.parametrize("width", [360, 1200])
    def test_the_page_can_be_read(self, made: Any, tmp_path: Path, width: int, is_dark: bool) -> None:
        script = f"""{CONTRAST}
          const figure = document.querySelector("figure svg");
          const words = document.querySelector("blockquote").getBoundingClientRect();
          return {{
            over: document.documentElement.scrollWidth - innerWidth,
            contrast: worstContrast(),
            figure: figure.getBoundingClientRect().width,
            ground: getComputedStyle(figure).backgroundColor,
            words: words.width,
          }};"""
        seen = seen_in_browser(made.to_html(), script, tmp_path, width=width, is_dark=is_dark)
        assert seen["over"] <= 0
        assert seen["contrast"] >= 4.5
        assert seen["figure"] > 600
        assert seen["ground"] == "rgb(255, 255, 255)"
        assert seen["words"] > 250
