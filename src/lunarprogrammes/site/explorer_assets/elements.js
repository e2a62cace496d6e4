// Elements of the page. Every text becomes a text node, never markup, whatever a source wrote.

/** Make an element: `on…` properties are listeners, `null` and `false` leave an attribute out. */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return made;
}

/** Make a link that leaves the site; what is no http or https address stays text. */
export function outwardLink(address, text = address) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    return document.createTextNode(text);
  }
  if (!["http:", "https:"].includes(parsed.protocol)) return document.createTextNode(text);
  return el("a", { href: parsed.href, rel: "noopener noreferrer external" }, text);
}

/** Say something to those who hear the page and those who see it. */
export function say(status, text) {
  if (status.textContent !== text) status.textContent = text;
}

/** Give the name of a field as words: `launch_date` is "launch date". */
export const words = (field) => field.replaceAll("_", " ");

/** Write a number with thousands apart. */
export const figure = (number) => number.toLocaleString("en-GB");

/** Offer a text as a file. */
export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
