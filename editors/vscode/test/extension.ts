// Starts the built extension in the editor of `fake_vscode`, and ends it.

import Module from "node:module";
import path from "node:path";

import { editor, vscode } from "./fake_vscode";

interface Extension {
  activate(context: unknown): void;
  deactivate(): Promise<void>;
}

const subscriptions: { dispose(): void }[] = [];
const internals = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
const load = internals._load;
internals._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

// The folder of the extension: this one, or one that an installed package was unpacked into.
const folder = path.resolve(process.env.CODEABLE_EXTENSION ?? ".");
const extension = require(path.join(folder, "dist", "extension.js")) as Extension;

export function activate(): void {
  extension.activate({ subscriptions });
}

export async function deactivate(): Promise<void> {
  await extension.deactivate();
  subscriptions.splice(0).forEach((each) => each.dispose());
  editor.reset();
}

/** Waits until something holds, and names it where it never does. */
export async function until<T>(what: string, asked: () => T | Promise<T>, seconds = 30): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const answer = await asked();
    if (answer) {
      return answer as NonNullable<T>;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never: ${what}; messages: ${editor.messages.join(" | ")}; output: ${editor.output.join("\n")}`);
}

export function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}
