#!/usr/bin/env node
// A language server for tests: it says what it was told, and answers what the extension asks.

import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(
  `${process.env.CODEABLE_TEST_PACKAGES}/`,
)("vscode-languageserver-protocol/node");
const connection = createProtocolConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const log = (...said) => appendFileSync(process.env.CODEABLE_TEST_LOG, `${JSON.stringify([process.pid, ...said])}\n`);
const parts = (svg) => [{ path: "/d/cache.svg", svg: `<?xml version="1.0"?>${svg}` }];
const figure = { name: "cache_decision", title: "Cache?", parts: parts("<svg>1</svg>"), note: "" };
const views = [{ name: "cache_decision", title: "Cache?", kind: "decision" }];

log("started", process.argv.slice(2), process.cwd());
connection.onRequest("initialize", (params) => {
  log("initialize", params.initializationOptions, params.capabilities.experimental);
  const commands = ["preview", "closePreview", "views", "rename", "loadStudy", "other"].map(
    (name) => `codeable.${name}`,
  );
  return {
    capabilities: {
      textDocumentSync: 1,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      executeCommandProvider: { commands },
    },
  };
});
connection.onNotification("initialized", async () => {
  await connection.sendRequest("client/registerCapability", {
    registrations: [
      { id: "options", method: "workspace/didChangeConfiguration", registerOptions: { section: "codeable" } },
      {
        id: "files",
        method: "workspace/didChangeWatchedFiles",
        registerOptions: { watchers: [{ globPattern: "**/*.py" }] },
      },
    ],
  });
  log("registered");
});
connection.onNotification("textDocument/didOpen", ({ textDocument }) => log("opened", textDocument.uri));
connection.onNotification("workspace/didChangeConfiguration", async () => {
  log("options", await connection.sendRequest("workspace/configuration", { items: [{ section: "codeable" }] }));
});
connection.onRequest("textDocument/references", ({ textDocument, position }) => [
  { uri: textDocument.uri, range: { start: position, end: position } },
]);
connection.onNotification("workspace/didChangeWatchedFiles", ({ changes }) => log("watched", changes));
connection.onRequest("textDocument/prepareRename", ({ position }) =>
  position.line ? { range: { start: position, end: position }, placeholder: "old_name" } : null,
);
connection.onRequest("workspace/executeCommand", ({ command, arguments: given }) => {
  log("command", command, given);
  if (command === "codeable.rename" && given[2] === "taken") {
    throw new Error("taken is a force of sources/s1.md");
  }
  if (command === "codeable.other") {
    process.exit(3);
  }
  const again = { ...figure, parts: parts("<svg>2</svg>"), note: "This is the figure of an <earlier> state" };
  if (command === "codeable.loadStudy") {
    connection.sendNotification("codeable/status", {
      uri: "file:///mesh",
      name: "mesh",
      state: "failed",
      message: "line 3",
    });
  }
  setImmediate(() => connection.sendNotification("codeable/figureChanged", again));
  return { "codeable.preview": figure, "codeable.views": views }[command] ?? null;
});
connection.onRequest("shutdown", () => null);
connection.onNotification("exit", () => process.exit(0));
process.stdin.on("end", () => process.exit(1));
connection.listen();
