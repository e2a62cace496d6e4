// The address of a selection: everything that decides what is shown, and nothing else.
//
//   ?table=missions&find=chang'e&status=planned&status=operating&launch_date=2020..2025!possibly
//   &sort=-launch_date&columns=name,status&page=2&size=200&open=change-5
//
// The word is `find`, because the theme opens its own search for `q`.
// A field of the table is a filter; `!possibly` also takes what cannot be ruled out.

const OWN = ["table", "find", "sort", "columns", "page", "size", "open"];
const BOUNDED = ["date", "quantity", "integer"];
export const SIZES = [50, 200, 1000, 5000];
const FIRST_TABLE = "missions";
// A field that is called like one of our own words, such as `table` of the claims.
const ESCAPE = "f.";

/** Tell whether a field is filtered by a range. */
export const isBounded = (field) => BOUNDED.includes(field.kind);

/** Read a state from a query string; what it does not understand it leaves out. */
export function readAddress(query, tables) {
  const asked = new URLSearchParams(query);
  const table = tables.has(asked.get("table")) ? asked.get("table") : FIRST_TABLE;
  const fields = tables.get(table).fields;
  const sort = asked.get("sort") ?? "";
  const columns = (asked.get("columns") ?? "").split(",").filter((name) => name in fields);
  const state = {
    table,
    q: asked.get("find") ?? "",
    facets: {},
    ranges: {},
    sort: sort.replace(/^-/, "") in fields ? sort : "",
    columns: columns.length ? columns : null,
    page: Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1),
    size: SIZES.find((size) => String(size) === asked.get("size")) ?? SIZES[0],
    open: asked.get("open") ?? "",
  };
  for (const [key, value] of asked) {
    const name = key.startsWith(ESCAPE) ? key.slice(ESCAPE.length) : key;
    if (!(name in fields) || (name === key && OWN.includes(key))) continue;
    if (isBounded(fields[name])) state.ranges[name] = readRange(value);
    else (state.facets[name] ??= []).push(value);
  }
  return state;
}

function readRange(text) {
  const [range, how] = text.split("!");
  const [from, to] = range.includes("..") ? range.split("..") : [range, range];
  return { from, to: to ?? "", possibly: how === "possibly" };
}

/** Write the query string of a state: the same state always gives the same one. */
export function writeAddress(state) {
  const made = new URLSearchParams();
  const key = (name) => (OWN.includes(name) ? ESCAPE + name : name);
  made.set("table", state.table);
  if (state.q) made.set("find", state.q);
  for (const name of Object.keys(state.facets).sort()) {
    for (const value of [...state.facets[name]].sort()) made.append(key(name), value);
  }
  for (const name of Object.keys(state.ranges).sort()) {
    const { from, to, possibly } = state.ranges[name];
    made.set(key(name), `${from}..${to}${possibly ? "!possibly" : ""}`);
  }
  if (state.sort) made.set("sort", state.sort);
  if (state.columns) made.set("columns", state.columns.join(","));
  if (state.page > 1) made.set("page", String(state.page));
  if (state.size !== SIZES[0]) made.set("size", String(state.size));
  if (state.open) made.set("open", state.open);
  return `?${made}`;
}
