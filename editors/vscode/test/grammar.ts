// Reads texts with the grammars of VS Code: which words of a line have which scopes.

import { readFileSync } from "node:fs";
import * as oniguruma from "vscode-oniguruma";
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from "vscode-textmate";

const OURS = "markdown.trace.codeable";
const FILES: Record<string, string> = {
  [OURS]: "syntaxes/traces.tmLanguage.json",
  "text.html.markdown": "node_modules/tm-grammars/grammars/markdown.json",
  "source.python": "node_modules/tm-grammars/grammars/python.json",
};

/** A part of a line with its scopes. */
export interface Token {
  readonly text: string;
  readonly line: number;
  readonly scopes: readonly string[];
}

export async function markdownGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    getInjections: (scope) => (scope === "text.html.markdown" ? [OURS] : undefined),
    loadGrammar: async (scope) => {
      const file = FILES[scope];
      return file === undefined ? null : parseRawGrammar(readFileSync(file, "utf8"), file);
    },
  });
  const grammar = await registry.loadGrammar("text.html.markdown");
  if (grammar === null) {
    throw new Error("the grammar of Markdown is missing");
  }
  return grammar;
}

export function tokens(grammar: IGrammar, text: string): Token[] {
  const found: Token[] = [];
  let stack = INITIAL;
  text.split(/\r?\n/).forEach((line, index) => {
    const read = grammar.tokenizeLine(line, stack);
    stack = read.ruleStack;
    for (const token of read.tokens) {
      found.push({ text: line.slice(token.startIndex, token.endIndex), line: index, scopes: token.scopes });
    }
  });
  return found;
}

/** The texts that have a scope, one behind the other. */
export function having(found: readonly Token[], scope: string): string[] {
  return found.filter((token) => token.scopes.some((each) => each.startsWith(scope))).map((token) => token.text);
}
