// The page that asks the dataset in SQL: a query, its answer, and the sources of every row.

import { csv } from "./download.js";
import { el, figure, outwardLink, saveFile, say, words } from "./elements.js";
import { Ended, Engine } from "./engine.js";
import { EXAMPLES } from "./examples.js";
import { expectReading, footnoted, Refusal, split } from "./footnotes.js";
import { recordLink } from "./links.js";
import * as store from "./store.js";

const SHOWN_ROWS = 1000;
const SHOWN_NOTES = 100;
const SHORT = 24;

class SqlPage {
  constructor(root, manifest) {
    this.root = root;
    this.manifest = manifest;
    this.engine = new Engine(manifest.indexes, (text) => say(this.status, text));
    this.frame();
    const asked = new URLSearchParams(location.search).get("sql");
    this.text.value = asked ?? EXAMPLES[0].sql;
    addEventListener("popstate", () => {
      this.text.value = new URLSearchParams(location.search).get("sql") ?? "";
    });
    if (asked) this.run();
    root.dataset.ready = "1";
  }

  frame() {
    this.text = el("textarea", {
      id: "explorer-sql",
      class: "explorer-sql",
      spellcheck: "false",
      rows: 7,
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
      },
    });
    this.notes = el("input", { type: "checkbox", id: "explorer-footnotes", checked: true });
    this.runButton = el("button", { type: "button", class: "explorer-main", onclick: () => this.run() }, "Run");
    this.stopButton = el("button", { type: "button", disabled: true, onclick: () => this.engine.stop() }, "End the query");
    this.status = el("p", { class: "explorer-status", role: "status", "aria-live": "polite" });
    this.answer = el("div", {});
    this.root.replaceChildren(
      el("label", { for: "explorer-sql" }, "Query (SQLite; Ctrl and Enter run it)"),
      this.text,
      el("div", { class: "explorer-run" },
        this.runButton, this.stopButton,
        el("label", { class: "explorer-value" }, this.notes, el("span", {}, "with the sources of each row")),
        this.status),
      this.answer,
      el("h2", { id: "examples" }, "Examples"),
      el("ul", { class: "explorer-examples" }, EXAMPLES.map(({ title, sql }) => el("li", {},
        el("button", { type: "button", onclick: () => {
          this.text.value = sql;
          this.text.scrollIntoView({ block: "center" });
          this.run();
        } }, title)))),
      el("h2", { id: "tables" }, "Tables and columns"),
      ...this.schema(),
    );
  }

  schema() {
    return [...this.manifest.tables.values()].map(({ name, meaning, rows, fields }) => el(
      "details",
      {},
      el("summary", {}, el("code", {}, name), ` ${figure(rows)} rows`),
      el("p", {}, meaning),
      el("ul", {}, Object.entries(fields).map(([field, { kind, meaning: what }]) => el(
        "li", {}, el("code", {}, field),
        ["date", "quantity"].includes(kind) ? [", ", el("code", {}, `${field}_lower`), ", ", el("code", {}, `${field}_upper`)] : null,
        `: ${what}`))),
    ));
  }

  async run() {
    if (!this.stopButton.disabled) return;
    const sql = this.text.value;
    this.runButton.disabled = true;
    this.stopButton.disabled = false;
    this.answer.replaceChildren();
    delete this.root.dataset.answered;
    const address = `?${new URLSearchParams({ sql })}`;
    if (location.search !== address) history.pushState(null, "", address);
    try {
      await this.draw(await this.ask(sql));
    } catch (error) {
      this.explain(error);
    } finally {
      this.runButton.disabled = false;
      this.stopButton.disabled = true;
      this.root.dataset.answered = "1";
    }
  }

  explain(error) {
    say(this.status, error instanceof Ended ? error.message : "No answer.");
    if (error instanceof Ended) return;
    const text = error instanceof Refusal ? error.message : `SQLite says: ${error.message}.`;
    this.answer.replaceChildren(el("p", { class: "explorer-problem", role: "alert" }, text));
  }

  /** Ask with footnotes where that can be done exactly; where not, say why and ask without. */
  async ask(sql) {
    expectReading(sql);
    let refused = "";
    if (this.notes.checked) {
      try {
        const asked = footnoted(sql, await this.engine.aggregates());
        const { columns, rows, isCut } = await this.engine.run(asked.sql);
        const divided = rows.map((row) => split(row, asked.added));
        return {
          columns: unlike(columns.slice(0, columns.length - asked.added)),
          rows: divided.map((one) => one.row),
          footnotes: divided.map((one) => one.sources),
          isCut,
        };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused = error.message;
      }
    }
    const { columns, rows, isCut } = await this.engine.run(sql);
    return { columns: unlike(columns), rows, footnotes: null, isCut, refused };
  }

  async draw(answer) {
    const { columns, rows, footnotes, isCut, refused } = answer;
    const sources = footnotes ? await sourcesById(this.manifest.tables) : null;
    const numbers = new Map();
    for (const id of footnotes?.flat() ?? []) if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    const shown = rows.slice(0, SHOWN_ROWS);
    const more = rows.length > SHOWN_ROWS ? `; the first ${figure(SHOWN_ROWS)} are shown` : "";
    const cut = isCut ? `, cut at ${figure(rows.length)}` : "";
    say(this.status, `${figure(rows.length)} ${rows.length === 1 ? "row" : "rows"}${cut}${more}.`);
    this.answer.replaceChildren(
      ...(refused ? [el("p", { class: "explorer-refused" }, refused)] : []),
      el("div", { class: "explorer-scroll", tabindex: 0, role: "region", "aria-label": "Answer" },
        this.table(columns, shown, footnotes, numbers)),
      el("div", { class: "explorer-tools" },
        el("button", { type: "button", onclick: () => this.save("csv", answer, sources) }, "CSV"),
        el("button", { type: "button", onclick: () => this.save("json", answer, sources) }, "JSON")),
      ...(numbers.size ? this.list([...numbers.keys()], sources) : []),
    );
  }

  table(columns, rows, footnotes, numbers) {
    const head = columns.map((name) => el("th", { scope: "col" }, words(name)));
    if (footnotes) head.push(el("th", { scope: "col" }, "sources"));
    const lines = rows.map((row, at) => {
      const cells = row.map((value) => el("td", { class: looks(value) }, shownValue(value)));
      if (footnotes) cells.push(el("td", { class: "explorer-marks" }, marks(footnotes[at].map((id) => numbers.get(id)))));
      return el("tr", {}, cells);
    });
    return el("table", { class: "explorer-table" },
      el("caption", {}, "Answer to the query"),
      el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
  }

  list(ids, sources) {
    const items = ids.map((id, at) => this.note(id, at + 1, sources(id)));
    const rest = items.slice(SHOWN_NOTES);
    return [
      el("h2", { id: "sources" }, `Sources (${figure(ids.length)})`),
      el("ol", { class: "explorer-notes" }, items.slice(0, SHOWN_NOTES)),
      ...(rest.length ? [el("details", {}, el("summary", {}, `${figure(rest.length)} more sources`),
        el("ol", { class: "explorer-notes", start: SHOWN_NOTES + 1 }, rest))] : []),
    ];
  }

  note(id, number, { title, publisher, author, issued, url }) {
    const about = [author || publisher, issued].filter(Boolean).join(", ");
    return el("li", { id: `source-${number}`, "data-source": id },
      recordLink(this.manifest.pages, "sources", id, title || id),
      about ? ` (${about})` : "", ". ",
      url ? [outwardLink(url, "document"), " "] : null, el("code", {}, id));
  }

  save(form, { columns, rows, footnotes }, sources) {
    const { edition, schema_version, licence } = this.manifest;
    const name = `lunarprogrammes-${edition}-answer.${form}`;
    if (form === "csv") {
      const header = [...columns, ...(footnotes ? ["footnotes"] : []), "edition"];
      const lines = rows.map((row, at) => [
        ...row.map(shownValue), ...(footnotes ? [footnotes[at].join(";")] : []), edition]);
      saveFile(name, "text/csv", csv(header, lines));
      return;
    }
    const records = rows.map((row, at) => ({
      ...Object.fromEntries(columns.map((column, place) => [column, row[place]])),
      ...(footnotes ? { footnotes: footnotes[at] } : {}),
    }));
    const cited = Object.fromEntries([...new Set(footnotes?.flat() ?? [])].sort().map((id) => [id, sources(id)]));
    const about = { edition, schema_version, licence: licence.join(", "), address: location.href };
    saveFile(name, "application/json", `${JSON.stringify({ ...about, rows: records, sources: cited }, null, 1)}\n`);
  }
}

/** Tell how a value is set: figures to the right, and what is short in one piece. */
function looks(value) {
  if (typeof value === "number") return "explorer-figure";
  return shownValue(value).length <= SHORT ? "explorer-short" : null;
}

const shownValue = (value) => (value === null ? "" : String(value));

/** Write numbers of footnotes, neighbours together: 1–3, 7. */
function marks(numbers) {
  const runs = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (runs.at(-1)?.[1] === number - 1) runs.at(-1)[1] = number;
    else runs.push([number, number]);
  }
  return runs.flatMap(([first, last], at) => [
    at ? ", " : "",
    el("a", { href: `#source-${first}` }, first === last ? String(first) : `${first}–${last}`),
  ]);
}

/** Give columns of the same name different ones, so that a row can be an object. */
function unlike(names) {
  const made = [];
  for (const name of names) {
    let fresh = name;
    for (let count = 1; made.includes(fresh); count += 1) fresh = `${name}_${count}`;
    made.push(fresh);
  }
  return made;
}

async function sourcesById(tables) {
  const { columns, records } = await store.table(tables.get("sources"), 0);
  const places = new Map(records.map((id, row) => [id, row]));
  const fields = ["title", "author", "publisher", "issued", "url"];
  return (id) => Object.fromEntries(fields.map((field) => [field, columns[field][places.get(id)] ?? ""]));
}

async function start() {
  const root = document.getElementById("sql-root");
  try {
    new SqlPage(root, await store.manifest());
  } catch (error) {
    root.replaceChildren(el("p", { role: "alert" }, `The page could not start. ${error.message}`));
  }
}

start();
