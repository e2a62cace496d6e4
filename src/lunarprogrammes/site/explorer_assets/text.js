// Texts for comparison: the same folding as `lunarprogrammes.find.fold`.

const cache = new Map();

/** Fold a name: lower case, without accents, hyphens, spaces or apostrophes. */
export function fold(text) {
  let folded = cache.get(text);
  if (folded === undefined) {
    folded = text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    cache.set(text, folded);
  }
  return folded;
}

/** Fold prose: as a name, but its words stay apart. */
export function foldProse(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’ʼ`\-‐‑]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ");
}

/** Compare two texts for a listing; figures in them count as figures. */
export const compareTexts = new Intl.Collator("en", { numeric: true }).compare;
