// The extension with a server that is a few lines long; `session.test.ts` has the real one.

import assert from "node:assert/strict";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { URI } from "vscode-uri";

import { activate, deactivate, isRunning, until } from "./extension";
import { editor } from "./fake_vscode";

let root: string;
const environment = { ...process.env };

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "codeable-")));
  process.env.CODEABLE_TEST_LOG = path.join(root, "log");
  process.env.CODEABLE_TEST_PACKAGES = process.cwd();
  process.env.PATH = path.dirname(process.execPath);
  delete process.env.VIRTUAL_ENV;
  delete process.env.CONDA_PREFIX;
  writeFileSync(path.join(root, "log"), "");
});

afterEach(async () => {
  await deactivate();
  for (const [process_] of log("started")) {
    await until(`the server ${process_} ends`, () => !isRunning(process_));
  }
  process.env = { ...environment };
  rmSync(root, { recursive: true });
});

/** What servers were told and did: each with its process. */
function log(about: string): [number, ...any[]][] {
  const lines = readFileSync(path.join(root, "log"), "utf8").trim().split("\n").filter(Boolean);
  const entries = lines.map((line) => JSON.parse(line) as [number, string, ...any[]]);
  return entries.filter((entry) => entry[1] === about).map(([process_, , ...rest]) => [process_, ...rest]);
}

function logged(about: string, count = 1) {
  return until(`${count} times ${about}`, () => (log(about).length >= count ? log(about) : undefined));
}

/** A folder with a study and a note, with a server in its environment. */
function study(name: string, script?: string): string {
  const folder = path.join(root, name);
  for (const part of ["models", "sources", ".venv/bin"]) {
    mkdirSync(path.join(folder, part), { recursive: true });
  }
  writeFileSync(path.join(folder, "sources", "s1.md"), "# s 1\n\n# coding\n\n> 🙂 old_name\n");
  const program = path.join(folder, ".venv", "bin", "codeable");
  if (script === undefined) {
    copyFileSync("test/server.mjs", program);
  } else {
    writeFileSync(program, script);
  }
  chmodSync(program, 0o755);
  return folder;
}

function note(folder: string): string {
  return path.join(folder, "sources", "s1.md");
}

test("each open folder with a study has a server of its own environment; others have none", async () => {
  const [one, two, other] = [study("one"), study("two"), path.join(root, "other")];
  mkdirSync(other);
  writeFileSync(path.join(other, "README.md"), "# Read me\n");
  [one, two, other, path.join(one, "sources")].forEach(editor.folder);
  editor.open(note(one));
  activate();
  await logged("opened");
  editor.open(note(two));
  editor.open(path.join(other, "README.md"));
  await logged("opened", 2);
  assert.deepEqual(
    log("started").map(([, args, cwd]) => [args, cwd]),
    [
      [["lsp"], one],
      [["lsp"], two],
    ],
  );
  assert.deepEqual(
    log("opened").map(([, uri]) => uri),
    [one, two].map((each) => URI.file(note(each)).toString()),
  );
  assert.deepEqual(editor.messages, []);
  const options = log("initialize")[0]![1];
  assert.deepEqual([options.loadModules, options.loadSeconds, options.codeLenses], ["onSave", 30, true]);
  assert.ok(editor.output.some((line) => line.includes(`found in ${path.join(one, ".venv")}`)));

  await editor.run("codeable.restartServer");
  await logged("opened", 4);

  const servers = () =>
    log("started")
      .filter(([process_]) => isRunning(process_))
      .map(([, , cwd]) => cwd);
  editor.documents.pop();
  editor.documents.pop();
  editor.folders.splice(1, 1);
  editor.fire("workspace.onDidChangeWorkspaceFolders");
  await until("the server of a folder that was closed ends", () => servers().length === 1);
  editor.folder(root);
  editor.fire("workspace.onDidChangeWorkspaceFolders");
  await until("the server of the outermost folder is the only one", () => servers().join() === root);
});

test("a file without an open folder has the server of its study, and of the interpreter that is selected", async () => {
  const one = study("one");
  const tools = [study("first"), study("second")].map((each) => path.join(each, ".venv", "bin"));
  let changed: () => void = () => undefined;
  const environments = {
    getActiveEnvironmentPath: () => ({ id: "x", path: "x" }),
    resolveEnvironment: async () => ({ executable: { uri: URI.file(path.join(tools[0]!, "python")) } }),
    onDidChangeActiveEnvironmentPath: (call: () => void) => {
      changed = call;
      return { dispose: () => undefined };
    },
  };
  editor.extensions["ms-python.python"] = { activate: async () => ({ environments }) };
  editor.open(note(one));
  activate();
  await logged("opened");
  const found = (folder: string) => editor.output.filter((line) => line.includes(path.join(folder, "codeable"))).length;
  assert.equal(found(tools[0]!), 1);
  changed();
  tools.shift();
  changed();
  await logged("opened", 2);
  assert.equal(found(tools[0]!), 1);
  assert.equal(log("started").length, 2);
});

test("options go to the server when they change, and a new path starts another server", async () => {
  const one = study("one");
  const other = path.join(study("other"), ".venv", "bin", "codeable");
  editor.folder(one);
  editor.open(note(one));
  activate();
  await logged("registered");
  editor.configure({ "codeable.codeLenses": false });
  const told = await until("the option", () => log("options").find(([, [given]]) => given.codeLenses === false));
  assert.equal(told[1][0].renameNotes, "rewrite");
  editor.configure({ "codeable.server.path": other });
  await logged("opened", 2);
  assert.ok(editor.output.some((line) => line.includes("found in the setting codeable.server.path")));
});

test("in a folder that is not trusted, only a program elsewhere runs, and it loads no module", async () => {
  const one = study("one");
  const elsewhere = study("elsewhere");
  process.env.PATH += `:${path.join(one, ".venv", "bin")}`;
  editor.folder(one);
  editor.trusted = false;
  editor.open(note(one));
  activate();
  await until("a line of output", () => editor.output.some((line) => line.includes(`${one} is not trusted`)));
  assert.deepEqual([log("started"), editor.messages], [[], []]);
  process.env.PATH += `:${path.join(elsewhere, ".venv", "bin")}`;
  await editor.run("codeable.restartServer");
  assert.equal((await logged("initialize"))[0]![1].loadModules, "never");
  editor.trusted = true;
  editor.fire("workspace.onDidGrantWorkspaceTrust");
  assert.equal((await logged("initialize", 2))[1]![1].loadModules, "onSave");
});

test("a missing server is told once, with the command that installs it", async () => {
  const one = study("one");
  rmSync(path.join(one, ".venv"), { recursive: true });
  editor.folder(one);
  editor.answers.push("Copy Command");
  editor.open(note(one));
  activate();
  await until("the command is copied", () => editor.executed.some(([name]) => name === "clipboard"));
  editor.open(note(one));
  await editor.run("codeable.renameKeepingNotes");
  assert.match(
    editor.messages[0]!,
    /^No language server of codeable was found for .*one\. Install it .*: python3 -m pip/,
  );
  assert.deepEqual(editor.executed.at(0), ["clipboard", 'python3 -m pip install "codeable[editor]"']);
  assert.equal(editor.messages.filter((text) => text.startsWith("No language server")).length, 1);
});

test("a server that does not start says why", async () => {
  const cases = [
    [
      `echo "error: the language server needs pygls; install it: pip install 'codeable[editor]'" >&2; exit 1`,
      /needs pygls; .* Install it/,
    ],
    [`echo "Error: No such command 'lsp'." >&2; exit 2`, /has no language server; install a newer one\. Install it/],
    [`echo "ImportError: broken" >&2; exit 1`, /did not start: ImportError: broken$/],
  ] as const;
  for (const [index, [script, expected]] of cases.entries()) {
    const one = study(`study${index}`, `#!/bin/sh\n${script}\n`);
    editor.folder(one);
    editor.open(note(one));
    activate();
    assert.match(await until("a message", () => editor.messages[0]), expected);
    assert.equal(editor.messages.length, 1);
    await deactivate();
  }
  const one = study("last");
  editor.folder(one);
  editor.settings["codeable.server.path"] = "/no/such/codeable";
  editor.open(note(one));
  activate();
  assert.match(await until("a message", () => editor.messages[0]), /names \/no\/such\/codeable, which is no file/);
});

test("a figure is shown without scripts, and is drawn again when the server says so", async () => {
  const one = study("one");
  editor.folder(one);
  const document = editor.open(note(one));
  activate();
  await logged("opened");
  editor.put(document, document.at("old_name", 1));
  await editor.run("codeable.previewFigure");
  const [panel] = editor.panels;
  assert.deepEqual([panel.title, panel.options.enableScripts], ["Cache?", false]);
  assert.match(panel.webview.html, /Content-Security-Policy" content="default-src 'none'/);
  await until("the figure is drawn again", () => panel.webview.html.includes("<figure><svg>2</svg></figure>"));
  assert.match(panel.webview.html, /figure of an &lt;earlier&gt; state/);
  assert.equal(log("initialize")[0]![2].codeable.figures, true);
  const [, command, given] = log("command")[0]!;
  assert.deepEqual([command, given], ["codeable.preview", [document.uri.toString(), { line: 4, character: 6 }, null]]);

  await editor.run("codeable.preview", document.uri.toString(), null, "cache_decision");
  assert.equal(editor.panels.length, 1);
  panel.dispose();
  const [, close, names] = (await logged("command", 3))[2]!;
  assert.deepEqual([close, names], ["codeable.closePreview", ["cache_decision"]]);
  await editor.run("codeable.chooseFigure");
  assert.equal(editor.panels.length, 2);
});

test("a code lens shows its places", async () => {
  const one = study("one");
  editor.folder(one);
  const uri = editor.open(note(one)).uri.toString();
  activate();
  await logged("opened");
  const start = { line: 4, character: 5 };
  await editor.run("codeable.showReferences", uri, start);
  const [command, file, at, places] = editor.executed.at(-1) as any[];
  assert.deepEqual([command, file.fsPath, at.character], ["editor.action.showReferences", note(one), 5]);
  assert.deepEqual([places[0].uri.fsPath, places[0].range.start.line], [note(one), 4]);
});

test("the status of a study is beside the language of its documents", async () => {
  const one = study("one");
  editor.folder(one);
  const document = editor.open(note(one));
  activate();
  await logged("opened");
  editor.put(document, document.at("# s"));
  await editor.run("codeable.loadStudy");
  const status = await until("a status", () => editor.statuses[0]);
  assert.deepEqual([status.text, status.busy, status.severity], ["codeable: mesh", false, 1]);
  assert.equal(status.detail, "The study does not load; its last model stays. line 3");
  editor.trusted = false;
  await editor.run("codeable.loadStudy");
  assert.equal(log("command").length, 1);
  assert.match(editor.messages.at(-1)!, /^No module of a study runs/);
});

test("a rename that keeps the notes asks for the name, and says why it is refused", async () => {
  const one = study("one");
  editor.folder(one);
  const document = editor.open(note(one));
  activate();
  await logged("opened");
  editor.put(document, document.at("old_name"));
  editor.answers.push(" new_name ", "taken");
  await editor.run("codeable.renameKeepingNotes");
  const uri = document.uri.toString();
  const [, , given] = log("command")[0]!;
  assert.deepEqual(given, [uri, { line: 4, character: 5 }, "new_name", { notes: false }]);
  assert.ok(editor.executed.some(([name, value]) => name === "input" && value === "old_name"));
  await editor.run("codeable.renameKeepingNotes");
  assert.equal(editor.messages.at(-1), "taken is a force of sources/s1.md");
  editor.put(document, document.at("# s"));
  await editor.run("codeable.renameKeepingNotes");
  assert.match(editor.messages.at(-1)!, /^There is no code at the cursor/);
});

test("a server that crashes is started again; changes of files reach it, those of environments do not", async () => {
  const one = study("one");
  editor.folder(one);
  const document = editor.open(note(one));
  activate();
  await logged("opened");
  assert.ok(editor.hasCommand("codeable.other"));
  await editor.run("codeable.other", document.uri.toString()).catch(() => undefined);
  await logged("registered", 2);
  const file = (...parts: string[]) => URI.file(path.join(one, ...parts));
  editor.fire("watcher.onDidChange", file(".venv", "lib", "one.py"));
  editor.fire("watcher.onDidChange", file("..", "other", "models", "one.py"));
  editor.fire("watcher.onDidChange", file("models", "one.py"));
  const changes = (await logged("watched")).flatMap(([, each]) => each.map((change: { uri: string }) => change.uri));
  assert.deepEqual(changes, [file("models", "one.py").toString()]);
});
