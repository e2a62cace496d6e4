// The slider "as it was known on …": rewrites the values of the facts of one record.
// Data: days, and by field [place of the day, words, source], as `site/slider.py` writes them.
// Without this script the control stays hidden and the page shows what is known today.
(() => {
  const box = document.querySelector(".known-on");
  if (!box) return;
  const { days, fields } = JSON.parse(box.querySelector("script").textContent);
  const input = box.querySelector("input");
  const shown = box.querySelector("label span");
  const status = box.querySelector("[role=status]");
  const summary = status.textContent;
  const last = days.length - 1;

  // A row of the facts links to the dictionary entry of its field.
  const rows = [...document.querySelectorAll(".known-on ~ * tr, .known-on ~ table tr")]
    .map((row) => ({ cells: [...row.cells], name: row.querySelector("td a")?.hash.slice(1) }))
    .filter(({ name, cells }) => name in fields && cells.length === 3)
    .map(({ name, cells }) => ({ name, cells, now: cells.slice(1).map((cell) => [...cell.childNodes]) }));

  const known = (name, place) => fields[name].filter(([since]) => since <= place).at(-1);
  const source = (id) => {
    const link = document.createElement("a");
    link.href = `../sources/${id}.html`;
    link.textContent = id;
    return link;
  };

  const show = () => {
    const place = Number(input.value);
    const today = place === last;
    const day = today ? "today" : `on ${days[place]}`;
    let changed = 0;
    for (const { name, cells, now } of rows) {
      const [since, words, from] = known(name, place) ?? [];
      const other = !today && known(name, last) !== known(name, place);
      changed += other;
      if (!other) {
        cells.slice(1).forEach((cell, at) => cell.replaceChildren(...now[at]));
      } else {
        cells[1].replaceChildren(words ?? "not yet known");
        cells[2].replaceChildren(...(words && from && from !== "editors" ? [source(from)] : []));
      }
      cells[0].parentNode.classList.toggle("was-other", other);
      cells[0].parentNode.classList.toggle("is-new", !today && since === place);
    }
    shown.textContent = day;
    input.setAttribute("aria-valuetext", day);
    status.textContent = today ? summary : `As known ${day}, ${changed} of ${rows.length} facts were other than today.`;
  };

  input.addEventListener("input", show);
  box.hidden = false;
})();
