// The filters beside the table: lists with counts, and ranges.

import { el, figure, words } from "./elements.js";
import { limitsOf } from "./ranges.js";

const SHOWN = 10;
const OPEN_AT_FIRST = 3;
const SEARCHED_FROM = 15;

/** Draws the filters of one selection; `onChange` receives what is to change in the state. */
export class Facets {
  constructor(place, onChange) {
    this.place = place;
    this.onChange = onChange;
    this.opened = new Map();
    this.wholly = new Set();
    this.sought = new Map();
  }

  /** Forget what was unfolded: another table has other filters. */
  reset() {
    this.opened.clear();
    this.wholly.clear();
    this.sought.clear();
  }

  draw(selection, state, counts) {
    const focused = document.activeElement?.id;
    const { facets, ranges } = selection;
    const drawn = [
      ...facets.map((name, place) => this.facet(selection, state, name, counts.get(name), place)),
      ...ranges.map((name) => this.range(selection, state, name)),
    ];
    this.place.replaceChildren(...drawn);
    // What was changed by keyboard keeps the focus, though it has been drawn again.
    if (focused && this.place.contains(document.getElementById(focused))) {
      document.getElementById(focused).focus();
    }
  }

  folding(name, isActive, isOpen, ...content) {
    const open = this.opened.get(name) ?? (isActive || isOpen);
    return el(
      "details",
      {
        class: "explorer-facet",
        "data-field": name,
        open,
        ontoggle: (event) => this.opened.set(name, event.target.open),
      },
      el("summary", { id: `summary-${name}` }, words(name), isActive ? " (filtered)" : ""),
      ...content,
    );
  }

  facet(selection, state, name, counted, place) {
    const wanted = state.facets[name] ?? [];
    const field = selection.described.fields[name];
    const listed = [...counted]
      .filter(([value, count]) => count > 0 || wanted.includes(value))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const list = el("div", { class: "explorer-values" });
    const fill = () => {
      const sought = (this.sought.get(name) ?? "").toLowerCase();
      const matching = listed.filter(([value]) =>
        `${value} ${selection.label(name, value)}`.toLowerCase().includes(sought));
      const shown = this.wholly.has(name) ? matching : matching.slice(0, SHOWN);
      const chosen = matching.filter((one) => wanted.includes(one[0]) && !shown.includes(one));
      list.replaceChildren(
        ...[...shown, ...chosen].map(([value, count]) =>
          this.choice(selection, name, value, count, wanted)),
        ...(matching.length > SHOWN ? [this.more(name, matching.length, fill)] : []),
      );
    };
    fill();
    const search = listed.length < SEARCHED_FROM ? null : el("input", {
      type: "search",
      id: `seek-${name}`,
      class: "explorer-seek",
      "aria-label": `Find a value of ${words(name)}`,
      placeholder: "Find a value",
      value: this.sought.get(name) ?? "",
      oninput: (event) => {
        this.sought.set(name, event.target.value);
        fill();
      },
    });
    const group = el("fieldset", {}, el("legend", {}, field.meaning), search, list);
    return this.folding(name, wanted.length > 0, place < OPEN_AT_FIRST, group);
  }

  more(name, count, fill) {
    const isWhole = this.wholly.has(name);
    return el(
      "button",
      {
        type: "button",
        class: "explorer-quiet",
        onclick: (event) => {
          if (isWhole) this.wholly.delete(name);
          else this.wholly.add(name);
          const list = event.target.parentElement;
          fill();
          list.querySelector("button")?.focus();
        },
      },
      isWhole ? "Show fewer" : `Show all ${figure(count)}`,
    );
  }

  choice(selection, name, value, count, wanted) {
    const { terms } = selection.described.fields[name];
    const box = el("input", {
      type: "checkbox",
      id: `facet-${name}-${value}`,
      checked: wanted.includes(value),
      onchange: (event) => {
        const left = wanted.filter((one) => one !== value);
        this.onChange({ facet: name, values: event.target.checked ? [...left, value] : left });
      },
    });
    const label = value ? selection.label(name, value) : "not stated";
    return el(
      "label",
      { class: "explorer-value", title: terms?.[value] ?? null, "data-value": value },
      box,
      el("span", { class: value ? "explorer-name" : "explorer-name explorer-none" }, label),
      el("span", { class: "explorer-count" }, figure(count)),
    );
  }

  range(selection, state, name) {
    const field = selection.described.fields[name];
    const range = state.ranges[name] ?? { from: "", to: "", possibly: false };
    const { wrong } = limitsOf(range, field.kind);
    const isDate = field.kind === "date";
    const hint = isDate ? "2026, 2026-05 or 2026-05-17" : `a figure${field.unit ? ` in ${field.unit}` : ""}`;
    const change = (part) => {
      const made = { ...(state.ranges[name] ?? range), ...part };
      this.onChange({ range: name, values: made.from || made.to ? made : null });
    };
    const side = (which) => el(
      "label",
      { class: "explorer-bound" },
      el("span", {}, which),
      el("input", {
        type: "text",
        inputmode: isDate ? "text" : "decimal",
        size: 10,
        id: `range-${name}-${which}`,
        value: range[which],
        "aria-label": `${words(name)} ${which}: ${hint}`,
        "aria-invalid": wrong === which ? "true" : null,
        onchange: (event) => change({ [which]: event.target.value.trim() }),
      }),
    );
    const doubt = el(
      "label",
      { class: "explorer-value" },
      el("input", {
        type: "checkbox",
        id: `range-${name}-possibly`,
        checked: range.possibly,
        onchange: (event) => change({ possibly: event.target.checked }),
      }),
      el("span", {}, "also what may possibly lie in it"),
    );
    const problem = wrong
      ? el("p", { class: "explorer-problem", role: "alert" }, `Expected ${hint}, the start before the end.`)
      : null;
    const legend = `${field.meaning} Expected: ${hint}.`;
    const group = el(
      "fieldset",
      {},
      el("legend", {}, legend),
      el("div", { class: "explorer-bounds" }, side("from"), side("to")),
      field.kind === "integer" ? null : doubt,
      problem,
    );
    return this.folding(name, Boolean(state.ranges[name]), false, group);
  }
}
