// Bundles the extension into dist/; with --tests also the tests, into out/.

import { build } from "esbuild";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", external: ["vscode"] };

copyFileSync("../../LICENSE", "LICENSE");
rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  minify: true,
  metafile: true,
  // Bundlers pick the ES modules of vscode-jsonrpc and others by `module`; Node runs the CommonJS of `main`.
  mainFields: ["main"],
});
writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(Object.keys(metafile.inputs)));

if (process.argv.includes("--tests")) {
  rmSync("out", { recursive: true, force: true });
  await build({ ...common, entryPoints: testFiles(), outdir: "out", sourcemap: "inline", packages: "external" });
}

function testFiles() {
  return readdirSync("test")
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join("test", name));
}

/** The licences of the packages in the bundle. */
function notices(inputs) {
  const folders = new Set(
    inputs.map((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean),
  );
  return [...folders]
    .sort()
    .map(notice)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = ["License.txt", "LICENSE", "LICENSE.md", "LICENSE.txt"].find((each) =>
    existsSync(path.join(folder, each)),
  );
  if (file === undefined) {
    throw new Error(`${folder} has no licence file`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(path.join(folder, file), "utf8").trim()}\n`;
}
