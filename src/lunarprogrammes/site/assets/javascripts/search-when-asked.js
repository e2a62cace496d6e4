// Material loads its search worker and the whole index with every page, 1 MB that most readers never
// use. This holds both back until somebody turns to the search. It stands in `extra.polyfills`
// because it must run before the theme; without it the search works and every page is heavier.
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

  const open = XMLHttpRequest.prototype.open;
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.waits = /\/search\/search_index\.json$/.test(address);
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
        real.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
        return real;
      });
    }
    postMessage(message) {
      const said = typeof message.data === "string";
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
