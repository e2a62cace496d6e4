// Footnotes of a query: the sources on which each of its rows rests. The rule is that of
// `lunarprogrammes.sql_footnotes`: exactly or not at all. The sources of every record in FROM are
// asked for beside the columns; whatever lets records count that FROM does not name is refused.

const COLUMNS = { claims: "source", evidence: "source", sources: "id" };
const NO_SOURCES = ["decisions", "dictionary", "edition"];
// What ends the FROM of a query.
const AFTER_FROM = ["WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT"];
const JOINING = ["NATURAL", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "OUTER", "JOIN"];
const READING = ["SELECT", "WITH", "VALUES", "EXPLAIN"];

const TOKEN = new RegExp([
  String.raw`(?<space>\s+|--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
  String.raw`(?<text>[xX]?'(?:[^']|'')*')`,
  String.raw`(?<name>"(?:[^"]|"")*"|\x60(?:[^\x60]|\x60\x60)*\x60|\[[^\]]*\])`,
  String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
  String.raw`(?<number>\d[\w.]*|\.\d[\w.]*)`,
  String.raw`(?<sign>[\s\S])`,
].join("|"), "uy");

/** A query that can have no footnotes, and why; or no query at all. */
export class Refusal extends Error {}

/** Cut SQL into words and signs; `depth` counts the parentheses around each. */
export function tokens(sql) {
  const made = [];
  let depth = 0;
  for (const match of sql.matchAll(new RegExp(TOKEN, "guy"))) {
    const [kind, text] = Object.entries(match.groups).find((one) => one[1] !== undefined);
    if (kind === "space") continue;
    if (text === ")") depth -= 1;
    const word = kind === "word" ? text.toUpperCase() : "";
    made.push({ kind, text, word, depth, start: match.index, end: match.index + text.length });
    if (text === "(") depth += 1;
  }
  return made;
}

/** Refuse what does not only read; SQLite would refuse it too, in words that help less. */
export function expectReading(sql) {
  const [first] = tokens(sql);
  if (!first) throw new Refusal("There is no query. Write one, or choose an example.");
  if (!READING.includes(first.word)) {
    throw new Refusal("The dataset can only be read. Expected a query that begins with SELECT or WITH.");
  }
}

/**
 * Give a query that asks for its sources too, in columns at its end, and how many were added.
 * `aggregates` names the functions of the engine that count records together.
 */
export function footnoted(sql, aggregates) {
  const found = tokens(sql);
  while (found.at(-1)?.text === ";") found.pop();
  expectPlain(found);
  const from = found.findIndex((token, at) => isClause(found, at, "FROM"));
  if (from < 0) throw refusal("it reads no table");
  const after = found.findIndex((token, at) => at > from && AFTER_FROM.includes(token.word) && !token.depth);
  const end = after < 0 ? found.length : after;
  const references = tablesOf(found.slice(from + 1, end));
  const isGrouped = isAggregated(found, [...found.slice(0, from), ...found.slice(end)], aggregates);
  const columns = references.map((name) => (isGrouped ? `group_concat(DISTINCT ${name})` : name));
  const place = found[from].start;
  const whole = sql.slice(0, found.at(-1).end);
  return { sql: `${whole.slice(0, place)}, ${columns.join(", ")} ${whole.slice(place)}`, added: columns.length };
}

/** Give the columns of a row that were asked for, and the ids of its sources. */
export function split(row, added) {
  const asked = row.slice(0, row.length - added);
  const cells = row.slice(row.length - added).filter((cell) => cell !== null);
  const ids = cells.flatMap((cell) => {
    // Best first is the order within one record; records that are counted together have none.
    const joined = String(cell).split(",");
    const all = joined.flatMap((one) => one.split(";"));
    return joined.length > 1 ? [...new Set(all)].sort() : all;
  });
  return { row: asked, sources: [...new Set(ids)].filter(Boolean) };
}

function expectPlain(found) {
  if (found[0]?.word !== "SELECT") throw refusal("it is no plain SELECT");
  if (found[1]?.word === "DISTINCT") throw refusal("it has a DISTINCT; group by the columns instead");
  found.forEach((token, at) => {
    if (token.text === ";") throw refusal("these are several queries");
    if (at && ["SELECT", "VALUES"].includes(token.word)) throw refusal("it has a sub-query, or joins several queries");
    if (["UNION", "INTERSECT", "EXCEPT"].includes(token.word)) throw refusal("it joins several queries");
    if (token.word === "OVER" && found[at - 1].text === ")") throw refusal("it has a window function");
    if (token.word === "OVER" && found[at + 1]?.text === "(") throw refusal("it has a window function");
    // `x IN missions` reads a table that FROM does not name.
    if (token.word === "IN" && found[at + 1]?.text !== "(") throw refusal("it has a sub-query");
  });
}

/** Tell whether a word begins a clause; `IS DISTINCT FROM` does not. */
function isClause(found, at, word) {
  const token = found[at];
  return token.word === word && !token.depth && found[at - 1]?.word !== "DISTINCT";
}

/** Give the column of sources of each table in FROM, under the name that the query gives it. */
function tablesOf(found) {
  const parts = [[]];
  found.forEach((token) => {
    const isComma = token.text === "," && !token.depth;
    if (isComma || (token.word === "JOIN" && !token.depth)) parts.push([]);
    else if (token.depth || !JOINING.includes(token.word)) parts.at(-1).push(token);
  });
  return parts.map(reference);
}

function reference(part) {
  const [named, ...rest] = part;
  if (!named || named.depth || !["word", "name"].includes(named.kind)) {
    throw refusal("its FROM holds something else than tables");
  }
  const table = plain(named).toLowerCase();
  if (NO_SOURCES.includes(table) || table.startsWith("sqlite_") || table.startsWith("pragma_")) {
    throw refusal(`${table} rests on no sources`);
  }
  const has = rest[0]?.word === "AS" ? rest.slice(1) : rest;
  const [alias] = has;
  const isAlias = alias && !["ON", "USING"].includes(alias.word);
  if (isAlias && !["word", "name"].includes(alias.kind)) throw refusal("its FROM holds something else than tables");
  const next = isAlias ? has[1] : alias;
  if (next && !["ON", "USING"].includes(next.word)) throw refusal("its FROM holds something else than tables");
  const name = plain(isAlias ? alias : named).replaceAll('"', '""');
  return `"${name}"."${COLUMNS[table] ?? "sources"}"`;
}

/** Give a name without its quotation marks. */
function plain({ kind, text }) {
  return kind === "name" ? text.slice(1, -1).replaceAll('""', '"') : text;
}

function isAggregated(found, asked, aggregates) {
  if (found.some((token) => !token.depth && ["GROUP", "HAVING"].includes(token.word))) return true;
  return asked.some((token) => {
    const at = found.indexOf(token);
    if (token.kind !== "word" || found[at + 1]?.text !== "(") return false;
    const name = token.text.toLowerCase();
    if (!aggregates.includes(name)) return false;
    // Of several values, `min` and `max` choose within one row.
    return !["min", "max"].includes(name) || argumentsOf(found, at + 1) === 1;
  });
}

function argumentsOf(found, open) {
  const close = found.findIndex((token, at) => at > open && token.text === ")" && token.depth === found[open].depth);
  const inner = found.slice(open + 1, close);
  return 1 + inner.filter((token) => token.text === "," && token.depth === found[open].depth + 1).length;
}

const refusal = (why) => new Refusal(`The rows can have no footnotes: ${why}.`);
