// Which program is the language server: `codeable lsp` of the environment that a study uses.

import * as fs from "node:fs";
import * as path from "node:path";

/** A program that runs the language server, and where it was found. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly foundIn: string;
}

/** Where the server may be. */
export interface Places {
  /** The setting `codeable.server.path`, empty without one. */
  readonly setting: string;
  /** The interpreter that the Python extension has selected. */
  readonly interpreter?: string | undefined;
  /** Folders that may have an environment, the nearest to the study first; none where they are not trusted. */
  readonly folders: readonly string[];
  /** Folders whose programs may not be run, because they are not trusted. */
  readonly untrusted: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

const ENVIRONMENTS = [".venv", "venv", "env", ".conda"];

/** The setting names a program that is not there. */
export class NoSuchProgramError extends Error {
  constructor(readonly program: string) {
    super(`The setting codeable.server.path names ${program}, which is no file.`);
  }
}

/**
 * The command of the language server; undefined where there is none.
 *
 * @throws NoSuchProgramError The setting names a file that is not there.
 */
export function serverCommand(places: Places): ServerCommand | undefined {
  if (places.setting) {
    return ofSetting(places);
  }
  const trusted = places.untrusted.length === 0;
  const environments = [
    ...(trusted && places.interpreter ? [[path.dirname(places.interpreter), "the selected interpreter"]] : []),
    ...places.folders.flatMap((folder) =>
      ENVIRONMENTS.map((name) => [path.join(folder, name), path.join(folder, name)]),
    ),
    ...(trusted && places.env.VIRTUAL_ENV ? [[places.env.VIRTUAL_ENV, "the active environment"]] : []),
    ...(trusted && places.env.CONDA_PREFIX ? [[places.env.CONDA_PREFIX, "the active conda environment"]] : []),
  ] as [string, string][];
  for (const [folder, foundIn] of environments) {
    const program = programIn([folder, path.join(folder, "bin"), path.join(folder, "Scripts")], places);
    if (program) {
      return { program, args: ["lsp"], foundIn };
    }
  }
  const program = programIn(searchPath(places), places);
  return program ? { program, args: ["lsp"], foundIn: "the PATH" } : undefined;
}

function ofSetting(places: Places): ServerCommand {
  const given = places.setting.replace(/^~(?=[/\\]|$)/, places.env.HOME ?? places.env.USERPROFILE ?? "~");
  const isName = path.basename(given) === given;
  const program = isName
    ? programIn(searchPath(places), places, given)
    : executable(path.resolve(places.folders.at(-1) ?? ".", given), places);
  if (!program) {
    throw new NoSuchProgramError(given);
  }
  // -P: no module of the study's folder is in the place of one of Python's.
  const isPython = /^(?:python|pypy)[\d.]*(?:\.exe)?$/i.test(path.basename(program));
  const args = isPython ? ["-P", "-m", "codeable", "lsp"] : ["lsp"];
  return { program, args, foundIn: "the setting codeable.server.path" };
}

/** The folders of the PATH. Those that are relative, or in a folder that is not trusted, are left out. */
function searchPath(places: Places): string[] {
  const given = places.env.PATH ?? places.env.Path ?? "";
  const folders = given.split(places.platform === "win32" ? ";" : ":").filter((folder) => path.isAbsolute(folder));
  return folders.filter((folder) => !places.untrusted.some((root) => isInside(folder, root)));
}

function programIn(folders: readonly string[], places: Places, name = "codeable"): string | undefined {
  for (const folder of folders) {
    const found = executable(path.join(folder, name), places);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** A program, with the extension that Windows needs; undefined where there is no such file. */
function executable(name: string, places: Places): string | undefined {
  const names = places.platform === "win32" && !name.endsWith(".exe") ? [`${name}.exe`] : [name];
  return names.find((each) => fs.statSync(each, { throwIfNoEntry: false })?.isFile());
}

/** Whether a path is a folder or something in it. */
export function isInside(name: string, folder: string): boolean {
  const relative = path.relative(folder, name);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}

/** The command that installs the server into an environment, for the message that it is missing. */
export function installCommand(interpreter: string | undefined): string {
  const python = interpreter ?? "python3";
  return `${/[\s'"]/.test(python) ? JSON.stringify(python) : python} -m pip install "codeable[editor]"`;
}
