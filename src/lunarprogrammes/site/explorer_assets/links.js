// Addresses of pages of the site, made from where the scripts lie.

import { el } from "./elements.js";
import { SITE } from "./store.js";

/** Give the address of a record's page, or null where it has none. */
export function recordPage(pages, table, record) {
  if (!pages.of_records.includes(table)) return null;
  return new URL(`records/${table}/${record}${pages.suffix}`, SITE).href;
}

/** Make a link to a record's page, or its text where it has none. */
export function recordLink(pages, table, record, text) {
  const address = recordPage(pages, table, record);
  return address ? el("a", { href: address }, text) : document.createTextNode(text);
}

/** Give the address of the page of the dictionary on a table. */
export const dictionaryPage = (pages, table) =>
  new URL(`dictionary/${table}${pages.suffix}`, SITE).href;

/** Give the address of a selection in the explorer. */
export const selectionPage = (query) => new URL(`explorer/${query}`, SITE).href;
