// The explorer: one state, kept in the address; every change draws the page from it.

import { readAddress, SIZES, writeAddress } from "./address.js";
import { fieldsOf, selectionCsv, selectionJson } from "./download.js";
import { el, figure, saveFile, say, words } from "./elements.js";
import { showEvidence } from "./evidence.js";
import { Facets } from "./facets.js";
import { Grid } from "./grid.js";
import { dictionaryPage } from "./links.js";
import { Selection } from "./select.js";
import * as store from "./store.js";

const TYPING_PAUSE_MS = 150;
const SOURCE_FIELDS = ["title", "author", "publisher", "issued", "issued_probable", "accessed", "url", "tier"];

class Explorer {
  constructor(root, manifest, labels) {
    this.root = root;
    this.manifest = manifest;
    this.labels = labels;
    this.selections = new Map();
    this.state = readAddress(location.search, manifest.tables);
    this.asked = 0;
    this.frame();
    addEventListener("popstate", () => {
      this.state = readAddress(location.search, manifest.tables);
      this.show();
    });
  }

  // What stays on the page whatever is shown.

  frame() {
    const { tables, pages } = this.manifest;
    this.tableChoice = el(
      "select",
      { id: "explorer-table", onchange: (event) => this.turnTo(event.target.value) },
      [...tables.values()].map((one) =>
        el("option", { value: one.name }, `${words(one.name)} (${figure(one.rows)})`)),
    );
    this.search = el("input", {
      type: "search",
      id: "explorer-search",
      autocomplete: "off",
      placeholder: "Chang'e 5, 嫦娥, Луна…",
      oninput: () => this.typed(),
    });
    this.meaning = el("p", { class: "explorer-meaning" });
    this.status = el("p", { class: "explorer-status", role: "status", "aria-live": "polite" });
    this.chips = el("div", { class: "explorer-chips" });
    this.facetPlace = el("div", {});
    this.filterCount = el("span", {});
    this.filters = el(
      "details",
      { class: "explorer-filters", open: matchMedia("(min-width: 60em)").matches },
      el("summary", {}, "Filters ", this.filterCount),
      this.facetPlace,
    );
    this.columnPlace = el("div", { class: "explorer-columns" });
    this.tablePlace = el("div", {
      class: "explorer-scroll", tabindex: 0, role: "region", "aria-label": "Rows of the selection",
    });
    this.pager = el("nav", { class: "explorer-pager", "aria-label": "Pages of the selection" });
    this.allColumns = el("input", { type: "checkbox", id: "explorer-all-columns" });
    this.facets = new Facets(this.facetPlace, (change) => this.filter(change));
    this.grid = new Grid(this.tablePlace, {
      onSort: (field) => this.sort(field),
      onOpen: (record) => this.change({ open: record }, { keepPage: true }),
      evidence: (selection, row, place) => showEvidence(selection, row, place, { tables, pages }),
      pages,
    });
    this.root.replaceChildren(
      el("div", { class: "explorer-top" },
        el("label", { for: "explorer-table" }, "Table"), this.tableChoice,
        el("label", { for: "explorer-search" }, "Search names and texts"), this.search),
      this.meaning,
      el("div", { class: "explorer-body" },
        el("aside", { "aria-label": "Filters" }, this.filters),
        el("section", { class: "explorer-results", "aria-label": "Selection" },
          el("div", { class: "explorer-tools" }, this.status, this.tools()),
          this.chips, this.tablePlace, this.pager)),
    );
  }

  tools() {
    const button = (text, onclick) => el("button", { type: "button", onclick }, text);
    return [
      el("details", { class: "explorer-menu", onkeydown: closeOnEscape },
        el("summary", {}, "Columns"), this.columnPlace),
      el("details", { class: "explorer-menu", onkeydown: closeOnEscape },
        el("summary", {}, "Download"),
        el("div", { class: "explorer-columns" },
          el("p", {}, "All rows of the selection, with their sources."),
          el("label", { class: "explorer-value" }, this.allColumns, el("span", {}, "with all columns")),
          button("CSV", () => this.download("csv")),
          button("JSON", () => this.download("json")))),
      button("Copy address", (event) => copyAddress(event.target)),
    ];
  }

  // Changes of the state

  change(part, { keepPage = false, replace = false } = {}) {
    this.state = { ...this.state, ...(keepPage ? {} : { page: 1, open: "" }), ...part };
    history[replace ? "replaceState" : "pushState"](null, "", writeAddress(this.state));
    this.show();
  }

  turnTo(table) {
    const { size } = this.state;
    this.change({ table, q: "", facets: {}, ranges: {}, sort: "", columns: null, size });
  }

  typed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.change({ q: this.search.value }, { replace: true }), TYPING_PAUSE_MS);
  }

  sort(field) {
    const { sort } = this.state;
    // A third press gives the order of the dataset back.
    const next = sort === field ? `-${field}` : sort === `-${field}` ? "" : field;
    this.change({ sort: next });
  }

  filter({ facet, range, values }) {
    const kind = facet ? "facets" : "ranges";
    const name = facet ?? range;
    const { [name]: _, ...others } = this.state[kind];
    const isEmpty = facet ? !values.length : !values;
    this.change({ [kind]: isEmpty ? others : { ...others, [name]: values } });
  }

  // Drawing

  async show() {
    const { table } = this.state;
    const asking = (this.asked += 1);
    try {
      const selection = await this.selection(table);
      // Whoever has turned to another table meanwhile does not want this one any more.
      if (asking === this.asked) this.draw(selection);
    } catch (error) {
      say(this.status, `The table could not be loaded. ${error.message}`);
    }
  }

  async selection(name) {
    if (!this.selections.has(name)) {
      say(this.status, "Loading…");
      const described = this.manifest.tables.get(name);
      const content = await store.table(described, this.manifest.pieces, (done, all) =>
        say(this.status, `Loading the whole ledger: ${done} of ${all} pieces.`));
      this.selections.set(name, new Selection(described, content, this.labels));
    }
    return this.selections.get(name);
  }

  draw(selection) {
    const { state } = this;
    if (this.drawnTable !== state.table) {
      this.facets.reset();
      this.drawnTable = state.table;
    }
    const { chosen, counts } = selection.choose(state);
    this.chosen = chosen;
    const pages = Math.max(1, Math.ceil(chosen.length / state.size));
    const page = this.pageOf(selection, chosen) ?? Math.min(state.page, pages);
    const shown = chosen.slice((page - 1) * state.size, page * state.size);
    const columns = this.columns(selection);
    this.tableChoice.value = state.table;
    if (document.activeElement !== this.search) this.search.value = state.q;
    this.drawMeaning(selection);
    this.facets.draw(selection, state, counts);
    this.grid.draw(selection, state, shown, columns);
    this.drawChips(selection);
    this.drawColumns(selection, columns);
    this.drawPager(page, pages);
    const noun = words(state.table);
    say(this.status, chosen.length === selection.rows
      ? `All ${figure(selection.rows)} ${noun}`
      : `${figure(chosen.length)} of ${figure(selection.rows)} ${noun}`);
    document.title = `${noun} – Explorer – lunarprogrammes`;
    // Who follows an address to one row wants to see it.
    if (!this.root.dataset.ready) this.root.querySelector('[aria-expanded="true"]')?.scrollIntoView({ block: "center" });
    this.root.dataset.ready = String((Number(this.root.dataset.ready) || 0) + 1);
  }

  /** Give the page on which the unfolded row stands, whatever the address says. */
  pageOf(selection, chosen) {
    const { open, size } = this.state;
    const place = open ? chosen.findIndex((row) => selection.content.records[row] === open) : -1;
    return place < 0 ? null : Math.floor(place / size) + 1;
  }

  columns(selection) {
    const columns = this.state.columns ?? selection.described.headline;
    return columns.length ? columns : [selection.described.label];
  }

  drawMeaning(selection) {
    const { described } = selection;
    this.meaning.replaceChildren(
      described.meaning, " ",
      el("a", { href: dictionaryPage(this.manifest.pages, described.name) }, "What the fields mean"),
      `. Edition ${this.manifest.edition}.`,
    );
  }

  drawChips(selection) {
    const { facets, ranges, q } = this.state;
    const chips = [];
    const chip = (text, onclick) => chips.push(
      el("button", { type: "button", class: "explorer-chip", "aria-label": `Remove the filter ${text}`, onclick },
        text, el("span", { "aria-hidden": "true" }, " ×")));
    if (q) {
      chip(`search: ${q}`, () => {
        this.search.value = "";
        this.change({ q: "" });
      });
    }
    for (const [name, values] of Object.entries(facets)) {
      for (const value of values) {
        chip(`${words(name)}: ${value ? selection.label(name, value) : "not stated"}`, () =>
          this.filter({ facet: name, values: values.filter((one) => one !== value) }));
      }
    }
    for (const [name, { from, to, possibly }] of Object.entries(ranges)) {
      chip(`${words(name)}: ${from || "…"} to ${to || "…"}${possibly ? ", possibly" : ""}`, () =>
        this.filter({ range: name, values: null }));
    }
    this.filterCount.textContent = chips.length ? `(${chips.length} active)` : "";
    if (chips.length > 1) {
      chips.push(el("button", { type: "button", class: "explorer-quiet", onclick: () => {
        this.search.value = "";
        this.change({ q: "", facets: {}, ranges: {} });
      } }, "Remove all"));
    }
    this.chips.replaceChildren(...chips);
  }

  drawColumns(selection, columns) {
    const focused = document.activeElement?.id;
    const { fields } = selection.described;
    const boxes = Object.keys(fields).map((name) => el(
      "label",
      { class: "explorer-value", title: fields[name].meaning },
      el("input", {
        type: "checkbox",
        id: `column-${name}`,
        checked: columns.includes(name),
        onchange: (event) => {
          const kept = columns.filter((one) => one !== name);
          const made = event.target.checked ? [...kept, name] : kept;
          this.change({ columns: made.length ? made : null }, { keepPage: true });
        },
      }),
      el("span", {}, words(name)),
    ));
    this.columnPlace.replaceChildren(...boxes);
    if (focused?.startsWith("column-")) document.getElementById(focused)?.focus();
  }

  drawPager(page, pages) {
    const focused = this.pager.contains(document.activeElement) ? document.activeElement.id : "";
    const go = (id, text, to) => el("button", {
      type: "button",
      id,
      disabled: to < 1 || to > pages,
      onclick: () => {
        this.change({ page: to, open: "" }, { keepPage: true });
        this.tablePlace.scrollIntoView({ block: "nearest" });
      },
    }, text);
    this.pager.replaceChildren(
      go("page-before", "Previous", page - 1),
      el("span", {}, `Page ${figure(page)} of ${figure(pages)}`),
      go("page-after", "Next", page + 1),
      el("label", { for: "explorer-size" }, "Rows on a page"),
      el("select", {
        id: "explorer-size",
        onchange: (event) => this.change({ size: Number(event.target.value) }),
      }, SIZES.map((size) => el("option", { value: size, selected: size === this.state.size }, figure(size)))),
    );
    if (focused) {
      const same = document.getElementById(focused);
      (same?.disabled ? this.pager.querySelector("button:enabled") : same)?.focus();
    }
  }

  // Downloads

  async download(form) {
    const selection = this.selections.get(this.state.table);
    const { described } = selection;
    const { edition, schema_version, licence } = this.manifest;
    const shown = this.allColumns.checked ? Object.keys(described.fields) : this.columns(selection);
    const fields = fieldsOf(described, shown);
    const name = `lunarprogrammes-${edition}-${described.name}.${form}`;
    if (form === "csv") {
      saveFile(name, "text/csv", selectionCsv(selection, this.chosen, fields, edition));
      return;
    }
    const about = { edition, schema_version, licence: licence.join(", "), address: location.href };
    const rows = this.chosen;
    const text = selectionJson(selection, rows, fields, about, await this.sources());
    saveFile(name, "application/json", text);
  }

  async sources() {
    const { columns, records } = await store.table(this.manifest.tables.get("sources"), 0);
    const places = new Map(records.map((id, row) => [id, row]));
    return (id) => Object.fromEntries(
      SOURCE_FIELDS.map((field) => [field, columns[field][places.get(id)] ?? ""]));
  }
}

async function copyAddress(button) {
  const text = button.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => {
    button.textContent = text;
  }, 2000);
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary").focus();
}

async function start() {
  const root = document.getElementById("explorer-root");
  try {
    const [manifest, labels] = await Promise.all([store.manifest(), store.labels()]);
    new Explorer(root, manifest, labels).show();
  } catch (error) {
    root.replaceChildren(el("p", { role: "alert" }, `The explorer could not start. ${error.message}`));
  }
}

start();
