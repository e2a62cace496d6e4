// Wakes every picture of a page: draws it, lets the keyboard walk its marks, zooms and moves it.
// `vegaEmbed` and STYLE, the style sheet as a string, are given by whoever puts this in a page.
const style = document.createElement("style");
style.textContent = STYLE;
document.head.appendChild(style);

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

// Marks lead to the page of their record or field through the table of the page, whose links are
// right wherever the page lies.
const keyOf = ({ table, record, field }) => {
  if (record) return `records/${table}/${record}`;
  return field ? `dictionary/${table}#${field}` : "";
};
const links = new Map();
for (const link of document.querySelectorAll("a[href]")) {
  const address = link.href.replace(/(\/index\.html|\.html|\/)(?=#|$)/, "");
  const found = /(records\/[^/]+\/[^/#?]+|dictionary\/[^/#]+#[^#]+)$/.exec(address);
  if (found && !links.has(found[1])) links.set(found[1], link);
}
const linkOf = (mark) => links.get(keyOf(mark.__data__.datum));

// Whether a mark is in sight: what was zoomed out of the frame is there, and clipped.
const inSight = (mark, frames) => {
  const panel = mark.closest("g.role-scope, g.role-frame");
  if (!frames.has(panel)) {
    frames.set(panel, panel.querySelector("path.background").getBoundingClientRect());
  }
  const frame = frames.get(panel);
  const box = mark.getBoundingClientRect();
  const across = box.right >= frame.left && box.left <= frame.right;
  return across && box.bottom >= frame.top && box.top <= frame.bottom;
};

// The marks that say something, in the order of reading: panel by panel, and as the data where they
// are of one kind (a network, a map, a staircase), else line by line.
const marksOf = (place) => {
  const frames = new Map();
  const marks = [...place.querySelectorAll("svg [aria-label]")].filter(
    (mark) => mark.__data__?.datum?.about && inSight(mark, frames),
  );
  const kinds = new Set(marks.map((mark) => mark.parentNode));
  if (kinds.size < 2) return marks;
  const panels = [...new Set(marks.map((mark) => mark.closest("g.role-scope")))];
  const placed = marks.map((mark) => {
    const { left, top, height } = mark.getBoundingClientRect();
    const panel = panels.indexOf(mark.closest("g.role-scope"));
    return { mark, panel, line: Math.round((top + height / 2) / 8), left };
  });
  placed.sort((a, b) => a.panel - b.panel || a.line - b.line || a.left - b.left);
  return placed.map(({ mark }) => mark);
};

// Shows which mark has the focus: a ring around it (a line is drawn thicker instead), and its tip.
const pointing = (view, place) => {
  const ring = document.createElement("div");
  ring.className = "lp-ring";
  ring.hidden = true;
  place.append(ring);
  return {
    show(mark) {
      const box = mark.getBoundingClientRect();
      const frame = place.getBoundingClientRect();
      ring.hidden = mark.tagName === "line";
      ring.style.left = `${box.left - frame.left + place.scrollLeft - 6}px`;
      ring.style.top = `${box.top - frame.top + place.scrollTop - 6}px`;
      ring.style.width = `${box.width + 12}px`;
      ring.style.height = `${box.height + 12}px`;
      const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
      view.tooltip()(null, at, mark.__data__, mark.__data__.datum.about);
    },
    hide() {
      ring.hidden = true;
      view.tooltip()(null, { clientX: 0, clientY: 0 }, null, null);
    },
  };
};

const STEPS = {
  ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1,
  PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity,
};

// One mark at a time is in the order of the Tab key; the arrows hand this on.
const walking = (view, place, keys) => {
  const pointer = pointing(view, place);
  let current = "";
  const holder = () => place.querySelector("svg [tabindex]");
  const hold = (mark) => {
    const before = holder();
    if (before !== mark) before?.removeAttribute("tabindex");
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", linkOf(mark) ? "link" : "img");
    current = mark.__data__.datum.about;
  };
  const settle = () => {
    const marks = marksOf(place);
    for (const mark of marks) mark.classList.toggle("lp-leads", Boolean(linkOf(mark)));
    const same = marks.find((mark) => mark.__data__.datum.about === current) ?? marks[0];
    if (same) {
      hold(same);
      place.removeAttribute("tabindex");
    } else {
      place.setAttribute("tabindex", "0");
    }
    if (same && document.activeElement === same) pointer.show(same);
  };
  place.addEventListener("keydown", (event) => {
    const mark = event.target;
    if (mark !== holder() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") linkOf(mark)?.click();
    else if (event.key === "Escape") keys.focus();
    else if (event.key in STEPS) {
      const marks = marksOf(place);
      const next = marks[clamp(marks.indexOf(mark) + STEPS[event.key], 0, marks.length - 1)];
      hold(next);
      next.focus();
    } else return;
    event.preventDefault();
  });
  place.addEventListener("focusin", (event) => {
    if (event.target === holder()) pointer.show(event.target);
  });
  place.addEventListener("focusout", pointer.hide);
  window.addEventListener("scroll", () => {
    const mark = holder();
    if (mark && mark === document.activeElement) pointer.show(mark);
  }, { passive: true });
  afterDrawing(place, settle);
  settle();
};

// Filters and movements draw marks anew.
const afterDrawing = (place, settle) => {
  let waits = false;
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      settle();
    });
  }).observe(place.querySelector("svg"), { childList: true, subtree: true });
};

// Vega-Lite cannot place names so that none hides another; Vega can. Each name of the layer `names`
// goes beside its mark of the layer `sites`, or further off with a line to it, anew for every view.
const labelled = (spec) => {
  const layer = spec.marks.find((mark) => mark.name === "names_marks");
  if (!layer) return spec;
  const { x, y, fill, fontSize } = layer.encode.update;
  const mute = { clip: true, aria: false, interactive: false };
  const sides = [
    "right", "left", "top-right", "bottom-right", "top-left", "bottom-left", "top", "bottom",
  ];
  const distances = [5, 14, 24, 36, 48];
  const far = "abs(datum.x - datum.datum.x) > 10 || abs(datum.y - datum.datum.y) > 10";
  spec.marks.splice(spec.marks.indexOf(layer), 1, {
    ...mute, name: "named", type: "symbol", from: layer.from,
    encode: { update: { x, y, size: { value: 46 }, opacity: { value: 0 } } },
  }, {
    ...mute, name: "names", type: "text", from: { data: "named" },
    encode: { update: { text: { field: "datum.label" }, fill, fontSize } },
    transform: [{
      type: "label", size: { signal: "[width, height]" }, sort: { field: "datum.datum.rank" },
      anchor: distances.flatMap(() => sides),
      offset: distances.flatMap((distance) => sides.map(() => distance)),
      avoidMarks: ["sites_marks"],
    }],
  }, {
    ...mute, type: "rule", from: { data: "names" },
    encode: { update: {
      x: { field: "x" }, y: { field: "y" }, x2: { field: "datum.x" }, y2: { field: "datum.y" },
      stroke: fill, strokeWidth: { value: 0.8 },
      opacity: { signal: `datum.opacity && (${far}) ? 0.8 : 0` },
    } },
  });
  return spec;
};

// The plot that a movement is about: that beneath the pointer, else the widest of the picture.
const plotAt = (place, clientX) => {
  const boxes = [...place.querySelectorAll("svg path.background")]
    .map((path) => path.getBoundingClientRect())
    .sort((one, other) => other.width - one.width);
  const holds = (box) => box.width > 100 && box.left <= clientX && clientX <= box.right;
  return boxes.find(holds) ?? boxes[0];
};

// A map: what is beneath the pointer stays there while it grows.
const mapMover = (view, limits) => {
  const pan = (plot, dx, dy, zoom) => {
    const pixels = view.signal("pixels") * zoom * (plot.width / view.width());
    const turned = view.signal("turn") - dx / pixels;
    const tilted = view.signal("tilt") + dy / pixels;
    view.signal("turn", Math.round((((turned + 540) % 360) - 180) * 10) / 10);
    view.signal("tilt", Math.round(clamp(tilted, limits.tilt.min, limits.tilt.max) * 10) / 10);
  };
  return {
    names: ["zoom", "turn", "tilt"],
    move: (plot, dx, dy) => pan(plot, dx, dy, view.signal("zoom")),
    zoom(plot, factor, at) {
      const before = view.signal("zoom");
      const wanted = Math.round(before * factor * 100) / 100;
      const after = clamp(wanted, limits.zoom.min, limits.zoom.max);
      view.signal("zoom", after);
      if (!at) return;
      const kept = before / after - 1;
      const away = [at.x - plot.left - plot.width / 2, at.y - plot.top - plot.height / 2];
      pan(plot, away[0] * kept, away[1] * kept, before);
    },
  };
};

// An axis of time: its sliders hold whole years, movements the fractions between two of them.
const timeMover = (view, limits) => {
  const first = limits.from.min;
  const last = limits.to.max;
  let exact = null;
  const ends = () => {
    const now = [view.signal("from"), view.signal("to")];
    return exact?.every((end, place) => Math.round(end) === now[place]) ? exact : now;
  };
  const set = (from, length) => {
    const kept = clamp(length, 1, last - first);
    const begin = clamp(from, first, last - kept);
    exact = [begin, begin + kept];
    view.signal("from", Math.min(Math.round(begin), last - 1));
    view.signal("to", Math.max(Math.round(begin + kept), Math.round(begin) + 1));
  };
  return {
    names: ["from", "to"],
    move(plot, dx) {
      const [from, to] = ends();
      set(from - (dx / plot.width) * (to - from), to - from);
    },
    zoom(plot, factor, at) {
      const [from, to] = ends();
      const share = at ? clamp((at.x - plot.left) / plot.width, 0, 1) : 0.5;
      set(from + (to - from) * share * (1 - 1 / factor), (to - from) / factor);
    },
  };
};

const moverOf = (view, spec) => {
  const limits = {};
  for (const param of spec.params ?? []) if (param.bind) limits[param.name] = param.bind;
  if (limits.zoom) return mapMover(view, limits);
  return limits.from ? timeMover(view, limits) : null;
};

const buttons = (controls, press) => {
  const group = document.createElement("div");
  group.className = "lp-zoom";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Zoom");
  const offered = [
    ["+", "Zoom in", 1.5], ["\u2212", "Zoom out", 1 / 1.5], ["Reset", "Reset zoom", 0],
  ];
  for (const [sign, says, factor] of offered) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = says;
    button.setAttribute("aria-label", says);
    button.addEventListener("click", () => press(factor));
    group.append(button);
  }
  controls.prepend(group);
};

// Wheel with Ctrl, two fingers, dragging with a mouse, and buttons for who has none of these.
const moving = (view, place, controls, mover) => {
  place.classList.add("lp-moves");
  const start = mover.names.map((name) => [name, view.signal(name)]);
  const zoom = (factor, at) => {
    mover.zoom(plotAt(place, at?.x), factor, at);
    view.runAsync();
  };
  const move = (from, to) => {
    mover.move(plotAt(place, to.x), to.x - from.x, to.y - from.y);
    view.runAsync();
  };
  buttons(controls, (factor) => {
    if (factor) zoom(factor, null);
    else for (const [name, value] of start) view.signal(name, value);
    view.runAsync();
  });
  place.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const turned = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoom(Math.exp(-clamp(turned, -120, 120) / 400), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  dragging(place, move);
  pinching(place, zoom, move);
};

const dragging = (place, move) => {
  let last = null;
  let dragged = false;
  place.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0 && event.target.closest("svg")) {
      last = { x: event.clientX, y: event.clientY };
    }
  });
  window.addEventListener("pointerup", () => { last = null; });
  window.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = { x: event.clientX, y: event.clientY };
    if (!dragged && Math.hypot(here.x - last.x, here.y - last.y) < 4) return;
    dragged = true;
    move(last, here);
    last = here;
  });
  // The end of a drag upon a mark is no click on it.
  place.addEventListener("click", (event) => { if (dragged) event.stopPropagation(); }, true);
};

const pinching = (place, zoom, move) => {
  let last = null;
  const held = ([one, other]) => ({
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
  });
  const begin = (event) => { last = event.touches.length === 2 ? held(event.touches) : null; };
  place.addEventListener("touchstart", begin, { passive: true });
  place.addEventListener("touchend", begin);
  place.addEventListener("touchmove", (event) => {
    if (!last || event.touches.length !== 2) return;
    event.preventDefault();
    const now = held(event.touches);
    move(last, now);
    if (last.apart > 0) zoom(now.apart / last.apart, now);
    last = now;
  }, { passive: false });
};

// A map takes the width there is. Every other picture keeps its size on a narrow screen, where it
// is moved across rather than made too small to read.
const fitting = (view, place, mover) => {
  const svg = place.querySelector("svg");
  const natural = { width: view.width(), height: view.height() };
  const outer = svg.width.baseVal.value;
  const wider = (than) => {
    svg.style.maxWidth = than ? "none" : "100%";
    place.parentNode.classList.toggle("lp-wider", than);
  };
  const fit = () => {
    const room = place.clientWidth;
    if (mover?.names[0] === "zoom") {
      const least = (natural.width / natural.height) * 280;
      const width = clamp(room - 24, least, natural.width);
      wider(room < least);
      if (Math.abs(width - view.width()) < 1) return;
      view.width(width).height((natural.height * width) / natural.width).runAsync();
    } else {
      wider(room < 0.85 * outer);
    }
  };
  new ResizeObserver(fit).observe(place);
  fit();
};

const keysOf = (figure, place, mover) => {
  const keys = document.createElement("p");
  keys.className = "lp-keys";
  keys.id = `${figure.id}-keys`;
  keys.tabIndex = -1;
  keys.textContent =
    "Keys: Tab enters the picture, arrows walk from mark to mark, Home and End go to the first " +
    "and the last, Enter opens the page of the mark, Escape leaves." +
    (mover ? " Ctrl and the wheel, or two fingers, zoom; dragging moves." : "");
  place.after(keys);
  place.setAttribute("aria-describedby", keys.id);
  return keys;
};

const wake = async (figure) => {
  const place = figure.querySelector(".lp-live");
  const controls = figure.querySelector(".lp-controls");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const { view } = await vegaEmbed(place, spec, {
    mode: "vega-lite", renderer: "svg", actions: false, bind: controls, patch: labelled,
    tooltip: { disableDefaultStyle: true },
  });
  const stills = document.querySelectorAll(`[data-picture="${figure.id}"]`);
  for (const still of stills) still.style.display = "none";
  const mover = moverOf(view, spec);
  fitting(view, place, mover);
  if (mover) moving(view, place, controls, mover);
  walking(view, place, keysOf(figure, place, mover));
  view.addEventListener("click", (event, item) => {
    if (item?.datum?.about) links.get(keyOf(item.datum))?.click();
  });
};
document.querySelectorAll(".lp-picture").forEach(wake);
