// Where a study is: the same rules as `codeable` has for the nearest study above a file.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const SETTINGS = /^[ \t]*\[+[ \t]*(?:tool|"tool"|'tool')[ \t]*\.[ \t]*(?:codeable|"codeable"|'codeable')[ \t]*[.\]]/m;
const NOTE = /^[ \t]*#[ \t]*(?:source|interview|s|p)[ \t_-]*\r?\n?[ \t]*\d/i;
const NOTE_FILE = /^(?:s|p)_?\d*\.md$/i;

/** The folders from the one of a file up to the root of its repository, the home folder or the disk. */
export function foldersAbove(file: string): string[] {
  const found: string[] = [];
  const home = os.homedir();
  for (let folder = path.dirname(file); folder !== home; folder = path.dirname(folder)) {
    found.push(folder);
    if (folder === path.dirname(folder) || fs.existsSync(path.join(folder, ".git"))) {
      break;
    }
  }
  return found;
}

/** The folder of the study that a file belongs to; undefined for any other file. */
export function studyAbove(file: string): string | undefined {
  return foldersAbove(file).find(isStudy);
}

/** Whether a text or its file's name is that of a field note, in a study or alone. */
export function isNote(file: string, text: string): boolean {
  return file.endsWith(".md") && (NOTE_FILE.test(path.basename(file)) || NOTE.test(text.trimStart()));
}

/** Whether a folder has settings of a study, or modules and sources. */
function isStudy(folder: string): boolean {
  return hasSettings(folder) || (isFolder(path.join(folder, "models")) && isFolder(path.join(folder, "sources")));
}

/** Whether a folder is meant to be a study when it is opened as such: modules alone are enough. */
export function isStudyFolder(folder: string): boolean {
  return isStudy(folder) || isFolder(path.join(folder, "models"));
}

function hasSettings(folder: string): boolean {
  try {
    return SETTINGS.test(fs.readFileSync(path.join(folder, "pyproject.toml"), "utf8"));
  } catch {
    return false;
  }
}

function isFolder(name: string): boolean {
  return fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
