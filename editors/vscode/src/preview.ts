// Figures of decisions, each in a panel beside the editor that follows the study.

import * as vscode from "vscode";

/** A figure as the server draws it. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  /** A figure that is too large for one page has several parts. */
  readonly parts: readonly { readonly path: string; readonly svg: string }[];
  /** What is to be said about it, such as that the study does not load any more. */
  readonly note: string;
}

/** The panels of figures. */
export class Previews implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  /**
   * Shows a figure in its panel, which is opened where there is none.
   *
   * @param folder The folder whose server draws it.
   * @param closed Called after the panel was closed.
   */
  show(folder: vscode.WorkspaceFolder, figure: Figure, closed: () => void): void {
    const key = keyOf(folder, figure);
    const known = this.panels.get(key);
    if (known) {
      known.webview.html = page(figure);
      known.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const options = { enableScripts: false, enableFindWidget: true, localResourceRoots: [] };
    const panel = vscode.window.createWebviewPanel("codeable.figure", figure.title, place, options);
    this.panels.set(key, panel);
    panel.onDidDispose(() => {
      this.panels.delete(key);
      closed();
    });
    panel.webview.html = page(figure);
  }

  /** Shows a figure that was drawn again, where it is shown. */
  redraw(folder: vscode.WorkspaceFolder, figure: Figure): void {
    const panel = this.panels.get(keyOf(folder, figure));
    if (panel) {
      panel.title = figure.title;
      panel.webview.html = page(figure);
    }
  }

  dispose(): void {
    for (const panel of [...this.panels.values()]) {
      panel.dispose();
    }
  }
}

function keyOf(folder: vscode.WorkspaceFolder, figure: Figure): string {
  return `${folder.uri.toString()} ${figure.name}`;
}

/**
 * The page of a figure. It runs no script and loads nothing; links open in the browser, as VS Code does it.
 *
 * The figure is on white paper as in print, whatever the theme is.
 */
function page(figure: Figure): string {
  // The styles of an SVG are in its elements, so that they have no nonce.
  const policy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  const note = figure.note ? `<p class="note">${escaped(figure.note)}</p>` : "";
  const parts = figure.parts.map(
    ({ path, svg }) => `<figure>${inline(svg)}</figure>\n<p class="path">${escaped(path)}</p>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(figure.title)}</title>
<style>
body { padding: 0.5em 1em; }
figure { margin: 0; padding: 1em; background: white; color: black; overflow: auto; }
figure svg { max-width: 100%; height: auto; }
#size:checked ~ figure svg { max-width: none; }
.note { white-space: pre-wrap; padding-left: 0.7em; border-left: 3px solid var(--vscode-editorWarning-foreground); }
.path { opacity: 0.7; }
</style>
</head>
<body>
${note}
<input type="checkbox" id="size"> <label for="size">Actual size</label>
${parts.join("\n")}
</body>
</html>
`;
}

/** The root element of an SVG, without declarations before it. */
function inline(svg: string): string {
  const start = svg.search(/<svg[\s>]/);
  return start < 0 ? `<pre>${escaped(svg)}</pre>` : svg.slice(start);
}

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}
