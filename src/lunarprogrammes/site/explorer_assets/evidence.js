// Where a row comes from: for each cell its claims with source, place, date and standing.

import { el, figure, outwardLink, words } from "./elements.js";
import { recordLink, selectionPage } from "./links.js";
import * as store from "./store.js";

const STANDINGS = ["chosen", "supporting", "superseded", "rejected"];
const SHOWN = 4;
const EXISTENCE = "*";
const EDITORS = "editors";

/** Fill a place with the evidence for a row; what fails to load is said there. */
export async function showEvidence(selection, row, place, { tables, pages }) {
  try {
    place.replaceChildren(...(await accounts(selection, row, tables, pages)));
  } catch (error) {
    place.replaceChildren(el("p", { class: "explorer-problem", role: "alert" }, String(error.message)));
  }
}

async function accounts(selection, row, tables, pages) {
  const { name } = selection.described;
  const about = name === "sources" ? [aboutSource(selection, row, pages)] : [];
  const number = selection.content.pieces[row];
  if (number === null) return [...about, el("p", {}, "No claim speaks of this record.")];
  const [piece, sources] = await Promise.all([store.piece(number), sourcesById(tables)]);
  const own = name === "claims"
    ? { table: selection.text("table", row), record: selection.text("record", row), field: selection.text("field", row) }
    : { table: name, record: selection.content.records[row], field: null };
  const cells = cellsOf(piece, own);
  const order = Object.keys(tables.get(own.table).fields);
  const sorted = [...cells].sort((a, b) => place(order, a[0]) - place(order, b[0]));
  const named = (field, value) => called(tables.get(own.table).fields[field], value, selection.names);
  const told = sorted.map(([field, claims]) =>
    account({ ...own, field, named }, claims, piece.reasons, sources, pages));
  return [...about, ...told];
}

/** Give a value with the name of the record that it refers to. */
function called(field, value, names) {
  const name = names.labels[field?.references]?.[value];
  return name && name !== value ? `${name} (${value})` : value;
}

// That the record exists is said last: it is what the fewest ask.
const place = (order, field) => (field === EXISTENCE ? order.length : order.indexOf(field));

function aboutSource(selection, row, pages) {
  const id = selection.text("id", row);
  const address = selection.text("url", row);
  return el(
    "p",
    {},
    address ? [outwardLink(address, "Open the document"), ". "] : null,
    recordLink(pages, "sources", id, "Page of the source"),
    ". ",
    el("a", { href: selectionPage(`?table=claims&source=${encodeURIComponent(id)}`) }, "All claims read in it"),
    " (loads the whole ledger).",
  );
}

let byId = null;

async function sourcesById(tables) {
  const { columns, records } = await store.table(tables.get("sources"), 0);
  byId ??= new Map(records.map((id, row) => [id, row]));
  return (id) => {
    const row = byId.get(id);
    return (field) => (row === undefined ? "" : columns[field][row]);
  };
}

/** Gather the claims of a record, or of one of its cells, by field. */
function cellsOf(piece, { table, record, field }) {
  const { columns } = piece;
  const cells = new Map();
  for (let at = 0; at < piece.rows; at += 1) {
    if (columns.table[at] !== table || columns.record[at] !== record) continue;
    if (field !== null && columns.field[at] !== field) continue;
    const claim = Object.fromEntries(Object.entries(columns).map(([key, texts]) => [key, texts[at]]));
    if (!cells.has(claim.field)) cells.set(claim.field, []);
    cells.get(claim.field).push(claim);
  }
  for (const claims of cells.values()) claims.sort(byStanding);
  return cells;
}

function byStanding(a, b) {
  const order = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);
  return order || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : 1);
}

function account({ table, record, field, named }, claims, reasons, sources, pages) {
  const { verdict } = claims[0];
  const chosen = claims.find((claim) => claim.standing === "chosen");
  const reason = reasons.own[`${table} ${record} ${field}`] ?? reasons.usual[verdict];
  const what = field === EXISTENCE
    ? "The record itself"
    : [words(field), ": ", el("strong", {}, chosen ? named(field, chosen.value) : "(empty)")];
  const listed = claims.map((claim) => testimony(claim, sources(claim.source), pages));
  const rest = listed.length - SHOWN > 1 ? listed.slice(SHOWN) : [];
  return el(
    "section",
    { class: "explorer-cell", "data-field": field },
    el("h2", {}, what, " ", el("span", { class: `explorer-verdict explorer-${verdict}` }, verdict)),
    el("p", { class: "explorer-reason" }, reason),
    el("ul", {}, listed.slice(0, listed.length - rest.length)),
    rest.length
      ? el("details", {}, el("summary", {}, `${figure(rest.length)} more claims`), el("ul", {}, rest))
      : null,
  );
}

function testimony(claim, source, pages) {
  const title = source("title") || claim.source;
  const publisher = source("publisher") || source("author");
  const tail = [
    publisher,
    when(claim, source),
    source("tier"),
    claim.certainty === "stated" ? "" : claim.certainty,
    claim.cites ? `citing ${claim.cites}` : "",
  ].filter(Boolean);
  const address = source("url");
  return el(
    "li",
    { "data-claim": claim.id },
    el("span", { class: `explorer-standing explorer-${claim.standing}` }, claim.standing),
    " ",
    claim.field === EXISTENCE ? null : [el("q", {}, claim.value || "(empty)"), " "],
    recordLink(pages, "sources", claim.source, title),
    `, ${claim.locator}. `,
    tail.length ? `${tail.join(", ")}. ` : null,
    claim.remark ? [el("em", {}, claim.remark), " "] : null,
    address ? [outwardLink(address, "document"), " "] : null,
    el("code", { title: "Id of the claim" }, claim.id),
  );
}

function when(claim, source) {
  if (claim.as_of) return `as of ${claim.as_of}`;
  if (claim.source === EDITORS) return "";
  const issued = source("issued_probable") || source("issued");
  if (issued) return `published ${issued}`;
  return source("accessed") ? `read ${source("accessed")}` : "";
}
