// Which server answers for which document: one for each folder of the workspace that has a study.

import * as path from "node:path";
import * as vscode from "vscode";

import { Client, DidNotStartError } from "./client.js";
import { installCommand, isInside, NoSuchProgramError, type ServerCommand, serverCommand } from "./command.js";
import { selectedInterpreter } from "./python.js";
import { foldersAbove, isNote, isStudyFolder, studyAbove } from "./study.js";

const OPTIONS = [
  "inlayHintsNames",
  "inlayHintsSources",
  "codeLenses",
  "loadModules",
  "loadSeconds",
  "renameNotes",
  "checkDelay",
];

/** A server that was started, or could not be. */
interface Server {
  readonly folder: vscode.WorkspaceFolder;
  /** The file for which it was started. */
  readonly file: string;
  readonly client: Promise<Client | undefined>;
}

/** Starts, finds and ends the servers. A folder without a study has none. */
export class Servers implements vscode.Disposable {
  private readonly servers = new Map<string, Server>();
  private readonly commands = new Map<string, vscode.Disposable>();

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly prepare: (client: Client) => void,
  ) {}

  /** The server of a document. It is started where the document belongs to a study and none runs yet. */
  async of(document: vscode.TextDocument): Promise<Client | undefined> {
    const folder = folderOf(document);
    if (folder === undefined) {
      return undefined;
    }
    const key = folder.uri.toString();
    const file = document.uri.fsPath;
    const server = this.servers.get(key) ?? { folder, file, client: this.start(folder, file) };
    this.servers.set(key, server);
    return server.client;
  }

  /** The server of a file that is open or was; undefined where none runs. */
  async at(uri: string): Promise<Client | undefined> {
    const file = vscode.Uri.parse(uri).fsPath;
    const known = (await this.clients(this.servers.keys())).filter((client) => client !== undefined);
    const around = known.filter((client) => isInside(file, client.folder.uri.fsPath));
    return around.sort((a, b) => a.folder.uri.fsPath.length - b.folder.uri.fsPath.length)[0];
  }

  /**
   * Asks a server to run one of its commands: that of the file which the first argument names, else that of the
   * active editor.
   */
  async run(command: string, args: readonly unknown[]): Promise<unknown> {
    const active = vscode.window.activeTextEditor?.document.uri.toString() ?? "";
    const given = args[0];
    const client = await this.at(typeof given === "string" && given.startsWith("file:") ? given : active);
    return client?.run(command, args);
  }

  /** Ends all servers, and starts those of the open documents again. */
  async restart(): Promise<void> {
    await this.stop();
    await Promise.all(vscode.workspace.textDocuments.map((document) => this.of(document)));
  }

  /** Starts the servers again for which another program is found than before. */
  async environmentsChanged(): Promise<void> {
    for (const [key, { folder, file, client }] of [...this.servers]) {
      const [before, { command }] = [(await client)?.command, await this.find(folder, file)];
      if (command && command.program !== before?.program && this.servers.get(key)?.client === client) {
        await this.stop([key]);
        this.servers.set(key, { folder, file, client: this.start(folder, file) });
      }
    }
  }

  /** Ends the servers of folders that are no longer open, and starts those of the open documents. */
  async foldersChanged(): Promise<void> {
    const documents = vscode.workspace.textDocuments;
    const needed = new Set(documents.map((document) => folderOf(document)?.uri.toString()));
    await this.stop([...this.servers.keys()].filter((key) => !needed.has(key)));
    await Promise.all(documents.map((document) => this.of(document)));
  }

  async stop(keys: readonly string[] = [...this.servers.keys()]): Promise<void> {
    const clients = this.clients(keys);
    for (const key of keys) {
      this.servers.delete(key);
    }
    for (const client of await clients) {
      await client?.stop().catch((error: unknown) => this.output.error(String(error)));
      await client?.dispose().catch(() => undefined);
    }
  }

  dispose(): void {
    for (const command of this.commands.values()) {
      command.dispose();
    }
  }

  private clients(keys: Iterable<string>): Promise<(Client | undefined)[]> {
    return Promise.all([...keys].map((key) => this.servers.get(key)?.client));
  }

  private async start(folder: vscode.WorkspaceFolder, file: string): Promise<Client | undefined> {
    const { command, interpreter, error } = await this.find(folder, file);
    try {
      if (error !== undefined) {
        throw error;
      }
      if (command === undefined && !vscode.workspace.isTrusted) {
        // VS Code itself says that the folder is not trusted, and what that means.
        this.output.info(`${folder.uri.fsPath} is not trusted: codeable of its environment is not started.`);
        return undefined;
      }
      if (command === undefined) {
        void this.tell(`No language server of codeable was found for ${folder.uri.fsPath}.`, interpreter, true);
        return undefined;
      }
      const commandLine = [command.program, ...command.args].join(" ");
      this.output.info(`${folder.uri.fsPath}: ${commandLine} (found in ${command.foundIn})`);
      const client = new Client(folder, command, this.output, () => optionsOf(folder));
      this.prepare(client);
      await client.start();
      this.registerCommands(client);
      return client;
    } catch (error) {
      void this.tellWhy(error, interpreter);
      return undefined;
    }
  }

  /** The command of the server of a folder, found from a file in it, and the interpreter that is selected. */
  private async find(
    folder: vscode.WorkspaceFolder,
    file: string,
  ): Promise<{ command?: ServerCommand | undefined; interpreter?: string | undefined; error?: unknown }> {
    const trusted = vscode.workspace.isTrusted;
    const interpreter = trusted ? await selectedInterpreter(folder.uri) : undefined;
    const open = [folder, ...(vscode.workspace.workspaceFolders ?? [])].map((each) => each.uri.fsPath);
    try {
      const command = serverCommand({
        setting: vscode.workspace.getConfiguration("codeable", folder.uri).get("server.path", "").trim(),
        interpreter,
        folders: trusted ? [...new Set([...foldersAbove(file), folder.uri.fsPath])] : [],
        untrusted: trusted ? [] : open,
        env: process.env,
        platform: process.platform,
      });
      return { command, interpreter };
    } catch (error) {
      return { interpreter, error };
    }
  }

  /** Registers the commands of a server that the extension has none of its own for. */
  private registerCommands(client: Client): void {
    for (const name of client.initializeResult?.capabilities.executeCommandProvider?.commands ?? []) {
      if (!this.commands.has(name) && !OWN_COMMANDS.has(name)) {
        const run = (...args: unknown[]) => this.run(name, args);
        this.commands.set(name, vscode.commands.registerCommand(name, run));
      }
    }
  }

  private async tellWhy(error: unknown, interpreter: string | undefined): Promise<void> {
    if (error instanceof NoSuchProgramError) {
      return this.tell(error.message, interpreter, false);
    }
    if (!(error instanceof DidNotStartError)) {
      return this.tell(`codeable: ${String(error)}`, interpreter, false);
    }
    if (/No such command/.test(error.message)) {
      return this.tell("This codeable has no language server; install a newer one.", interpreter, true);
    }
    const lines = error.message.split(/\r?\n/).filter((line) => line.trim());
    const isIncomplete = /pip install|No module named/.test(error.message);
    return this.tell(`The language server of codeable did not start: ${lines.at(-1) ?? ""}`, interpreter, isIncomplete);
  }

  private async tell(message: string, interpreter: string | undefined, canInstall: boolean): Promise<void> {
    this.output.error(message);
    const install = installCommand(interpreter);
    const text = canInstall ? `${message} Install it into the environment of the study: ${install}` : message;
    const copy = "Copy Command";
    const settings = "Open Setting";
    const output = "Show Output";
    const chosen = await vscode.window.showErrorMessage(text, ...(canInstall ? [copy] : []), settings, output);
    if (chosen === copy) {
      await vscode.env.clipboard.writeText(install);
    } else if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "codeable.server.path");
    } else if (chosen === output) {
      this.output.show();
    }
  }
}

const OWN_COMMANDS = new Set(["preview", "rename", "fixStudy", "loadStudy"].map((name) => `codeable.${name}`));

/** The options of the server for a folder. */
function optionsOf(folder: vscode.WorkspaceFolder): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration("codeable", folder.uri);
  const options = Object.fromEntries(OPTIONS.map((name) => [name, settings.get(name)]));
  return vscode.workspace.isTrusted ? options : { ...options, loadModules: "never" };
}

/**
 * The folder whose server answers for a document: the outermost open folder around it, else that of its study.
 * None for a document that is no file, and for one without a study.
 */
function folderOf(document: vscode.TextDocument): vscode.WorkspaceFolder | undefined {
  const file = document.uri.fsPath;
  const isRead = ["markdown", "python"].includes(document.languageId) || path.basename(file) === "pyproject.toml";
  if (document.uri.scheme !== "file" || !isRead) {
    return undefined;
  }
  const around = (vscode.workspace.workspaceFolders ?? []).filter((each) => isInside(file, each.uri.fsPath));
  const outermost = around.sort((a, b) => a.uri.fsPath.length - b.uri.fsPath.length)[0];
  const study = studyAbove(file);
  const isOfStudy = study !== undefined || around.some((each) => isStudyFolder(each.uri.fsPath));
  if (!isOfStudy && !isNote(file, document.getText())) {
    return undefined;
  }
  const alone = study ?? path.dirname(file);
  return outermost ?? { uri: vscode.Uri.file(alone), name: path.basename(alone), index: 0 };
}
