import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { installCommand, NoSuchProgramError, type Places, serverCommand } from "../src/command";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "codeable-"));
});

afterEach(() => rmSync(root, { recursive: true }));

/** An empty file of a program. */
function program(...parts: string[]): string {
  const file = path.join(root, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

function found(places: Partial<Places>) {
  const none = { setting: "", folders: [], untrusted: [], env: {}, platform: "linux" as const };
  return serverCommand({ ...none, ...places });
}

test("the selected interpreter comes first, then environments near the study, the active one, and the PATH", () => {
  const selected = program("tool", "bin", "codeable");
  const near = program("repo", "study", ".venv", "bin", "codeable");
  const above = program("repo", "venv", "bin", "codeable");
  const active = program("conda", "bin", "codeable");
  const onPath = program("usr", "codeable");
  const places = {
    interpreter: path.join(root, "tool", "bin", "python"),
    folders: [path.join(root, "repo", "study"), path.join(root, "repo")],
    env: { CONDA_PREFIX: path.join(root, "conda"), PATH: `relative:${path.join(root, "usr")}` },
  };
  assert.equal(found(places)?.program, selected);
  rmSync(selected);
  assert.deepEqual(found(places), { program: near, args: ["lsp"], foundIn: path.join(root, "repo", "study", ".venv") });
  rmSync(near);
  assert.equal(found(places)?.program, above);
  rmSync(above);
  assert.equal(found(places)?.program, active);
  rmSync(active);
  assert.equal(found(places)?.program, onPath);
  rmSync(onPath);
  assert.equal(found(places), undefined);
});

test("on Windows programs are in Scripts and end in .exe", () => {
  const inScripts = program("study", ".venv", "Scripts", "codeable.exe");
  const ofConda = program("conda", "Scripts", "codeable.exe");
  const windows = { platform: "win32" as const };
  assert.equal(found({ ...windows, folders: [path.join(root, "study")] })?.program, inScripts);
  assert.equal(found({ ...windows, interpreter: path.join(root, "conda", "python.exe") })?.program, ofConda);
});

test("the setting names a program, one on the PATH, or an interpreter, which reads no module of the study's folder", () => {
  const own = program("study", "tools", "codeable");
  const python = program("opt", "python3.13");
  const onPath = program("usr", "codeable-next");
  const folders = [path.join(root, "study")];
  assert.deepEqual(found({ setting: "tools/codeable", folders })?.program, own);
  assert.deepEqual(found({ setting: python })?.args, ["-P", "-m", "codeable", "lsp"]);
  assert.equal(found({ setting: "codeable-next", env: { PATH: path.join(root, "usr") } })?.program, onPath);
  assert.equal(found({ setting: "~/opt/python3.13", env: { HOME: root } })?.program, python);
  assert.throws(() => found({ setting: "/no/such" }), NoSuchProgramError);
});

test("no program of a folder that is not trusted runs", () => {
  program("study", "bin", "codeable");
  const env = { PATH: path.join(root, "study", "bin"), VIRTUAL_ENV: path.join(root, "study") };
  assert.equal(found({ untrusted: [path.join(root, "study")], env }), undefined);
  assert.notEqual(found({ env }), undefined);
});

test("the command that installs the server is for the selected interpreter", () => {
  assert.equal(installCommand(undefined), 'python3 -m pip install "codeable[editor]"');
  assert.equal(installCommand("/my study/python"), '"/my study/python" -m pip install "codeable[editor]"');
});
