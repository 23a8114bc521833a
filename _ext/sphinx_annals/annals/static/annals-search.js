// On the search page: objects before pages, the nearest name first, and excerpts of prose alone.
//
// Two methods of Sphinx's `Search` (searchtools.js) are replaced. Breaks if it no longer asks
// performObjectSearch(term, allTerms) for each term, or makeSearchSummary(html, terms, anchor) for
// each page, or reads rows of the index otherwise than [document, type, priority, anchor, name].
(() => {
  if (typeof Search === "undefined" || typeof splitQuery === "undefined") return;

  const words = (text) => splitQuery(text.toLowerCase());
  const NOT_PROSE = ".headerlink, script, style, svg, nav, .no-search, .cited-in";
  const BLOCKS = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, div, summary, figcaption";
  const LENGTH = 240;

  // How well a name fits: all words must begin words of it, or of what is said of it; better if in
  // a row, better still where the name or a part of it begins, and the less else is in the name the
  // better. More than any title or text of a page gets.
  const fit = (asked, name, about) => {
    const [own, ...parts] = [name, ...name.split(/, | \(/)].map((part) => ` ${words(part).join(" ")}`);
    const all = `${own} ${words(about).join(" ")}`;
    if (!asked.length || !asked.every((word) => all.includes(` ${word}`))) return 0;
    if (!asked.every((word) => own.includes(` ${word}`))) return 20;
    const row = ` ${asked.join(" ")}`;
    const inRow = `${own} `.includes(`${row} `) ? 30 : own.includes(row) ? 20 : 0;
    const begins = own.startsWith(row) ? 20 : parts.some((part) => part.startsWith(row)) ? 10 : 0;
    return 40 + inRow + begins + Math.min(20, Math.round((20 * row.length) / own.length));
  };

  // Each object once, by the name that fits best.
  Search.performObjectSearch = (term, terms) => {
    const asked = [...terms];
    if (term !== asked[0]) return [];
    const { docnames, filenames, titles, objects, objnames } = Search._index;
    const best = new Map();
    for (const [prefix, rows] of Object.entries(objects)) {
      for (const [doc, type, priority, anchor, last] of rows) {
        const name = prefix ? `${prefix}.${last}` : last;
        const kind = objnames[type][2];
        const score = fit(asked, name, `${kind} ${titles[doc]}`);
        const key = `${doc}#${anchor}`;
        if (!score || (best.has(key) && best.get(key)[4] >= score)) continue;
        const about = kind + _(", in ") + titles[doc];
        best.set(key, [docnames[doc], name, `#${anchor}`, about, score, filenames[doc], "object"]);
      }
    }
    return [...best.values()];
  };

  const prose = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(NOT_PROSE).forEach((element) => element.remove());
    page.querySelectorAll(BLOCKS).forEach((element) => element.prepend(" "));
    const part = anchor ? page.getElementById(anchor.slice(1)) : null;
    const main = page.querySelector('[role="main"], main');
    return ((part || main)?.textContent ?? "").replace(/\s+/g, " ").trim();
  };

  // A section of that very title comes before pages that have its words somewhere; an entry of the
  // index, of which Sphinx makes up to 100, comes after objects of that name.
  Scorer.score ??= ([, , , , score, , kind]) =>
    kind === "index" ? score / 5 : score + (kind === "title" ? 5 : 0);

  // The part of the text in which most of what is asked for stands, as it is asked for if it does.
  Search.makeSearchSummary = (html, keywords, anchor) => {
    const text = prose(html, anchor);
    if (!text) return null;
    const folded = text.replace(/[^\x00-\x7f]/g, (letter) => letter.normalize("NFD")[0]);
    const asked = [...keywords].map((word) => {
      const written = _escapeRegExp(word.replace(/^__(?=\d)/, ""));
      return /^\p{Script=Han}/u.test(written) ? written : `(?<![\\p{L}\\p{N}])${written}`;
    });
    const inRow = asked.join("[\\p{L}\\p{N}]*[^\\p{L}\\p{N}]+");
    const sought = [...asked, inRow].map((pattern) => new RegExp(pattern, "iu"));
    let [start, most] = [0, 0];
    for (const { index } of folded.matchAll(new RegExp(asked.join("|"), "giu"))) {
      const from = Math.max(index - LENGTH / 4, 0);
      const around = folded.slice(from, from + LENGTH);
      const count = sought.filter((pattern) => pattern.test(around)).length;
      if (count > most) [start, most] = [from, count];
    }
    if (start) start = text.indexOf(" ", start) + 1;
    const summary = document.createElement("p");
    const excerpt = text.slice(start, start + LENGTH).trim();
    summary.className = "context";
    summary.textContent = `${start ? "… " : ""}${excerpt}${start + LENGTH < text.length ? " …" : ""}`;
    return summary;
  };
})();
