"use strict";
// Sorting and filtering of the tables of class "sortable". Without this script they can be read all the same.
(() => {
  const MORE = 4;  // how many times as many rows are shown on demand
  const FEWEST_FILTERED = 6;
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  // The value by which a cell is sorted: a number, a text, or null for an empty cell.
  const valueOf = (cell, isNumber) => {
    const text = cell.dataset.value ?? cell.textContent.trim();
    if (text === "") return null;
    const number = isNumber ? Number(text) : NaN;
    return Number.isNaN(number) ? text : number;
  };

  // Numbers before texts, empty cells at the end in both directions.
  const compare = (one, other, sign) => {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one !== typeof other) return sign * (typeof one === "number" ? -1 : 1);
    return sign * (typeof one === "number" ? one - other : collator.compare(one, other));
  };

  const prepare = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const grouped = heads.flatMap((head, column) => head.classList.contains("grouped") ? [column] : []);
    // A long table has further rows in a template: the browser lays them out only when they are shown.
    let most = Math.max(body.rows.length, 1);
    const scroll = table.closest(".scroll");
    const rest = scroll?.nextElementSibling?.matches("template.rest") ? scroll.nextElementSibling : null;
    const rows = [...body.rows, ...(rest ? rest.content.querySelectorAll("tr") : [])];
    rest?.nextElementSibling.remove();  // the note for those without this script
    const texts = new Map();
    let order = rows, wanted = [];

    const filter = make("input", { type: "search" });
    const label = make("label", { textContent: "Filter " });
    label.append(filter);
    const count = make("span", { className: "count" });
    count.setAttribute("role", "status");
    const more = make("button", { type: "button", hidden: true });
    const tools = make("div", { className: "tools" });
    tools.append(label, count, more);
    if (rows.length >= FEWEST_FILTERED) (scroll ?? table).before(tools);

    // A value of a grouped column is hidden where it is that of the row above, and so are those left of it.
    const group = (shown) => {
      let above = null;
      for (const row of shown) {
        let isAlike = above !== null;
        for (const column of grouped) {
          const cell = row.cells[column];
          isAlike = isAlike && cell.textContent !== "" && cell.textContent === above.cells[column].textContent;
          cell.classList.toggle("again", isAlike);
        }
        above = row;
      }
    };

    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, folded([...row.cells].map((cell) => cell.textContent).join("\n")));
      return texts.get(row);
    };

    const show = () => {
      const matching = wanted.length ? order.filter((row) => wanted.every((word) => textOf(row).includes(word))) : order;
      const shown = matching.slice(0, most);
      body.replaceChildren(...shown);
      group(shown);
      const found = wanted.length ? `${matching.length} of ${rows.length} rows` : `${rows.length} rows`;
      count.textContent = shown.length < matching.length ? `${found}, the first ${shown.length} shown` : found;
      more.hidden = shown.length === matching.length;
      more.textContent = `Show ${Math.min(MORE * most, matching.length)} rows`;
    };

    filter.addEventListener("input", () => {
      wanted = folded(filter.value).split(/\s+/).filter(Boolean);
      show();
    });
    more.addEventListener("click", () => { most *= MORE; show(); });

    heads.forEach((head, column) => {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", direction);
        const isNumber = head.classList.contains("number");
        const values = new Map(rows.map((row) => [row, valueOf(row.cells[column], isNumber)]));
        const sign = direction === "ascending" ? 1 : -1;
        order = [...rows].sort((one, other) => compare(values.get(one), values.get(other), sign));
        show();
      });
    });
    show();
  };

  document.querySelectorAll("table.sortable").forEach(prepare);

  const contents = document.querySelector("nav details");
  if (contents && matchMedia("(max-width: 70rem)").matches) contents.open = contents.querySelectorAll("li").length <= 8;
})();
