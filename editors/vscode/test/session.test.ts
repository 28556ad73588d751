// The extension with the real server, over a small study: what a user sees and does.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { activate, deactivate, until } from "./extension";
import { editor, vscode } from "./fake_vscode";

const FILES: Record<string, string> = {
  "pyproject.toml": "[tool.codeable]\n",
  "models/events.py": `from codeable.dsl import *

exchange_decision = CClass(decision, "How do products exchange data?")
event_streaming = CClass(practice, "Event Streaming")
add_decision_option_link(exchange_decision, event_streaming, "Stream events")
`,
  "sources/s1.py": `from codeable.dsl import *
from models.events import event_streaming

s1 = CClass(source, "s1", values={"title": "Events"})
add_links({s1: [event_streaming]}, role_name="contained_code")
`,
  "sources/s1.md": `# s 1
## title
Events

# coding

> 🙂 Events stream.

**OPEN CODING TRACE:**
Familiar options: event_streaming

**AXIAL CODING TRACE:**
add codes to s1:
\`\`\` python
'''
    event_streaming
    event_steaming
'''
\`\`\`
`,
};
const TOKEN = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
const server = process.env.CODEABLE_SERVER ?? onPath();
const options = { skip: server === undefined && required(), timeout: 120_000 };

let root: string;
let note: ReturnType<typeof editor.open>;
let moduleText: ReturnType<typeof editor.open>;

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, "codeable")).find(existsSync);
}

function required(): string {
  if (process.env.CODEABLE_REQUIRE_TOOLS === "1") {
    throw new Error("codeable is not on the PATH, and CODEABLE_REQUIRE_TOOLS=1 forbids to skip");
  }
  return "needs codeable: its place in CODEABLE_SERVER";
}

before(async () => {
  if (server === undefined) {
    return;
  }
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "codeable-session-")));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  editor.settings["codeable.server.path"] = server;
  editor.folder(root);
  note = editor.open(path.join(root, "sources", "s1.md"));
  moduleText = editor.open(path.join(root, "models", "events.py"));
  activate();
});

after(async () => {
  if (server !== undefined) {
    await deactivate();
    await until("no process of the server is left", () => !processes().includes(root));
    rmSync(root, { recursive: true });
  }
});

/** The processes that work in a folder, or have it in their arguments. */
function processes(): string {
  const found = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const mine = found.filter((line) => /codeable (?:lsp)|codeable\.editor/.test(line));
  return mine.map((line) => `${line} ${folderOf(line)}`).join("\n");
}

function folderOf(line: string): string {
  try {
    return realpathSync(`/proc/${line.trim().split(" ")[0]}/cwd`);
  } catch {
    return "";
  }
}

/** The answer of the first provider of a kind that has one. */
async function ask(kind: string, method: string, document: typeof note, ...args: unknown[]): Promise<any> {
  for (const provider of editor.providers(kind, document)) {
    const answer = await provider[method](document, ...args);
    if (answer) {
      return answer;
    }
  }
  return undefined;
}

function inNote(): any[] {
  return editor.diagnostics.get(note.uri.toString()) ?? [];
}

function isThere(file: string): string {
  const open = editor.documents.find((each) => each.fileName === path.join(root, file));
  return open?.getText() ?? readFileSync(path.join(root, file), "utf8");
}

test("the findings of the check are in the open note", options, async () => {
  const found = await until("a finding", () => inNote().find((each) => each.message.includes("event_steaming")));
  assert.deepEqual([found.range.start.line, found.range.start.character], [16, 4]);
  assert.equal(found.source, "codeable");
  assert.deepEqual(editor.messages, []);
});

test("a code is completed, explained and found", options, async () => {
  const place = note.at("event_streaming\n\n", 6);
  const items = await ask("CompletionItem", "provideCompletionItems", note, place, TOKEN, { triggerKind: 0 });
  const labels = (items.items ?? items).map((item: any) => item.label.label ?? item.label);
  assert.ok(labels.includes("event_streaming"), String(labels));
  const hover = await until("a hover", () => ask("Hover", "provideHover", note, place, TOKEN));
  assert.match(
    [hover.contents]
      .flat()
      .map((each: any) => each.value ?? each)
      .join("\n"),
    /Event Streaming/,
  );
  const definition = await ask("Definition", "provideDefinition", note, place, TOKEN);
  assert.ok([definition].flat().some((each) => each.uri.fsPath === moduleText.fileName));
});

test("a fix of a finding is offered", options, async () => {
  const finding = inNote().find((each) => each.message.includes("event_steaming"));
  const context = { diagnostics: [finding], triggerKind: 1, only: undefined };
  const actions = await ask("CodeActions", "provideCodeActions", note, finding.range, context, TOKEN);
  assert.ok(
    actions?.some((each: any) => each.title.includes("event_streaming")),
    JSON.stringify(actions),
  );
});

test("the safe fixes of a study are applied", options, async () => {
  const before = note.getText();
  note.apply([{ range: range(note, "OPEN CODING"), newText: "OPEN CODNIG" }]);
  editor.put(note, note.at("# s"));
  await editor.run("codeable.fixStudy");
  assert.equal(note.getText(), before);
});

test("a figure is shown, and drawn again after its module was saved", options, async () => {
  editor.put(moduleText, moduleText.at("exchange_decision"));
  await editor.run("codeable.previewFigure");
  const panel = editor.panels[0];
  assert.match(panel.webview.html, /<svg[\s\S]*Stream events/);
  writeFileSync(moduleText.fileName, FILES["models/events.py"]!.replace("Stream events", "Publish events"));
  moduleText.apply([{ range: range(moduleText, "Stream events"), newText: "Publish events" }]);
  editor.fire("workspace.onDidSaveTextDocument", moduleText);
  await until("the figure is drawn again", () => /<svg[\s\S]*Publish events/.test(panel.webview.html));
});

test("a rename changes notes and modules; one that keeps the notes adds to the settings", options, async () => {
  const place = note.at("event_streaming\n\n", 3);
  const edit = await ask("Rename", "provideRenameEdits", note, place, "streaming", TOKEN);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.match(note.getText(), /^Familiar options: streaming$[\s\S]*^ {4}streaming$/m);
  assert.match(moduleText.getText(), /^streaming = CClass\(practice, "Event Streaming"\)$/m);
  assert.match(isThere("sources/s1.py"), /import streaming$[\s\S]*\[streaming\]/m);

  editor.put(moduleText, moduleText.at("streaming = "));
  editor.answers.push("stream");
  await editor.run("codeable.renameKeepingNotes");
  await until("the settings have an entry", () =>
    /\[tool\.codeable\.renames\]\s+streaming = "stream"/.test(isThere("pyproject.toml")),
  );
  assert.match(moduleText.getText(), /^stream = CClass/m);
  assert.match(note.getText(), /^Familiar options: streaming$/m);

  editor.answers.push("exchange_decision");
  await editor.run("codeable.renameKeepingNotes");
  assert.match(editor.messages.at(-1)!, /exchange_decision/);
});

function range(document: typeof note, text: string) {
  return new vscode.Range(document.at(text), document.at(text, text.length));
}
