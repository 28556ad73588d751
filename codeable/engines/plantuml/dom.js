// The little of a browser's document that PlantUML's JavaScript build asks for, without any browser:
// elements that remember what they are told, text measured by a table, timers that run when they are pumped.
"use strict";
(function (global) {
  const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u;
  const MARK = /\p{M}|\p{Cf}/u;

  // A font's widths, in thousandths of its size. The family that is measured is the wider one where it is open.
  function table(family, weight) {
    const like = /helvetica|arial|liberation|nimbus|arimo/i.test(family) ? "helvetica" : "sans";
    return global.GLYPH_WIDTHS[like][/bold|[6-9]00/i.test(weight) ? "bold" : "regular"];
  }

  function textWidth(text, size, family, weight) {
    const fixed = /mono|courier/i.test(family);
    const widths = table(family, weight);
    let sum = 0;
    for (const character of text) {
      if (MARK.test(character)) continue;
      if (WIDE.test(character)) sum += 1000;
      else sum += fixed ? 602 : widths.get(character.codePointAt(0)) ?? 750;
    }
    return (sum * size) / 1000;
  }

  class Element {
    constructor(name) {
      this.tagName = name;
      this.attributes = new Map();
      this.children = [];
      this.style = {};
      this.text = "";
    }
    get ownerDocument() { return document; }
    get firstChild() { return this.children[0] ?? null; }
    get textContent() { return this.text; }
    set textContent(text) { this.children = []; this.text = String(text); }
    setAttribute(name, value) { this.attributes.set(name, String(value)); }
    getAttribute(name) { return this.attributes.get(name) ?? null; }
    appendChild(child) { this.children.push(child); return child; }
    removeChild(child) { this.children = this.children.filter((one) => one !== child); return child; }
    get size() { return parseFloat(this.getAttribute("font-size")) || 12; }
    get width() {
      return textWidth(this.text, this.size, this.getAttribute("font-family") ?? "", this.getAttribute("font-weight") ?? "");
    }
    getBBox() { return { x: 0, y: -0.928 * this.size, width: this.width, height: 1.164 * this.size }; }
    getContext() { return new Canvas(); }
  }

  class Canvas {
    measureText(text) {
      const [, weight, size, family] = /^(.*?)\s*([\d.]+)px\s*(.*)$/.exec(this.font) ?? ["", "", "12", ""];
      const width = textWidth(text, Number(size), family, weight);
      const ascent = 0.928 * size, descent = 0.236 * size;
      return {
        width,
        actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent,
        fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent,
      };
    }
  }

  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escape = (text) => text.replace(/[&<>"]/g, (character) => escapes[character]);

  // With its width stated, text fits its box in whatever font a viewer draws it.
  function serialize(element) {
    const name = element.tagName;
    if (name === "?") return "";
    if (name === "text" && element.text.trim()) {
      element.setAttribute("textLength", element.width.toFixed(2));
      element.setAttribute("lengthAdjust", "spacing");
    }
    const attributes = [...element.attributes].map(([key, value]) => ` ${key}="${escape(value)}"`).join("");
    const content = escape(element.text) + element.children.map(serialize).join("");
    return `<${name}${attributes}>${linked(element, content)}</${name}>`;
  }

  // This build forgets the link of a class; the line that declared it tells.
  function linked(element, content) {
    if (!/\bentity\b/.test(element.getAttribute("class") ?? "")) return content;
    const link = /\[\[(\S+?)(?:\s[^\]]*)?\]\]/.exec(global.lines[element.getAttribute("data-source-line")] ?? "");
    return link ? `<a xlink:href="${escape(link[1])}">${content}</a>` : content;
  }

  // Scripts are never run from here: the host may bring one of the package's own, else the wish has failed.
  const head = new Element("head");
  head.appendChild = (script) => {
    if (global.ownScripts.includes(script.src)) global.wanted.push(script);
    else script.onerror?.();
    return script;
  };
  const document = {
    head, body: new Element("body"), currentScript: { tagName: "SCRIPT", src: "viz-global.js" },
    createElementNS: (space, name) => new Element(name),
    createElement: (name) => new Element(name),
    createProcessingInstruction: () => new Element("?"),
    importNode: (node) => node,
    getElementById: () => null,
  };

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const SIXES = new Map([...LETTERS].map((letter, index) => [letter, index]));
  function atob(text) {
    const parts = [];
    let codes = [], bits = 0, count = 0;
    for (const letter of text) {
      if (!SIXES.has(letter)) continue;
      bits = (bits << 6) | SIXES.get(letter);
      if ((count += 6) < 8) continue;
      codes.push((bits >> (count -= 8)) & 255);
      bits &= (1 << count) - 1;
      if (codes.length === 8192) { parts.push(String.fromCharCode(...codes)); codes = []; }
    }
    return parts.join("") + String.fromCharCode(...codes);
  }

  let timers = [];
  const silent = () => {};
  Object.assign(global, {
    window: global, document, atob, ownScripts: [], wanted: [],
    console: { log: silent, info: silent, warn: silent, error: silent },
    crypto: { getRandomValues: (numbers) => numbers.fill(7) },
    DOMParser: class { parseFromString() { return { documentElement: null }; } },
    XMLSerializer: class {
      serializeToString(element) {
        element.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
        return serialize(element);
      }
    },
    setTimeout: (work, wait = 0) => timers.push({ work, due: Date.now() + wait }),
    clearTimeout: silent,
    readGlyphWidths(packed) {
      const read = (ranges) => new Map(ranges.flatMap(([start, widths]) => widths.map((width, index) => [start + index, width])));
      global.GLYPH_WIDTHS = {};
      for (const [family, weights] of Object.entries(packed))
        global.GLYPH_WIDTHS[family] = { regular: read(weights.regular), bold: read(weights.bold) };
    },
    // Layout runs inside the pump, so that the host's limit of time covers it; one instance serves all texts.
    shareLayout: () => global.Viz.instance().then((viz) => {
      const now = { then(use) { use(viz); return { catch: silent }; } };
      global.Viz.instance = () => now;
      global.layoutReady = true;
    }),
    wish: () => (global.wanted.length ? global.wanted[0].src : null),
    grantWish: () => global.wanted.shift().onload?.(),
    start(text) {
      timers = [];
      global.wanted = [];
      global.outcome = null;
      global.lines = text.split("\n");
      global.plantuml.renderToString(
        global.lines.slice(),
        (svg) => { global.outcome = { svg }; },
        (error) => { global.outcome = { error: String(error) }; },
        { maxSvgSize: 0 },
      );
    },
    // Runs what is due; gives the outcome as JSON, or null while there is none.
    pump() {
      for (let due; global.outcome === null && global.wanted.length === 0; ) {
        const now = Date.now();
        due = timers.findIndex((timer) => timer.due <= now);
        if (due < 0) break;
        timers.splice(due, 1)[0].work();
      }
      return global.outcome && JSON.stringify(global.outcome);
    },
  });
})(globalThis);
