// Texts of `fake_vscode`, places in them, and the events that tell of their changes.

import { EventEmitter as NodeEmitter } from "node:events";
import type { URI } from "vscode-uri";

export type Call = (...args: any[]) => any;

export class Disposable {
  constructor(readonly dispose: Call) {}
  static from(...all: { dispose: Call }[]) {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }
}

export class EventEmitter {
  private readonly emitter = new NodeEmitter().setMaxListeners(0);
  readonly event = (listener: Call, self?: unknown, disposables?: Disposable[]) => {
    const bound = listener.bind(self);
    this.emitter.on("event", bound);
    const disposable = new Disposable(() => this.emitter.off("event", bound));
    disposables?.push(disposable);
    return disposable;
  };
  fire(value?: unknown) {
    this.emitter.emit("event", value);
  }
  dispose() {
    this.emitter.removeAllListeners();
  }
}

export const emitters = new Map<string, EventEmitter>();

/** The event of a name such as `workspace.onDidOpenTextDocument`. */
export function emitter(name: string): EventEmitter {
  const known = emitters.get(name) ?? new EventEmitter();
  emitters.set(name, known);
  return known;
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position | number, end: Position | number, endLine?: number, endCharacter?: number) {
    this.start = typeof start === "number" ? new Position(start, end as number) : start;
    this.end = typeof start === "number" ? new Position(endLine!, endCharacter!) : (end as Position);
  }
  get isEmpty() {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }
}

export class WorkspaceEdit {
  readonly changes: { uri: URI; edits: { range: Range; newText: string }[] }[] = [];
  set(uri: URI, edits: any[]) {
    this.changes.push({ uri, edits: edits.map((each) => (Array.isArray(each) ? each[0] : each)) });
  }
}

export class TextEdit {
  constructor(
    readonly range: Range,
    readonly newText: string,
  ) {}
}

export class Document {
  version = 1;
  isClosed = false;
  isDirty = false;
  readonly isUntitled = false;
  readonly eol = 1;
  constructor(
    readonly uri: URI,
    readonly languageId: string,
    private text: string,
  ) {}
  get fileName() {
    return this.uri.fsPath;
  }
  get lineCount() {
    return this.text.split("\n").length;
  }
  getText(range?: Range) {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }
  offsetAt(position: Position) {
    const before = this.text.split("\n").slice(0, position.line);
    return before.reduce((sum, line) => sum + line.length + 1, 0) + position.character;
  }
  positionAt(offset: number) {
    const lines = this.text.slice(0, offset).split("\n");
    return new Position(lines.length - 1, lines.at(-1)!.length);
  }
  lineAt(line: number) {
    return { text: this.text.split("\n")[line] ?? "" };
  }
  /** The position of the last letter of the first such text. */
  at(text: string, behind = 0) {
    const offset = this.text.indexOf(text);
    if (offset < 0) {
      throw new Error(`${text} is not in ${this.fileName}`);
    }
    return this.positionAt(offset + behind);
  }
  apply(edits: { range: Range; newText: string }[]) {
    const changes = edits
      .map(({ range, newText }) => ({
        range,
        text: newText,
        rangeOffset: this.offsetAt(range.start),
        rangeLength: this.offsetAt(range.end) - this.offsetAt(range.start),
      }))
      .sort((a, b) => b.rangeOffset - a.rangeOffset);
    for (const { rangeOffset, rangeLength, text } of changes) {
      this.text = this.text.slice(0, rangeOffset) + text + this.text.slice(rangeOffset + rangeLength);
    }
    this.version++;
    this.isDirty = true;
    emitter("workspace.onDidChangeTextDocument").fire({ document: this, contentChanges: changes });
  }
}
