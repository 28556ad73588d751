import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { isNote, studyAbove } from "../src/study";

test("a file belongs to the nearest study above it, within its repository", () => {
  const root = mkdtempSync(path.join(tmpdir(), "codeable-"));
  const folder = (...parts: string[]) => mkdirSync(path.join(root, ...parts), { recursive: true });
  const above = (...parts: string[]) => studyAbove(path.join(root, ...parts));
  folder("outer", "models");
  folder("outer", "sources", "deep");
  folder("outer", "inner", "notes");
  folder("outer", "repository", ".git");
  folder("other", "models");
  writeFileSync(path.join(root, "outer", "inner", "pyproject.toml"), '[project]\nname = "x"\n\n [ tool . codeable ]\n');
  assert.equal(above("outer", "sources", "deep", "s1.md"), path.join(root, "outer"));
  assert.equal(above("outer", "inner", "notes", "s1.md"), path.join(root, "outer", "inner"));
  assert.equal(above("outer", "repository", "s1.md"), undefined);
  assert.equal(above("other", "models", "one.py"), undefined);
  writeFileSync(path.join(root, "other", "pyproject.toml"), '[tool.codeable.renames]\na = "b"\n');
  assert.equal(above("other", "models", "one.py"), path.join(root, "other"));
  writeFileSync(path.join(root, "other", "pyproject.toml"), "# [tool.codeable]\n[tool.codeables]\n");
  assert.equal(above("other", "models", "one.py"), undefined);
  rmSync(root, { recursive: true });
});

test("a note without a study is known by its name or its heading", () => {
  assert.ok(isNote("/x/s_44.md", ""));
  assert.ok(isNote("/x/talk.md", "# s 44\n"));
  assert.ok(isNote("/x/talk.md", "\n# s\n44\n"));
  assert.ok(!isNote("/x/README.md", "# s\n\ntext"));
  assert.ok(!isNote("/x/s_44.txt", "# s 44"));
});
