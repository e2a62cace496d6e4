// The database as the page sees it: loaded when it is needed, asked, and ended when it takes long.

import { tokens } from "./footnotes.js";
import { packedBytes, unpacked } from "./store.js";

export const TIME_LIMIT_S = 30;
const SMALL = { file: "tables.sqlite.gz", holds: (table) => table !== "claims" };
const LARGE = { file: "ledger.sqlite.gz", holds: () => true };
const LACKS_LEDGER = /no such table: (main\.)?(claims|evidence|contested)\b/i;

/** A query that was ended before it was answered. */
export class Ended extends Error {}

export class Engine {
  /** `indexes` holds statements by table, `tell` says what is going on. */
  constructor(indexes, tell, limitS = TIME_LIMIT_S) {
    this.limitS = limitS;
    this.indexes = indexes;
    this.tell = tell;
    this.packed = new Map();
    this.form = SMALL;
    this.tickets = 0;
    this.waiting = new Map();
  }

  /** Answer a query: `columns`, `rows` and `isCut`. */
  async run(sql) {
    expectOne(sql);
    try {
      return await this.ask(sql);
    } catch (error) {
      if (this.form === LARGE || !LACKS_LEDGER.test(error.message)) throw error;
      this.stop();
      this.form = LARGE;
      return this.ask(sql);
    }
  }

  /** The functions that count several records together. */
  async aggregates() {
    await this.ready();
    return this.known;
  }

  /** End whatever runs; the next query starts a worker of its own. */
  stop(why = "The query was ended.") {
    this.worker?.terminate();
    this.worker = null;
    this.opening = null;
    for (const { reject } of this.waiting.values()) reject(new Ended(why));
    this.waiting.clear();
  }

  async ask(sql) {
    await this.ready();
    this.tell("Asking…");
    const limit = setTimeout(
      () => this.stop(`The query was ended after ${this.limitS} seconds.`), this.limitS * 1000);
    try {
      return await this.send("run", { sql });
    } finally {
      clearTimeout(limit);
    }
  }

  ready() {
    this.opening ??= this.open();
    return this.opening;
  }

  async open() {
    const { file, holds } = this.form;
    const what = this.form === LARGE ? "the tables with the ledger of claims" : "the tables";
    const current = this.worker = new Worker(new URL("sql_worker.js", import.meta.url));
    try {
      if (!this.packed.has(file)) {
        this.packed.set(file, await packedBytes(file, (length, total) => {
          const part = total ? ` of ${megabytes(total)}` : "";
          this.tell(`Loading ${what}: ${megabytes(length)}${part} MB.`);
        }));
      }
      this.tell(`Opening ${what}…`);
      const bytes = await unpacked(this.packed.get(file));
      if (this.worker !== current) throw new Ended("The query was ended.");
      current.onmessage = ({ data }) => this.receive(data);
      current.onerror = (event) => this.fail(event.message);
      const indexes = Object.keys(this.indexes).filter(holds).flatMap((one) => this.indexes[one]);
      const { aggregates } = await this.send("open", { bytes, indexes });
      this.known = aggregates;
    } catch (error) {
      if (this.worker === current) this.stop();
      throw error;
    }
  }

  send(task, content) {
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve, reject) => {
      this.waiting.set(ticket, { resolve, reject });
      this.worker.postMessage({ ...content, task, ticket });
    });
  }

  receive({ ticket, answer, problem }) {
    const asked = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    if (problem === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(problem));
  }

  fail(message) {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}

/** Refuse a second query: SQLite would answer the first alone, without a word. */
function expectOne(sql) {
  const all = tokens(sql);
  const end = all.findIndex((token) => token.text === ";");
  if (end >= 0 && all.slice(end).some((token) => token.text !== ";")) {
    throw new Error("These are several queries. Expected one.");
  }
}

const megabytes = (length) => (length / 1e6).toFixed(1);
