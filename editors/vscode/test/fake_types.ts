// The classes and numbers of VS Code's API that `fake_vscode` has.

import { URI } from "vscode-uri";

import { Disposable, EventEmitter, Position, Range, TextEdit, WorkspaceEdit } from "./fake_texts";

class RelativePattern {
  readonly baseUri: URI;
  constructor(
    base: any,
    readonly pattern: string,
  ) {
    this.baseUri = base.uri ?? base;
  }
}

export class CancellationTokenSource {
  private readonly emitter = new EventEmitter();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel() {
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }
  dispose() {}
}

/** A kind of code actions, such as `quickfix`. */
class CodeActionKind {
  static readonly Empty = new CodeActionKind("");
  static readonly QuickFix = new CodeActionKind("quickfix");
  static readonly Refactor = new CodeActionKind("refactor");
  static readonly RefactorExtract = new CodeActionKind("refactor.extract");
  static readonly RefactorInline = new CodeActionKind("refactor.inline");
  static readonly RefactorRewrite = new CodeActionKind("refactor.rewrite");
  static readonly Source = new CodeActionKind("source");
  static readonly SourceOrganizeImports = new CodeActionKind("source.organizeImports");
  constructor(readonly value: string) {}
  append(part: string) {
    return new CodeActionKind([this.value, part].filter(Boolean).join("."));
  }
}

export const types = {
  Uri: URI,
  Disposable,
  EventEmitter,
  Position,
  Range,
  RelativePattern,
  CancellationTokenSource,
  WorkspaceEdit,
  TextEdit,
  CancellationError: class extends Error {},
  Location: class {
    constructor(
      readonly uri: URI,
      readonly range: Range,
    ) {}
  },
  Diagnostic: class {
    constructor(
      readonly range: Range,
      readonly message: string,
      readonly severity: number,
    ) {}
  },
  CompletionItem: class {
    constructor(readonly label: unknown) {}
  },
  CompletionList: class {
    constructor(readonly items: unknown[]) {}
  },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  Hover: class {
    constructor(
      readonly contents: unknown,
      readonly range?: Range,
    ) {}
  },
  SnippetString: class {
    constructor(readonly value: string) {}
  },
  CodeActionKind,
  CodeAction: class {
    constructor(
      readonly title: string,
      readonly kind: CodeActionKind,
    ) {}
  },
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  CompletionItemKind: {},
  CompletionItemTag: { Deprecated: 1 },
  CompletionTriggerKind: { Invoke: 0, TriggerCharacter: 1, TriggerForIncompleteCompletions: 2 },
  SymbolKind: {},
  LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
  LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
  TextDocumentSaveReason: { Manual: 1, AfterDelay: 2, FocusOut: 3 },
  ViewColumn: { Active: -1, Beside: -2 },
};
