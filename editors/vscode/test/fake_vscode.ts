// As much of VS Code's API as the extension and vscode-languageclient call, without an editor.
//
// `vscode` is what `require("vscode")` gives; `editor` is what a test does as the user, and what it sees.

import { readFileSync } from "node:fs";
import * as path from "node:path";
import { URI } from "vscode-uri";

import {
  type Call,
  Disposable,
  Document,
  emitter,
  emitters,
  EventEmitter,
  Position,
  WorkspaceEdit,
} from "./fake_texts";
import { CancellationTokenSource, types } from "./fake_types";

/** A part of the API: what is given, and an event for each other name that begins with `on`. */
function api(name: string, given: object): any {
  return new Proxy(given, {
    get: (target: any, key: string) => (/^on(?:Did|Will)/.test(key) ? emitter(`${name}.${key}`).event : target[key]),
  });
}

const MANIFEST = JSON.parse(readFileSync(path.resolve("package.json"), "utf8"));
const DEFAULTS = MANIFEST.contributes.configuration.properties;
const commands = new Map<string, Call>();
const providers: { kind: string; selector: any; provider: any }[] = [];

/** What a test does and sees. */
export const editor = {
  settings: {} as Record<string, unknown>,
  folders: [] as { uri: URI; name: string; index: number }[],
  documents: [] as Document[],
  extensions: {} as Record<string, unknown>,
  diagnostics: new Map<string, any[]>(),
  messages: [] as string[],
  output: [] as string[],
  panels: [] as any[],
  statuses: [] as any[],
  executed: [] as unknown[][],
  /** What the user chooses in messages and writes into input boxes, one after the other. */
  answers: [] as unknown[],
  trusted: true,
  active: undefined as undefined | { document: Document; selection: { active: Position } },

  folder(name: string) {
    const folder = { uri: URI.file(name), name: path.basename(name), index: editor.folders.length };
    editor.folders.push(folder);
    return folder;
  },
  open(file: string, text = readFileSync(file, "utf8")) {
    const languages: Record<string, string> = { ".md": "markdown", ".py": "python" };
    const document = new Document(URI.file(file), languages[path.extname(file)] ?? "plaintext", text);
    editor.documents.push(document);
    emitter("workspace.onDidOpenTextDocument").fire(document);
    return document;
  },
  put(document: Document, active: Position) {
    editor.active = { document, selection: { active } };
  },
  configure(settings: Record<string, unknown>) {
    Object.assign(editor.settings, settings);
    const affectsConfiguration = (section: string) =>
      Object.keys(settings).some((key) => key === section || key.startsWith(`${section}.`));
    emitter("workspace.onDidChangeConfiguration").fire({ affectsConfiguration });
  },
  fire(name: string, event?: unknown) {
    emitter(name).fire(event);
  },
  run(command: string, ...args: unknown[]) {
    return vscode.commands.executeCommand(command, ...args);
  },
  hasCommand: (command: string) => commands.has(command),
  /** The providers of one kind, such as `Hover`, for a document. */
  providers(kind: string, document: Document) {
    return providers
      .filter((each) => each.kind === kind && vscode.languages.match(each.selector, document) > 0)
      .map((each) => each.provider);
  },
  reset() {
    emitters.clear();
    commands.clear();
    providers.length = 0;
    editor.diagnostics.clear();
    for (const list of [
      "folders",
      "documents",
      "messages",
      "output",
      "panels",
      "statuses",
      "executed",
      "answers",
    ] as const) {
      editor[list].length = 0;
    }
    Object.assign(editor, { settings: {}, extensions: {}, trusted: true, active: undefined });
  },
};

function message(text: string) {
  editor.messages.push(text);
  return Promise.resolve(editor.answers.shift());
}

function matches(filter: any, document: Document): boolean {
  if (typeof filter === "string") {
    return filter === document.languageId;
  }
  const base = filter.pattern?.baseUri?.fsPath;
  const isInside = base === undefined || document.uri.fsPath.startsWith(base + path.sep);
  const ending = (filter.pattern?.pattern ?? "").replace("**/", "").replace("*", "");
  const isLanguage = filter.language === undefined || filter.language === document.languageId;
  return isLanguage && isInside && document.uri.fsPath.endsWith(ending);
}

function collection() {
  const known = editor.diagnostics;
  const clear = () => known.clear();
  return {
    set: (uri: URI, found: any[] | undefined) => known.set(uri.toString(), found ?? []),
    delete: (uri: URI) => known.delete(uri.toString()),
    get: (uri: URI) => known.get(uri.toString()),
    has: (uri: URI) => known.has(uri.toString()),
    clear,
    dispose: clear,
  };
}

function outputChannel() {
  const write = (text: unknown) => void editor.output.push(String(text));
  const level = { logLevel: 3, onDidChangeLogLevel: new EventEmitter().event };
  const show = () => write("(shown)");
  return {
    ...level,
    info: write,
    warn: write,
    error: write,
    debug() {},
    trace() {},
    append: write,
    appendLine: write,
    show,
    dispose() {},
  };
}

const languages = new Proxy(
  {
    match: (selector: any, document: Document) => ([selector].flat().some((each) => matches(each, document)) ? 10 : 0),
    createDiagnosticCollection: collection,
    createLanguageStatusItem: (id: string) => {
      const item = { id, dispose() {} };
      editor.statuses.push(item);
      return item;
    },
  },
  {
    get: (target: any, key: string) => {
      const kind = /^register(\w+?)Provider$/.exec(key)?.[1];
      const register = (selector: any, provider: any) => {
        const known =
          provider === undefined ? { kind, selector: "", provider: selector } : { kind, selector, provider };
        providers.push(known as (typeof providers)[number]);
        return new Disposable(() => providers.splice(providers.indexOf(known as (typeof providers)[number]), 1));
      };
      return kind === undefined ? target[key] : register;
    },
  },
);

const known = {
  version: "1.91.0",
  env: {
    language: "en",
    appName: "test",
    clipboard: { writeText: (text: string) => editor.executed.push(["clipboard", text]) },
  },
  commands: {
    registerCommand(name: string, call: Call) {
      if (commands.has(name)) {
        throw new Error(`command '${name}' already exists`);
      }
      commands.set(name, call);
      return new Disposable(() => commands.delete(name));
    },
    async executeCommand(name: string, ...args: unknown[]) {
      editor.executed.push([name, ...args]);
      return commands.get(name)?.(...args);
    },
  },
  extensions: { getExtension: (name: string) => editor.extensions[name] },
  languages,
  window: api("window", {
    get activeTextEditor() {
      return editor.active;
    },
    visibleTextEditors: [],
    tabGroups: { all: [], onDidChangeTabGroups: new EventEmitter().event, onDidChangeTabs: new EventEmitter().event },
    createOutputChannel: outputChannel,
    showErrorMessage: message,
    showWarningMessage: message,
    showInformationMessage: message,
    showInputBox: (options: any) => {
      editor.executed.push(["input", options.value]);
      return Promise.resolve(editor.answers.shift());
    },
    showQuickPick: (items: any[]) => Promise.resolve(items[0]),
    withProgress: (_options: unknown, task: Call) => task({ report() {} }, new CancellationTokenSource().token),
    createWebviewPanel: (type: string, title: string, _place: unknown, options: unknown) => {
      const disposed = new EventEmitter();
      const panel = {
        type,
        title,
        options,
        webview: { html: "" },
        reveal() {},
        onDidDispose: disposed.event,
        dispose: () => disposed.fire(),
      };
      editor.panels.push(panel);
      return panel;
    },
  }),
  workspace: api("workspace", {
    get textDocuments() {
      return editor.documents;
    },
    get workspaceFolders() {
      return editor.folders;
    },
    get isTrusted() {
      return editor.trusted;
    },
    notebookDocuments: [],
    getWorkspaceFolder: (uri: URI) => editor.folders.find((each) => uri.fsPath.startsWith(each.uri.fsPath)),
    getConfiguration: (section?: string) => ({
      get: (key: string, otherwise?: unknown) => {
        const name = section ? `${section}.${key}` : key;
        return editor.settings[name] ?? DEFAULTS[name]?.default ?? otherwise;
      },
    }),
    createFileSystemWatcher: () => api("watcher", { dispose() {} }),
    applyEdit: async (edit: WorkspaceEdit) => {
      for (const { uri, edits } of edit.changes) {
        const open = editor.documents.find((each) => each.uri.toString() === uri.toString());
        (open ?? editor.open(uri.fsPath)).apply(edits);
      }
      return true;
    },
  }),
  ...types,
};

/** The module `vscode`. A class that the client only derives from, or asks for, is an empty one. */
export const vscode: any = new Proxy(known, {
  get: (target: any, key: string) => (target[key] ??= key === "then" ? undefined : class {}),
});
