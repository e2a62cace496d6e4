// The table itself: a page of the chosen rows, sorted by its headers, each row with its evidence.

import { el, outwardLink, words } from "./elements.js";
import { recordLink } from "./links.js";

// Five hundred rows take a fifth of a second, four thousand one and a half: the page stays alive.
const SLICE = 500;

/** Draws rows; `onSort` receives a field, `onOpen` a record, `evidence` fills an unfolded row. */
export class Grid {
  constructor(place, { onSort, onOpen, evidence, pages }) {
    this.place = place;
    this.onSort = onSort;
    this.onOpen = onOpen;
    this.evidence = evidence;
    this.pages = pages;
  }

  draw(selection, state, rows, columns) {
    const focused = this.place.contains(document.activeElement) ? document.activeElement.id : "";
    const { described } = selection;
    const caption = el("caption", {}, `${words(described.name)}: ${described.meaning}`);
    const head = el("tr", {}, columns.map((name) => this.header(described, state, name)));
    const body = el("tbody", {});
    this.place.replaceChildren(
      el("table", { class: "explorer-table" }, caption, el("thead", {}, head), body),
      rows.length ? "" : el("p", { class: "explorer-nothing" }, "No row passes all filters."),
    );
    this.fill(body, rows, (row) => {
      const line = this.line(selection, state, row, columns);
      const isOpen = selection.content.records[row] === state.open;
      return isOpen ? [line, this.unfolded(selection, row, columns.length)] : [line];
    }, rows.findIndex((row) => selection.content.records[row] === state.open));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Add rows: the first at once, up to one that must be there; the others while the page lives. */
  fill(body, rows, linesOf, needed) {
    const drawing = this.drawing = {};
    const add = (from, count) => {
      // Whatever has been drawn meanwhile needs no rows of this any more.
      if (this.drawing !== drawing) return;
      body.append(...rows.slice(from, from + count).flatMap(linesOf));
      const isLeft = from + count < rows.length;
      this.place.setAttribute("aria-busy", String(isLeft));
      if (isLeft) setTimeout(() => add(from + count, SLICE));
    };
    add(0, Math.max(SLICE, needed + 1));
  }

  header(described, state, name) {
    const field = described.fields[name];
    const isSorted = state.sort.replace(/^-/, "") === name;
    const isDown = state.sort.startsWith("-");
    const order = isSorted ? (isDown ? "descending" : "ascending") : null;
    const mark = isSorted ? (isDown ? "▼" : "▲") : "";
    const unit = field.unit && !name.endsWith(`_${field.unit}`) ? ` (${field.unit})` : "";
    return el(
      "th",
      { scope: "col", "aria-sort": order, "data-field": name },
      el(
        "button",
        {
          type: "button",
          id: `sort-${name}`,
          title: field.meaning,
          onclick: () => this.onSort(name),
        },
        words(name) + unit,
        el("span", { "aria-hidden": "true", class: "explorer-order" }, mark),
      ),
    );
  }

  line(selection, state, row, columns) {
    const record = selection.content.records[row];
    const contested = (selection.content.columns.contested?.[row] ?? "").split(";");
    const cells = columns.map((name, place) => {
      const shown = this.cell(selection, name, row);
      const mark = contested.includes(name)
        ? el("abbr", { class: "explorer-contested", title: "Sources contradict each other." }, "contested")
        : null;
      const { kind } = selection.described.fields[name];
      if (place) return el("td", { "data-field": name, class: `explorer-${kind}` }, shown, mark);
      const isOpen = record === state.open;
      const opener = el(
        "button",
        {
          type: "button",
          class: "explorer-opener",
          id: `open-${row}`,
          "aria-expanded": String(isOpen),
          "aria-controls": isOpen ? `evidence-${row}` : null,
          "aria-label": `Where this comes from: ${selection.title(row)}`,
          title: "Where this comes from",
          onclick: () => this.onOpen(isOpen ? "" : record),
        },
      );
      return el("th", { scope: "row", "data-field": name }, opener, shown, mark);
    });
    return el("tr", { "data-record": record }, cells);
  }

  cell(selection, name, row) {
    const text = selection.text(name, row);
    if (!text) return null;
    const { described } = selection;
    const field = described.fields[name];
    if (field.references && field.kind !== "list") {
      return recordLink(this.pages, field.references, text, selection.label(name, text));
    }
    if (name === described.label && described.key.includes("id")) {
      return recordLink(this.pages, described.name, selection.content.records[row], text);
    }
    if (field.kind === "url") return outwardLink(text);
    if (field.kind === "record") {
      const [table, record] = text.split("/");
      return recordLink(this.pages, table, record, selection.names.labels[table]?.[record] ?? text);
    }
    if (field.kind === "boolean") return text === "true" ? "yes" : "no";
    return field.kind === "list" ? text.split(";").join(", ") : text;
  }

  unfolded(selection, row, width) {
    const inner = el("div", { class: "explorer-evidence", role: "region",
      "aria-label": `Where this comes from: ${selection.title(row)}` }, el("p", {}, "Loading…"));
    this.evidence(selection, row, inner);
    return el("tr", { class: "explorer-unfolded", id: `evidence-${row}` }, el("td", { colspan: width }, inner));
  }
}
