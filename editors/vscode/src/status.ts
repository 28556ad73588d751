// Whether a study is loaded, in the status bar beside the language of a document.

import * as vscode from "vscode";

/** What the server tells of loading a study. */
export interface Status {
  /** The folder of the study. */
  readonly uri: string;
  readonly name: string;
  readonly state: "loading" | "loaded" | "failed" | "notLoaded";
  /** Why it does not load. */
  readonly message: string;
}

const DETAILS: Record<Status["state"], string> = {
  loading: "is being loaded",
  loaded: "is loaded",
  failed: "does not load; its last model stays",
  notLoaded: "has modules that have not run",
};

/** The status of each study that a server has told of. */
export class Statuses implements vscode.Disposable {
  private readonly items = new Map<string, vscode.LanguageStatusItem>();

  show(status: Status): void {
    const item = this.items.get(status.uri) ?? this.newItem(status);
    item.text = `codeable: ${status.name}`;
    item.detail = [`The study ${DETAILS[status.state]}.`, status.message].filter(Boolean).join(" ");
    item.busy = status.state === "loading";
    item.severity =
      status.state === "failed" ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    const canLoad = status.state === "notLoaded" && vscode.workspace.isTrusted;
    item.command = canLoad
      ? { command: "codeable.loadStudy", title: "Load" }
      : { command: "codeable.showOutput", title: "Output" };
  }

  dispose(): void {
    for (const item of this.items.values()) {
      item.dispose();
    }
    this.items.clear();
  }

  private newItem(status: Status): vscode.LanguageStatusItem {
    const files = new vscode.RelativePattern(vscode.Uri.parse(status.uri), "**/*.{md,py}");
    const item = vscode.languages.createLanguageStatusItem(`codeable ${status.uri}`, {
      scheme: "file",
      pattern: files,
    });
    item.name = "codeable";
    this.items.set(status.uri, item);
    return item;
  }
}
