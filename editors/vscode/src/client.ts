// One language server and the client that speaks with it.

import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import * as vscode from "vscode";
import {
  CloseAction,
  type DynamicFeature,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";

import type { ServerCommand } from "./command.js";

const MOST_LAST_LINES = 20;
const MOST_RESTARTS = 4;
const RESTARTS_WITHIN = 180_000;
const NOT_WATCHED = /(?:^|[/\\])(?:\.[^/\\]+|site-packages|node_modules)[/\\]/;

/** The server ended before it answered. Its message is what the server wrote last. */
export class DidNotStartError extends Error {}

/** Tells the server what the extension does besides the protocol. */
const EXPERIMENTAL: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = {
      codeable: { figures: true, status: true },
      commands: { commands: ["codeable.preview", "codeable.showReferences"] },
    };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** What a client and its options share. */
class Life {
  hasStarted = false;
  readonly restarts: number[] = [];
  readonly lastLines: string[] = [];
  ended: Promise<unknown> = Promise.resolve();

  /** Writes what the server says besides the protocol to the output, and keeps the end of it. */
  listen(stderr: Readable, output: vscode.LogOutputChannel): void {
    this.lastLines.length = 0;
    this.ended = once(stderr, "close");
    createInterface({ input: stderr, terminal: false }).on("line", (line) => {
      output.info(line);
      this.lastLines.push(line);
      this.lastLines.splice(0, this.lastLines.length - MOST_LAST_LINES);
    });
  }

  /** What to do after the server has ended without being asked. */
  afterEnd(): { action: CloseAction; message?: string; handled?: boolean } {
    if (!this.hasStarted) {
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    const now = Date.now();
    this.restarts.push(now);
    if (this.restarts.filter((each) => now - each < RESTARTS_WITHIN).length <= MOST_RESTARTS) {
      return { action: CloseAction.Restart, handled: true };
    }
    const message = "The language server of codeable ended five times in three minutes; it is not started again.";
    return { action: CloseAction.DoNotRestart, message };
  }
}

/** A client of one server. The commands of all servers are registered once, by `Servers`. */
export class Client extends LanguageClient {
  private readonly life: Life;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    readonly command: ServerCommand,
    output: vscode.LogOutputChannel,
    options: () => object,
  ) {
    const life = new Life();
    const server = { command: command.program, args: [...command.args], options: { cwd: folder.uri.fsPath } };
    super("codeable", "codeable", server, clientOptions(folder, output, options, life));
    this.registerFeature(EXPERIMENTAL);
    this.life = life;
  }

  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isCommands =
      "registrationType" in feature && feature.registrationType.method === ExecuteCommandRequest.method;
    if (!isCommands) {
      super.registerFeature(feature);
    }
  }

  /** Writes a fault to the output, and shows it to the user; before the start `Servers` says what is missing. */
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, this.life?.hasStarted ? show : false);
  }

  /**
   * Starts the server.
   *
   * @throws DidNotStartError The server has ended instead.
   */
  override async start(): Promise<void> {
    try {
      await super.start();
      this.life.hasStarted = true;
    } catch (error) {
      await Promise.race([this.life.ended, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      throw new DidNotStartError(this.life.lastLines.join("\n") || String(error));
    }
  }

  /** Has the server run one of its commands; undefined where it has ended. */
  async run(command: string, args: readonly unknown[]): Promise<unknown> {
    return this.isRunning()
      ? this.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] })
      : undefined;
  }
}

function clientOptions(
  folder: vscode.WorkspaceFolder,
  output: vscode.LogOutputChannel,
  options: () => object,
  life: Life,
): LanguageClientOptions {
  const files = (pattern: string) => ({ scheme: "file", pattern: { baseUri: folder.uri.toString(), pattern } });
  return {
    documentSelector: [
      { language: "markdown", ...files("**/*.md") },
      { language: "python", ...files("**/*.py") },
      files("**/pyproject.toml"),
    ],
    workspaceFolder: folder,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "codeable",
    initializationOptions: options,
    initializationFailedHandler: () => false,
    stdioOptions: { stdout: () => undefined, stderr: (input) => life.listen(input, output) },
    middleware: {
      workspace: {
        configuration: ({ items }) => items.map((item) => (item.section === "codeable" ? options() : null)),
        // The watchers of a server see the files of all open folders.
        didChangeWatchedFile: async (event, next) => {
          const inFolder = path.relative(folder.uri.fsPath, vscode.Uri.parse(event.uri).fsPath);
          if (!inFolder.startsWith("..") && !NOT_WATCHED.test(inFolder)) {
            await next(event);
          }
        },
      },
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => life.afterEnd(),
    },
  };
}
