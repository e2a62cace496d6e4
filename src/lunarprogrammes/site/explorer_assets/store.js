// What is loaded from the site, and when: each file once, when it is first needed.

const DATA = new URL("data/", import.meta.url);
/** The root of the site, whatever folder it is served from. */
export const SITE = new URL("../../", import.meta.url);
const AT_ONCE = 6;

const loaded = new Map();
let edition = "";

/** Give the bytes of a file as they lie on the server; tell how many have come. */
export async function packedBytes(name, onProgress = () => {}) {
  const address = new URL(name, DATA);
  if (edition) address.searchParams.set("edition", edition);
  const response = await fetch(address, { cache: edition ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${name} could not be loaded: ${response.status}.`);
  const total = Number(response.headers.get("Content-Length")) || 0;
  const reader = response.body.getReader();
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    onProgress(length, total);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Unpack gzip; a server that has had the browser unpack it already sends what it holds. */
export async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function once(name) {
  if (!loaded.has(name)) {
    const coming = packedBytes(name)
      .then(unpacked)
      .then((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
    // What failed is tried again when it is asked for again.
    coming.catch(() => loaded.delete(name));
    loaded.set(name, coming);
  }
  return loaded.get(name);
}

/** Give the edition and the description of every table, by name. */
export async function manifest() {
  const found = await once("manifest.json.gz");
  edition = found.edition;
  return { ...found, tables: new Map(found.tables.map((table) => [table.name, table])) };
}

/** Give what records are called, and of which other record each is a part. */
export const labels = () => once("labels.json.gz");

/** Give one table: `columns` of texts by field, `bounds`, `records`, `aliases`, `pieces`. */
export async function table(described, pieces, onProgress = () => {}) {
  if (described.name !== "claims") return decoded(await once(`tables/${described.name}.json.gz`));
  if (!loaded.has("ledger")) {
    const coming = wholeLedger(pieces, onProgress);
    coming.catch(() => loaded.delete("ledger"));
    loaded.set("ledger", coming);
  }
  return loaded.get("ledger");
}

/** Give one piece of the ledger. */
export async function piece(number) {
  return decoded(await once(`claims/${String(number).padStart(3, "0")}.json.gz`));
}

const decodedOf = new WeakMap();

function decoded(content) {
  if (!decodedOf.has(content)) {
    const columns = {};
    for (const [name, column] of Object.entries(content.columns)) {
      columns[name] = Array.isArray(column)
        ? column
        : column.at.map((place) => column.texts[place]);
    }
    decodedOf.set(content, { ...content, columns });
  }
  return decodedOf.get(content);
}

/** Read all pieces, in their order; the table of claims is nothing else. */
async function wholeLedger(count, onProgress) {
  const parts = new Array(count);
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      parts[number] = await piece(number);
      done += 1;
      onProgress(done, count);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const joined = (pick) => parts.flatMap(pick);
  const columns = {};
  for (const name of Object.keys(parts[0].columns)) columns[name] = joined((one) => one.columns[name]);
  const bounds = {};
  for (const name of Object.keys(parts[0].bounds)) {
    bounds[name] = {
      lower: joined((one) => one.bounds[name].lower),
      upper: joined((one) => one.bounds[name].upper),
    };
  }
  return {
    table: "claims",
    rows: columns.id.length,
    records: columns.id,
    columns,
    bounds,
    aliases: null,
    pieces: parts.flatMap((one, number) => new Array(one.rows).fill(number)),
  };
}
