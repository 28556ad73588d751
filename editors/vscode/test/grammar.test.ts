import assert from "node:assert/strict";
import { test } from "node:test";

import { having, markdownGrammar, tokens } from "./grammar";

const NOTE = `# s
44
## archive url
https://example.org
## title
A title_of a text

**AXIAL CODING TRACE**: source and references
\`\`\` python
s44 = CClass(source, "s44", values={"title": "A title"})
\`\`\`

# coding

> Familiar options: quoted_words are no codes.
A lazy line with quoted_words.

![an_image](https://example.org/an_image.png)

**OPEN CODING TRACE:**

Familiar options: event_streaming, cache, a text of words
- <ins>New force: </ins> latency
Definition of event_streaming: What data_products send.
bare_name,
 - listed
A remark about data_products at https://example.org/no_code and no_code.py.

### axial coding trace:

added:
   \`\`\`\` python
    # a comment
    broken = CClass(practice, "Never closed
    add_decision_option_link(d, o,
        "a text_of an option")
    \`\`\`\`
add codes to s44:
\`\`\`python
    '''
        event_streaming, cache
        - data_products  # remark_of mine
        x = CClass(pattern, "not_a_code")
    '''
    'one_code'
    other_code, third
    pass
\`\`\`

**MEMO (idea):** Is event_streaming a pattern?
Or a practice_of teams.

A passage with passage_words.

\`\`\` python
"""Docstring of a quoted program"""
some_name
\`\`\`
`;

test("traces, labels, codes and fields of a note are highlighted, and nothing in its passages", async () => {
  const found = tokens(await markdownGrammar(), NOTE);
  assert.deepEqual(having(found, "keyword.control.trace"), [
    "AXIAL CODING TRACE",
    "OPEN CODING TRACE",
    "axial coding trace",
  ]);
  assert.deepEqual(having(found, "keyword.control.memo"), ["MEMO"]);
  assert.deepEqual(having(found, "string.unquoted.title.codeable"), ["idea"]);
  assert.deepEqual(having(found, "support.type.property-name.field.codeable"), ["archive url", "title"]);
  assert.deepEqual(having(found, "keyword.other.label"), [
    "Familiar options",
    "New force",
    "Definition of ",
    "event_streaming",
    "add codes to",
  ]);
  assert.deepEqual(having(found, "variable.other.source"), ["s44"]);
  const codes = found.filter((token) => token.scopes.some((each) => each.startsWith("variable.other.code")));
  assert.deepEqual(
    codes.map((token) => token.text),
    [
      ..."event_streaming cache latency event_streaming data_products bare_name listed data_products".split(" "),
      ..."event_streaming cache data_products one_code other_code third event_streaming practice_of".split(" "),
    ],
  );
});

test("blocks of traces are Python, also indented ones, and a broken one ends at its fence", async () => {
  const found = tokens(await markdownGrammar(), NOTE);
  const python = found.filter((token) => token.scopes.includes("meta.embedded.block.python"));
  const lines = new Set(python.map((token) => NOTE.split("\n")[token.line]?.trim()));
  for (const line of ['s44 = CClass(source, "s44", values={"title": "A title"})', "# a comment", "'''", "pass"]) {
    assert.ok(lines.has(line), line);
  }
  assert.ok(having(found, "meta.function-call.generic.python").includes("add_decision_option_link"));
  assert.ok(having(found, "string.quoted.codes").includes("one_code"));
  assert.ok(!lines.has("added:") && !lines.has("add codes to s44:"));
  assert.ok(having(found, "string.quoted.docstring").includes("Docstring of a quoted program"));
});

test("a block that is never closed ends where the next part of the note begins", async () => {
  const grammar = await markdownGrammar();
  for (const next of ["> a passage", "**OPEN CODING TRACE:**", "![image](x.png)"]) {
    const found = tokens(grammar, `**AXIAL CODING TRACE:**\n\`\`\` python\na = "b\n${next}\n`);
    assert.ok(!found.some((token) => token.line === 3 && token.scopes.includes("meta.embedded.block.python")), next);
  }
});

test("other Markdown looks as before", async () => {
  const text = "# s-expressions\n\n## title\n\nOpen coding is a step. New option: x\n\n**MEMORY:** an_identifier\n";
  const found = tokens(await markdownGrammar(), text);
  assert.deepEqual(
    found.filter((token) => token.scopes.some((each) => each.includes("codeable"))),
    [],
  );
});
