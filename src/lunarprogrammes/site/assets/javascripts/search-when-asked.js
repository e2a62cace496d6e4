// Material loads its search worker and the whole index with every page, 1 MB that most readers never
// use. This holds both back until somebody turns to the search. It stands in `extra.polyfills`
// because it must run before the theme; without it the search works, every page is heavier, and what
// is called just as the query does not go first.
(() => {
  const asked = new Promise((resolve) => {
    const look = (event) => {
      const at = event.target;
      const searching = at.closest?.("[data-md-component=search], [for=__search]") || at.id === "__search";
      if (searching || ["/", "f", "s"].includes(event.key)) resolve();
    };
    for (const kind of ["focusin", "pointerdown", "keydown", "change"]) {
      document.addEventListener(kind, look, true);
    }
  });

  // The worker weighs words, and "luna 2" has both of them in Luna 27 too: whatever is called just so
  // goes first. The names of a record are its title and what stands between dots in its lead.
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
  const called = new Map();
  const learn = ({ docs }) => {
    for (const { location, title, text } of docs) {
      if (!location.startsWith("records/")) continue;
      for (const name of [title, ...text.split(/<[^>]*>| · /)].map(fold)) {
        if (name) called.set(name, (called.get(name) ?? new Set()).add(location));
      }
    }
  };
  const ranked = (items, query) => {
    const so = called.get(fold(query)) ?? new Set();
    const isSo = ([page]) => so.has(page.location);
    return [...items.filter(isSo), ...items.filter((item) => !isSo(item))];
  };

  const open = XMLHttpRequest.prototype.open;
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.waits = /\/search\/search_index\.json$/.test(address);
    if (this.waits) {
      this.addEventListener("load", () => new Response(this.response).json().then(learn));
    }
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.waits) asked.then(() => send.apply(this, body));
    else send.apply(this, body);
  };

  // Names are written with a straight apostrophe; readers type and paste others. Of a run of Chinese
  // the worker never looks up the last sign: with one more behind it, the whole name is a word too.
  const asWritten = (query) =>
    query.replace(/[’‘ʼ`´]/g, "'").replace(/\p{sc=Han}+/gu, (run) => `${run} ${run}${run.at(-1)}`);

  document.addEventListener("DOMContentLoaded", () => {
    // The theme's search dialog has no name for screen readers.
    document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  });

  const RealWorker = window.Worker;
  class SearchWorker extends EventTarget {
    constructor(address) {
      super();
      this.real = asked.then(() => {
        const real = new RealWorker(address);
        real.addEventListener("message", ({ data }) => {
          const items = data.data?.items;
          const told = items ? { ...data, data: { ...data.data, items: ranked(items, this.query) } } : data;
          this.dispatchEvent(new MessageEvent("message", { data: told }));
        });
        return real;
      });
    }
    postMessage(message) {
      const said = typeof message.data === "string";
      if (said) this.query = message.data;
      const sent = said ? { ...message, data: asWritten(message.data) } : message;
      this.real.then((real) => real.postMessage(sent));
    }
  }

  // Only the search's worker waits: the explorer has one of its own.
  window.Worker = new Proxy(RealWorker, {
    construct(real, [address, ...rest]) {
      const searches = /\/javascripts\/workers\/search\.[^/]*$/.test(String(address));
      return searches ? new SearchWorker(address) : new real(address, ...rest);
    },
  });
})();
