// Draws PlantUML texts with the npm package @plantuml/core, for the tests.
//
//     node draw.mjs < texts.json > pictures.json
//
// The input is a JSON array of texts; the output an array of {"svg": ...} or {"error": ...}, in the same order.
// The package needs a browser. The few classes below replace its document: elements that keep their attributes
// and children, and text whose width is guessed, since no test looks at sizes.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const PACKAGE = new URL("node_modules/@plantuml/core/", import.meta.url);
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);
const widthOf = (text, size) => [...text].length * size * 0.6;

class Element {
  constructor(name) {
    Object.assign(this, { tagName: name, attributes: new Map(), children: [], style: {}, text: "" });
  }
  get ownerDocument() { return globalThis.document; }
  get firstChild() { return this.children[0] ?? null; }
  get textContent() { return this.text; }
  set textContent(text) { this.children = []; this.text = String(text); }
  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  appendChild(child) { this.children.push(child); return child; }
  removeChild(child) { this.children = this.children.filter((other) => other !== child); return child; }
  getBBox() {
    const size = parseFloat(this.getAttribute("font-size")) || 12;
    return { x: 0, y: -size, width: widthOf(this.text, size), height: 1.2 * size };
  }
  getContext() {
    return {
      measureText(text) {
        const size = Number(/([\d.]+)px/.exec(this.font ?? "")?.[1] ?? 12);
        return {
          width: widthOf(text, size),
          actualBoundingBoxAscent: size, fontBoundingBoxAscent: size,
          actualBoundingBoxDescent: 0.2 * size, fontBoundingBoxDescent: 0.2 * size,
        };
      },
    };
  }
  serialized() {
    if (this.tagName === "?") return "";
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    const content = escaped(this.text) + this.children.map((child) => child.serialized()).join("");
    return `<${this.tagName}${attributes}>${content}</${this.tagName}>`;
  }
}

// A script that a text asks for is never loaded: the request fails, or PlantUML would wait for ever.
const head = new Element("head");
head.appendChild = (script) => { script.onerror?.(); return script; };

globalThis.window = globalThis;
globalThis.document = {
  head, body: new Element("body"), currentScript: { tagName: "SCRIPT", src: "viz-global.js" },
  createElement: (name) => new Element(name),
  createElementNS: (space, name) => new Element(name),
  createProcessingInstruction: () => new Element("?"),
  importNode: (node) => node,
  getElementById: () => null,
};
globalThis.DOMParser = class { parseFromString() { return { documentElement: null }; } };
globalThis.XMLSerializer = class {
  serializeToString(element) {
    element.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
    return element.serialized();
  }
};
for (const level of ["log", "info", "warn", "error"]) console[level] = () => {};

runInThisContext(readFileSync(new URL("viz-global.js", PACKAGE), "utf8"));
// The package says that it is a module, and its file is one.
const { renderToString } = await import(new URL("plantuml.js", PACKAGE));

const drawn = (text) => new Promise((resolve) => {
  const failed = (error) => resolve({ error: String(error) });
  try {
    renderToString(text.split("\n"), (svg) => resolve({ svg }), failed, { maxSvgSize: 0 });
  } catch (error) {
    failed(error);
  }
});

const pictures = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) pictures.push(await drawn(text));
process.stdout.write(JSON.stringify(pictures), () => process.exit(0));
