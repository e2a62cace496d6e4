// Ranges over uncertain dates and figures: three-valued, as `UncertainDate.within` is.

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Give the first or last day that a typed date means, or null where it is none. */
export function dayOf(text, isEnd) {
  const parts = DATE.exec(text.trim());
  if (!parts) return null;
  const [, year, month, day] = parts;
  const lastMonth = month ?? (isEnd ? "12" : "01");
  const daysOfMonth = new Date(Date.UTC(Number(year), Number(lastMonth), 0)).getUTCDate();
  const lastDay = day ?? (isEnd ? String(daysOfMonth) : "01");
  if (lastMonth < "01" || lastMonth > "12" || lastDay < "01" || Number(lastDay) > daysOfMonth) {
    return null;
  }
  return `${year}-${lastMonth}-${lastDay}`;
}

/** Give the limits of a range as values to compare with bounds; `wrong` names a side that is none. */
export function limitsOf(range, kind) {
  const read = (text, isEnd) => {
    if (!text.trim()) return null;
    if (kind === "date") return dayOf(text, isEnd) ?? undefined;
    const number = Number(text);
    return Number.isNaN(number) ? undefined : number;
  };
  const from = read(range.from, false);
  const to = read(range.to, true);
  const wrong = from === undefined ? "from" : to === undefined ? "to" : "";
  const isEmpty = from === null && to === null;
  const isReversed = !wrong && from !== null && to !== null && from > to;
  return { from, to, wrong: isReversed ? "to" : wrong, isEmpty };
}

/**
 * Tell whether a value lies within limits: "yes", "possibly" or "no".
 *
 * A bound that is null is open; a value that its source calls unknown has no bounds and may lie
 * anywhere. `isKnown` tells it from one that is open at both ends.
 */
export function within(lower, upper, isKnown, from, to) {
  const afterStart = from === null || (lower !== null && lower >= from);
  const beforeEnd = to === null || (upper !== null && upper <= to);
  if (isKnown && afterStart && beforeEnd) return "yes";
  const isOut = (from !== null && upper !== null && upper < from)
    || (to !== null && lower !== null && lower > to);
  return isOut ? "no" : "possibly";
}
