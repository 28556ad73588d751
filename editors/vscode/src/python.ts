// The interpreter that the Python extension has selected. That extension need not be installed.

import * as vscode from "vscode";

const LONGEST_WAIT = 10_000;

interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(
      environment: unknown,
    ): Promise<{ readonly executable?: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

async function environments(): Promise<PythonApi["environments"]> {
  const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
  if (!extension) {
    return undefined;
  }
  return ((await extension.activate()) as PythonApi | undefined)?.environments;
}

/** The interpreter that is selected for a folder; undefined where none is, and where it takes too long to say. */
export async function selectedInterpreter(folder: vscode.Uri): Promise<string | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, LONGEST_WAIT, undefined).unref());
  return Promise.race([late, interpreterOf(folder)]);
}

async function interpreterOf(folder: vscode.Uri): Promise<string | undefined> {
  try {
    const known = await environments();
    const environment = await known?.resolveEnvironment(known.getActiveEnvironmentPath(folder));
    return environment?.executable?.uri?.fsPath;
  } catch {
    return undefined; // the Python extension has a fault of its own
  }
}

/** Calls a function after another interpreter was selected. */
export async function onInterpreterChange(call: () => void): Promise<vscode.Disposable | undefined> {
  try {
    return (await environments())?.onDidChangeActiveEnvironmentPath?.(call);
  } catch {
    return undefined;
  }
}
