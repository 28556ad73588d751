// The extension: commands, events, and what the server tells besides the protocol.

import * as vscode from "vscode";
import { type Position, PrepareRenameRequest, ReferencesRequest } from "vscode-languageclient/node";

import type { Client } from "./client.js";
import { type Figure, Previews } from "./preview.js";
import { onInterpreterChange } from "./python.js";
import { Servers } from "./servers.js";
import { type Status, Statuses } from "./status.js";

const NO_CODE = "There is no code at the cursor. Put it on one in a field note or a module of a study.";
const FAILED = /^Request \S+ failed with message: /;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

let servers: Servers | undefined;

/** VS Code calls this when the first Markdown or Python file is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("codeable", { log: true });
  const previews = new Previews();
  const statuses = new Statuses();
  const running = new Servers(output, (client) => {
    void vscode.commands.executeCommand("setContext", "codeable.active", true);
    client.onNotification("codeable/figureChanged", (figure: Figure) => previews.redraw(client.folder, figure));
    client.onNotification("codeable/status", (status: Status) => statuses.show(status));
  });
  servers = running;
  const open = (document: vscode.TextDocument) => void running.of(document);
  const command = vscode.commands.registerCommand;
  context.subscriptions.push(
    output,
    previews,
    statuses,
    running,
    command("codeable.showOutput", () => output.show()),
    command("codeable.restartServer", () => running.restart()),
    command("codeable.previewFigure", () => previewAtCursor(running, previews)),
    command("codeable.chooseFigure", () => previewChosen(running, previews)),
    command("codeable.renameKeepingNotes", () => renameKeepingNotes(running)),
    command("codeable.preview", (...args: unknown[]) => preview(running, previews, args)),
    command("codeable.rename", (...args: unknown[]) => running.run("codeable.rename", args)),
    command("codeable.fixStudy", (...args: unknown[]) => ofStudy(running, "codeable.fixStudy", args)),
    command("codeable.loadStudy", (...args: unknown[]) => loadStudy(running, args)),
    command("codeable.showReferences", (uri: string, at: Position) => showReferences(running, uri, at)),
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidChangeWorkspaceFolders(() => running.foldersChanged()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("codeable.server")) {
        await running.restart();
      }
    }),
  );
  vscode.workspace.textDocuments.forEach(open);
  // Nobody waits for the Python extension, which may take long.
  void onInterpreterChange(() => void running.environmentsChanged()).then((listener) => {
    context.subscriptions.push(...(listener ? [listener] : []));
  });
}

/** VS Code calls this when it closes. No server stays behind. */
export async function deactivate(): Promise<void> {
  await servers?.stop();
}

/** Shows a figure; where there is none the server says why. */
async function preview(servers: Servers, previews: Previews, args: readonly unknown[]): Promise<void> {
  const client = await servers.at(String(args[0]));
  const figure = (await asked(servers.run("codeable.preview", args))) as Figure | null | undefined;
  if (client && figure) {
    previews.show(client.folder, figure, () => void client.run("codeable.closePreview", [figure.name]));
  }
}

async function previewAtCursor(servers: Servers, previews: Previews): Promise<void> {
  const place = await cursor(servers);
  if (place) {
    await preview(servers, previews, [place.uri, place.position, null]);
  }
}

async function previewChosen(servers: Servers, previews: Previews): Promise<void> {
  const place = await cursor(servers);
  const views = place && ((await asked(servers.run("codeable.views", [place.uri]))) as View[] | undefined);
  if (!place || !views) {
    return;
  }
  const items = views.map((view) => ({ label: view.title, description: view.name, detail: view.kind, view }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Preview figure", matchOnDescription: true });
  if (chosen) {
    await preview(servers, previews, [place.uri, null, chosen.view.name]);
  }
}

interface View {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
}

async function renameKeepingNotes(servers: Servers): Promise<void> {
  const place = await cursor(servers);
  if (!place) {
    return;
  }
  const at = { textDocument: { uri: place.uri }, position: place.position };
  const known = await asked(place.client.sendRequest(PrepareRenameRequest.type, at));
  if (known === undefined) {
    return;
  }
  if (known === null) {
    void vscode.window.showInformationMessage(NO_CODE);
    return;
  }
  const name = await vscode.window.showInputBox({
    title: "Rename, and keep the notes as written",
    prompt: "The settings of the study get an entry that says which name replaces the old one.",
    value: "placeholder" in known ? known.placeholder : "",
    validateInput: (text) => (NAME.test(text.trim()) ? undefined : "Letters, digits and underscores; no digit first."),
  });
  if (name !== undefined) {
    await asked(servers.run("codeable.rename", [place.uri, place.position, name.trim(), { notes: false }]));
  }
}

interface Place {
  readonly client: Client;
  readonly uri: string;
  readonly position: Position;
}

/** The place of the cursor, in a document that a server reads. */
async function cursor(servers: Servers): Promise<Place | undefined> {
  const editor = vscode.window.activeTextEditor;
  const client = editor && (await servers.of(editor.document));
  if (!client) {
    void vscode.window.showInformationMessage(NO_CODE);
    return undefined;
  }
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  return { client, uri: client.code2ProtocolConverter.asUri(editor.document.uri), position };
}

/** The answer to a request; undefined after a refusal, of which the user is told the reason. */
async function asked<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(message.replace(FAILED, ""));
    return undefined;
  }
}

/** Has the server do something with the study of a document, of the active one where none is given. */
async function ofStudy(servers: Servers, name: string, args: readonly unknown[]): Promise<void> {
  const uri = args[0] ?? (await cursor(servers))?.uri;
  if (uri !== undefined) {
    await asked(servers.run(name, [uri]));
  }
}

/** Runs the modules of a study. */
async function loadStudy(servers: Servers, args: readonly unknown[]): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage("No module of a study runs in a folder that you do not trust.");
    return;
  }
  await ofStudy(servers, "codeable.loadStudy", args);
}

/** Shows where a code is used, for a code lens. The protocol has no command for it. */
async function showReferences(servers: Servers, uri: string, position: Position): Promise<void> {
  const client = await servers.at(uri);
  const about = { textDocument: { uri }, position, context: { includeDeclaration: false } };
  const places = client && (await asked(client.sendRequest(ReferencesRequest.type, about)));
  if (client && places) {
    const convert = client.protocol2CodeConverter;
    const at = [convert.asUri(uri), convert.asPosition(position)] as const;
    await vscode.commands.executeCommand("editor.action.showReferences", ...at, places.map(convert.asLocation));
  }
}
