// SQLite in a worker of its own: whatever a query does, the page stays alive and can end it.
// A classic worker, because SQLite's script is no module. It loads nothing but SQLite's two files.

importScripts("sqlite/sql-wasm-browser.js");

const MOST_ROWS = 100000;
const AGGREGATES = "SELECT DISTINCT name FROM pragma_function_list WHERE type IN ('a', 'w')";
let database = null;

/** Open a database given as bytes, make its indexes, and let nobody write to it. */
async function open({ bytes, indexes }) {
  const engine = await initSqlJs({
    locateFile: (file) => `sqlite/${file}`,
    useOldExtensionFunctions: false,
  });
  database = new engine.Database(bytes);
  for (const statement of indexes) database.run(statement);
  database.run("PRAGMA query_only = ON");
  return { aggregates: database.exec(AGGREGATES)[0].values.map(([name]) => name) };
}

/** Answer one query; more rows than can be looked at are left out, and that is said. */
function run({ sql }) {
  const statements = database.iterateStatements(sql);
  const { value: statement, done } = statements.next();
  if (done) throw new Error("There is no query.");
  try {
    const columns = statement.getColumnNames();
    const rows = [];
    let isCut = false;
    while (statement.step()) {
      if (rows.length === MOST_ROWS) {
        isCut = true;
        break;
      }
      rows.push(statement.get());
    }
    return { columns, rows, isCut };
  } finally {
    statement.free();
  }
}

const TASKS = { open, run };

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ ticket: data.ticket, answer: await TASKS[data.task](data) });
  } catch (error) {
    postMessage({ ticket: data.ticket, problem: String(error?.message ?? error) });
  }
});
