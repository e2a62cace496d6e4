// The selection: which rows of a table are shown, in which order, and how many each filter leaves.
// Nothing here touches the page.

import { isBounded } from "./address.js";
import { limitsOf, within } from "./ranges.js";
import { compareTexts, fold, foldProse } from "./text.js";

const FACETED = ["term", "boolean", "reference", "slug"];
// A code or a free text becomes a facet where few values are repeated often.
const MOST_VALUES = 250;
const LEAST_REPETITION = 4;
const NOT_SEARCHED = ["sources", "contested"];

/** A loaded table with what selecting from it needs; each part is made when it is first asked for. */
export class Selection {
  constructor(described, content, names) {
    this.described = described;
    this.content = content;
    this.names = names;
    this.coded = new Map();
    this.haystacks = null;
  }

  get rows() {
    return this.content.rows;
  }

  text(field, row) {
    return this.content.columns[field][row];
  }

  /** What a cell is called: the name of the record that it refers to, or its own text. */
  label(field, text) {
    const target = this.described.fields[field].references;
    return (target && this.names.labels[target]?.[text]) || text;
  }

  /** What the record of a row is called. */
  title(row) {
    const { label, key } = this.described;
    const shown = key.includes("id") ? [label] : key;
    const texts = shown.map((field) => this.label(field, this.text(field, row))).filter(Boolean);
    return texts.join(", ") || this.content.records[row];
  }

  /** The fields that can be chosen from lists. */
  get facets() {
    return Object.keys(this.described.fields).filter((name) => this.isFacet(name));
  }

  isFacet(name) {
    const { kind } = this.described.fields[name];
    if (FACETED.includes(kind)) return this.codes(name).values.length > 1;
    if (name === "contested") return true;
    if (!["code", "text"].includes(kind)) return false;
    const { values, filled } = this.codes(name);
    return values.length <= MOST_VALUES && values.length * LEAST_REPETITION < filled;
  }

  /** The fields that can be limited to a range. */
  get ranges() {
    const { fields } = this.described;
    return Object.keys(fields).filter((name) => isBounded(fields[name]));
  }

  /**
   * A column as numbers: `at` gives for each row the number of its cell's text, `covers` for each
   * text the values it counts under. A part of a record counts under the whole too, as in
   * `where(programme="clep")`; a list counts under each of its items.
   */
  codes(name) {
    if (!this.coded.has(name)) this.coded.set(name, this.encode(name));
    return this.coded.get(name);
  }

  encode(name) {
    const field = this.described.fields[name];
    const parents = this.names.parents[field.references] ?? {};
    const numbers = new Map();
    const column = this.content.columns[name];
    const at = new Int32Array(column.length);
    let filled = 0;
    column.forEach((text, row) => {
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      at[row] = numbers.get(text);
      if (text) filled += 1;
    });
    const values = [...numbers.keys()];
    const covers = values.map((text) => {
      if (field.kind === "list") return text.split(";");
      const all = [text];
      for (let up = parents[text]; up && !all.includes(up); up = parents[up]) all.push(up);
      return all;
    });
    return { at, values, covers, filled };
  }

  /** For each row the texts to search in: its names folded, and its prose. */
  get searched() {
    this.haystacks ??= this.fold();
    return this.haystacks;
  }

  fold() {
    const { columns, records, aliases } = this.content;
    const { fields, label, key } = this.described;
    const searched = Object.keys(fields).filter((name) => !NOT_SEARCHED.includes(name));
    const asNames = searched.filter((name) => name === label || key.includes(name));
    const asProse = searched.filter((name) => !asNames.includes(name));
    const prose = new Map();
    const folded = (field, text) => {
      if (!text) return "";
      const shown = this.label(field, text);
      const whole = shown === text ? text : `${text} ${shown}`;
      if (!prose.has(whole)) prose.set(whole, foldProse(whole));
      return prose.get(whole);
    };
    return records.map((record, row) => {
      const own = asNames.flatMap((name) => [columns[name][row], this.label(name, columns[name][row])]);
      const other = aliases?.[row] ? aliases[row].split("\n") : [];
      return {
        names: `\n${[record, ...own, ...other].map(fold).join("\n")}\n`,
        prose: asProse.map((name) => folded(name, columns[name][row])).join("\n"),
      };
    });
  }

  /** Which rows have every word of a query, and how well: 0 is the name itself, 3 the prose. */
  search(query) {
    const asked = query.trim().split(/\s+/).map(fold).filter(Boolean);
    if (!asked.length) return null;
    const whole = asked.join("");
    return this.searched.map(({ names, prose }) => {
      if (!asked.every((word) => names.includes(word) || prose.includes(word))) return -1;
      if (names.includes(`\n${whole}\n`)) return 0;
      if (names.includes(`\n${whole}`)) return 1;
      return names.includes(whole) ? 2 : 3;
    });
  }

  /** One test of rows for each filter of a state, by the name of its field; `q` is the search. */
  tests(state) {
    const made = new Map();
    const found = this.search(state.q);
    if (found) made.set("q", (row) => found[row] >= 0);
    for (const [name, wanted] of Object.entries(state.facets)) {
      const { at, covers } = this.codes(name);
      const accepted = covers.map((all) => all.some((value) => wanted.includes(value)));
      made.set(name, (row) => accepted[at[row]]);
    }
    for (const [name, range] of Object.entries(state.ranges)) {
      const test = this.rangeTest(name, range);
      if (test) made.set(name, test);
    }
    return { tests: made, found };
  }

  rangeTest(name, range) {
    const { kind } = this.described.fields[name];
    const { from, to, wrong, isEmpty } = limitsOf(range, kind);
    if (wrong || isEmpty) return null;
    const column = this.content.columns[name];
    const { lower, upper } = this.content.bounds[name] ?? { lower: null, upper: null };
    return (row) => {
      if (!column[row]) return false;
      const low = lower ? lower[row] : Number(column[row]);
      const high = upper ? upper[row] : Number(column[row]);
      const answer = within(low, high, column[row] !== "unknown", from, to);
      return answer === "yes" || (range.possibly && answer === "possibly");
    };
  }

  /**
   * Choose rows: `chosen` in their order, and for each facet how many rows every value would leave,
   * all other filters kept.
   */
  choose(state) {
    const { tests, found } = this.tests(state);
    const named = [...tests];
    const facets = this.facets;
    const counts = new Map(facets.map((name) => [name, new Int32Array(this.codes(name).values.length)]));
    const chosen = [];
    for (let row = 0; row < this.rows; row += 1) {
      const failed = named.filter(([, test]) => !test(row));
      if (failed.length > 1) continue;
      if (!failed.length) chosen.push(row);
      const open = failed.length ? facets.filter((name) => name === failed[0][0]) : facets;
      for (const name of open) counts.get(name)[this.codes(name).at[row]] += 1;
    }
    const ordered = this.order(chosen, state.sort, found);
    return { chosen: ordered, counts: new Map(facets.map((name) => [name, this.counted(name, counts)])) };
  }

  counted(name, counts) {
    const { covers } = this.codes(name);
    const made = new Map();
    counts.get(name).forEach((count, code) => {
      for (const value of covers[code]) made.set(value, (made.get(value) ?? 0) + count);
    });
    return made;
  }

  /** Sort rows by a field, `-` for the reverse; what has no value comes last either way. */
  order(rows, sort, found) {
    if (!sort) return found ? [...rows].sort((a, b) => found[a] - found[b] || a - b) : rows;
    const isDown = sort.startsWith("-");
    const key = this.sortKey(sort.replace(/^-/, ""));
    const keys = new Map(rows.map((row) => [row, key(row)]));
    return [...rows].sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      if (one === null || other === null) {
        return one === other ? a - b : one === null ? 1 : -1;
      }
      const compared = typeof one === "number" ? one - other : compareTexts(one, other);
      return (isDown ? -compared : compared) || a - b;
    });
  }

  sortKey(name) {
    const { kind } = this.described.fields[name];
    const bounds = this.content.bounds[name];
    if (bounds?.rank) return (row) => bounds.rank[row];
    if (bounds) return (row) => bounds.lower[row] ?? bounds.upper[row];
    const column = this.content.columns[name];
    if (kind === "integer") return (row) => (column[row] ? Number(column[row]) : null);
    return (row) => (column[row] ? this.label(name, column[row]) : null);
  }
}
