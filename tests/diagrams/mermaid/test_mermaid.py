"""The text of a figure in Mermaid, and what Mermaid makes of it."""

import html
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import codeable
from codeable.diagrams import build, view_of
from codeable.diagrams.diagram import Diagram
from codeable.diagrams.mermaid import mermaid_messages, mermaid_text
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.wrapping import drawable
from codeable.dsl import CClass, add_decision_option_link, decision, practice, source
from codeable.registry import Registry
from tests.diagrams.hostile import HOSTILE_TEXTS
from tests.tools import missing, require_tool

MERMAID = Path(__file__).parent / "node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js"

LABELS = [
    *r"""
1. one
2) two
- one
* one
+ one
# one
> one
[ ] one
| a | b |
=
1.
"
a "q" b
`a`
**b** _i_ __b__ ~~s~~
[x](javascript:alert(1)) ![i](u)
https://a.b/c?d=e;f
%% a
%%{init: {"theme":"dark"}}%%
style: C# is;
classDef a:b#c;
:::a
end
subgraph a
direction TB
the direction  LR
click a href 'b'
a@{shape: cat}
a;b
o--o
--> a -- b
{{a}} [b] (c) {d} >e] ((f))
a|b|c
<b>x</b><script>alert(1)</script>
&amp; #35; &#35;
$$x^2$$
$$$$
fa:fa-car a
fab:fa-car
a\nb \\n \u0041
ﬂ°°35¶ß ﬂ°x¶ß
Straße 10 °C
日本語 🙂
""".strip().splitlines(),
    *HOSTILE_TEXTS,
    *("e\u0301", "\u202eabc", "\u200ba", "é" * 200, "a\tb", "a\n\nb", "---\ntitle: x\n---"),
]

EXPECTED = """\
%% Drawn by codeable from the view a
%% Change the model, not this text.
flowchart TB
  n_how{{"«decision»<br/>Where does it run?"}}
  n_what("«practice»<br/>Where does it run?")
  n_s1["«source»<br/>s1"]
  click n_s1 href "https://example.org/a%3Bb#c?d=e@f" _blank
  n_how -->|"Where does it run?"| n_what
  classDef kind_decision fill:#FCE8C3,stroke:#A66F00,stroke-width:1.5px,color:#1A1A1A
  class n_how kind_decision
  classDef kind_practice fill:#DDEFFA,stroke:#0072B2,stroke-width:1px,color:#1A1A1A
  class n_what kind_practice
  classDef kind_source fill:#FFFFFF,stroke:#6B6B6B,stroke-width:1px,color:#1A1A1A
  class n_s1 kind_source
  linkStyle 0 stroke:#A66F00,stroke-width:1px
"""

PAGE = """<!doctype html><meta charset="utf-8"><body><script src="{mermaid}"></script><script>
(async () => {{
  mermaid.initialize({{ startOnLoad: false }});
  const found = [];
  for (const [number, text] of {texts}.entries()) {{
    try {{
      const {{ svg }} = await mermaid.render("d" + number, text);
      const drawn = document.createElement("div");
      drawn.innerHTML = svg;
      document.body.appendChild(drawn);
      const texts = (where) => [...drawn.querySelectorAll(where)].map((each) => each.innerText);
      const markup = "script, iframe, img, b, i, em, strong, li, code, math";
      found.push({{
        nodes: texts(".node .nodeLabel"),
        edges: texts(".edgeLabel .edgeLabel"),
        links: [...drawn.querySelectorAll("a")].map((each) => each.getAttribute("xlink:href")),
        markup: drawn.querySelectorAll(markup).length,
      }});
      drawn.remove();
    }} catch (error) {{ found.push({{ error: String(error) }}); }}
  }}
  document.body.replaceChildren();
  document.body.dataset.found = JSON.stringify(found);
}})();
</script>"""


def drawn(texts: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """What Mermaid draws in a browser: the labels of boxes and arrows, links, and the number of marks."""
    browser = require_tool("chromium", "chromium-browser", "google-chrome")
    if not MERMAID.is_file():
        missing(f"needs the npm packages of {Path(__file__).parent} (npm ci)")
    page = folder / "page.html"
    script = json.dumps(texts).replace("</", "<\\/")
    page.write_text(PAGE.format(mermaid=MERMAID.as_uri(), texts=script), encoding="utf-8")
    arguments = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom")
    done = subprocess.run([browser, *arguments, page.as_uri()], capture_output=True, timeout=120, check=True)
    found = re.search(r'data-found="([^"]*)"', done.stdout.decode("utf-8", "replace"))
    assert found is not None, done.stderr.decode("utf-8", "replace")[-1000:]
    results: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    assert [each for each in results if "error" in each] == []
    return results


def words_of(text: str) -> str:
    """The words without blanks, and without what keeps apart what Mermaid would read together."""
    return "".join(text.replace("\u200c", "").split())


def diagram_of(label: str, **options: Any) -> Diagram:
    how = CClass(decision, label)
    what = CClass(practice, label)
    add_decision_option_link(how, what, label)
    s1 = CClass(source, "s1", values={"url": "https://example.org/a;b#c?d=e@f"})
    cells = {"how": how, "what": what, "s1": s1}
    return build(view_of(list(cells.values()), "a"), Registry.of(cells), FigureOptions(**options))


def test_boxes_arrows_and_their_styles_are_written() -> None:
    text = mermaid_text(diagram_of("Where does it run?", direction="TB"))
    assert text == EXPECTED
    assert text == mermaid_text(diagram_of("Where does it run?", direction="TB"))


def test_a_text_that_mermaid_refuses_by_default_is_told() -> None:
    diagram = diagram_of("a")
    assert list(mermaid_messages(diagram, mermaid_text(diagram))) == []
    (message,) = mermaid_messages(diagram, "a" * 50_001)
    assert message.startswith(
        "the text has 50,001 characters; Mermaid draws 50,000 where nobody has raised its"
    )


@pytest.mark.slow
def test_mermaid_draws_every_label_as_it_is(tmp_path: Path) -> None:
    results = drawn([mermaid_text(diagram_of(label)) for label in LABELS], tmp_path)
    for label, seen in zip(LABELS, results, strict=True):
        words = words_of(drawable(label).replace("ﬂ", "fl"))
        nodes, edges = ([words_of(each) for each in seen[key]] for key in ("nodes", "edges"))
        assert nodes[:2] == [f"«decision»{words}", f"«practice»{words}"]
        assert edges == [words]
        assert seen["markup"] == 0
        assert seen["links"] == ["https://example.org/a;b#c?d=e@f"]


@pytest.mark.slow
def test_mermaid_draws_every_box_and_arrow_of_the_views_of_a_study(tmp_path: Path) -> None:
    study = codeable.load(Path(__file__).parents[3])
    diagrams = [build(view, study) for view in study.views]
    for diagram, seen in zip(diagrams, drawn(list(map(mermaid_text, diagrams)), tmp_path), strict=True):
        assert len(seen["nodes"]) == len(diagram.nodes)
        assert len(seen["edges"]) == len(diagram.edges)
