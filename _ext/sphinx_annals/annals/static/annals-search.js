// On the search page: objects before pages, the nearest name first, each with its kind and date; of
// pages the section that has most of what is asked for, and excerpts of prose alone.
//
// Two methods of Sphinx's `Search` (searchtools.js) are replaced. Breaks if it no longer asks
// performObjectSearch(term, allTerms) for each term, or makeSearchSummary(html, terms, anchor) for
// each page, to put what it gets below the result's link, or reads rows of the index otherwise than
// [document, type, priority, anchor, name]; ours go on with what is said of the object.
(() => {
  if (typeof Search === "undefined" || typeof splitQuery === "undefined") return;

  const words = (text) => splitQuery(text.toLowerCase());
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  const PARTS = "section[id], article[id]";
  const NOT_PROSE = `${HEADINGS}, .headerlink, script, style, svg, nav, table, dl.annals-facts,
    dl.annals-closing, aside.annals-note, aside.footnote, aside.footnote-list, .footnote-reference,
    .annals-elsewhere, .annals-permalink, .no-search, .cited-in`;
  const BLOCKS = "p, li, dt, dd, div, summary, figcaption";
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
    const around = parts.filter((part) => part.includes(row)).map((part) => part.length);
    const share = (length) => 10 * Math.min(1, row.length / length);
    return 40 + inRow + begins + share(Math.min(own.length, ...around)) + share(own.length);
  };

  // Each object once, by the name that fits best.
  Search.performObjectSearch = (term, terms) => {
    const asked = [...terms];
    if (term !== asked[0]) return [];
    const { docnames, filenames, titles, objects, objnames } = Search._index;
    const best = new Map();
    for (const [prefix, rows] of Object.entries(objects)) {
      for (const [doc, type, priority, anchor, last, more] of rows) {
        const name = prefix ? `${prefix}.${last}` : last;
        const kind = objnames[type][2];
        const fits = fit(asked, more ? `${name}, ${more}` : name, `${kind} ${titles[doc]}`);
        // what the history is of before works about it
        const score = fits && fits + (objnames[type][0] === "annals" ? 10 : 0);
        const key = `${doc}#${anchor}`;
        if (!score || (best.has(key) && best.get(key)[4] >= score)) continue;
        const about = (more ? `${kind}, ${more}` : kind) + _(", in ") + titles[doc];
        best.set(key, [docnames[doc], name, `#${anchor}`, about, score, filenames[doc], "object"]);
      }
    }
    return [...best.values()];
  };

  // The prose of a page, or of what an anchor names in it, as parts [id, heading, text].
  const prose = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".headerlink").forEach((element) => element.remove());
    const main = page.querySelector('[role="main"], main');
    const whole = (anchor && page.getElementById(anchor.slice(1))) || main;
    if (!whole) return [];
    const plain = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
    if (whole.matches("dt")) {
      const told = `#${CSS.escape(whole.id)} ~ dd`;
      return [["", plain(whole), plain(whole.parentElement.querySelector(told))]];
    }
    const inside = [...whole.querySelectorAll(PARTS)];
    const titles = new Map(inside.map((part) => [part, part.querySelector(HEADINGS)]));
    whole.querySelectorAll(NOT_PROSE).forEach((element) => element.remove());
    whole.querySelectorAll(BLOCKS).forEach((element) => element.prepend(" "));
    const parts = [...inside.reverse(), whole].map((part) => {
      part.remove(); // those inside come first: what remains is the part's own
      const title = titles.get(part);
      return title && !title.matches("h1") ? [part.id, plain(title), plain(part)] : ["", "", plain(part)];
    });
    return parts.reverse().filter(([, , text]) => text);
  };

  // A section of that very title comes before pages that have its words somewhere; an entry of the
  // index, of which Sphinx makes up to 100, comes after objects of that name.
  Scorer.score ??= ([, , , , score, , kind]) =>
    kind === "index" ? score / 5 : score + (kind === "title" ? 5 : 0);

  // How to find what is asked for: each word by its beginning, and all in a row.
  const patterns = (keywords) => {
    const asked = [...keywords].map((word) => {
      const stem = _escapeRegExp(word.replace(/^__(?=\d)/, "")).replace(/i$/, "[iy]"); // "treati"
      return /^\p{Script=Han}/u.test(stem) ? stem : `(?<![\\p{L}\\p{N}])${stem}`;
    });
    const inRow = asked.join("[\\p{L}\\p{N}]*[^\\p{L}\\p{N}]+");
    return { any: new RegExp(asked.join("|"), "giu"),
             each: [...asked, inRow].map((pattern) => new RegExp(pattern, "iu")) };
  };

  // The excerpt in which most of what is asked for stands, as it is asked for if it does. The link
  // of a page then leads to the section that it is from.
  Search.makeSearchSummary = (html, keywords, anchor) => {
    const parts = prose(html, anchor);
    const { any, each } = patterns(keywords);
    let [best, start, most] = [parts[0] ?? ["", "", ""], 0, 0];
    for (const part of parts) {
      const folded = part[2].replace(/[^\x00-\x7f]/g, (letter) => letter.normalize("NFD")[0]);
      for (const { index } of folded.matchAll(any)) {
        const from = Math.max(index - LENGTH / 4, 0);
        const around = folded.slice(from, from + LENGTH);
        const count = each.filter((pattern) => pattern.test(around)).length;
        if (count > most) [best, start, most] = [part, from, count];
      }
    }
    const [id, heading, text] = best;
    if (start) start = text.indexOf(" ", start) + 1;
    const summary = document.createElement("p");
    const excerpt = text.slice(start, start + LENGTH).trim();
    summary.className = "context";
    summary.textContent = `${start ? "… " : ""}${excerpt}${start + LENGTH < text.length ? " …" : ""}`;
    queueMicrotask(() => { // once Sphinx has put it below the link
      const link = summary.parentElement?.querySelector("a");
      if (!link || !heading || (id && anchor)) return;
      if (id) link.setAttribute("href", `${link.getAttribute("href")}#${encodeURIComponent(id)}`);
      link.append(` > ${heading}`);
    });
    return summary;
  };
})();
