// The selection as a file: CSV for spreadsheets, JSON for programs, both with their sources.

/** Give the fields of a download: those shown, and always key, sources and what is contested. */
export function fieldsOf(described, columns) {
  const wanted = new Set([...described.key, ...columns, "sources", "contested"]);
  return Object.keys(described.fields).filter((name) => wanted.has(name));
}

/** Quote a cell as RFC 4180 asks. */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Write rows of texts as CSV. */
export const csv = (header, rows) =>
  [header, ...rows].map((cells) => `${cells.map(quoted).join(",")}\n`).join("");

/** Write a selection as CSV; the last column names the edition, which a file name may lose. */
export function selectionCsv(selection, rows, fields, edition) {
  const lines = rows.map((row) => [...fields.map((name) => selection.text(name, row)), edition]);
  return csv([...fields, "edition"], lines);
}

/** Write a selection as JSON, with what it is, where it stands and the sources that it names. */
export function selectionJson(selection, rows, fields, about, sources) {
  const records = rows.map((row) =>
    Object.fromEntries(fields.map((name) => [name, selection.text(name, row)])));
  const named = new Set(
    rows.flatMap((row) => {
      const listed = selection.content.columns.sources ?? selection.content.columns.source;
      return listed[row] ? listed[row].split(";") : [];
    }),
  );
  const cited = Object.fromEntries([...named].sort().map((id) => [id, sources(id)]));
  const content = { ...about, table: selection.described.name, rows: records, sources: cited };
  return `${JSON.stringify(content, null, 1)}\n`;
}
