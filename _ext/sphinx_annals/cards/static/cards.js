// Over a link stands what it leads to: an object, a term, a work, a point, or a note of the page.
// It shows when the link is pointed at, has the focus of the keyboard, or is tapped once; a second tap
// follows the link. The pointer can move into it, Alt and the arrow down lead into it, and Escape,
// leaving, or a press elsewhere close it. Without this script links are links.
//
// What the cards show is in scripts that are loaded when first wanted; a file opened without a server
// could fetch nothing else. No style is written into the page: places are set by the object model.
window.linkCards = {};
(() => {
  "use strict";
  const words = JSON.parse(document.currentScript.dataset.words ?? "{}");
  const say = (text, given = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const ROOT = new URL("../", document.currentScript.src);
  const [SHOWN, CITED] = ["cards-shown.js", "cards-cited.js"];
  const [BEFORE_SHOWING, BEFORE_HIDING, GAP] = [150, 300, 6];
  const TEXT = "link-card-text";
  const NOT_HERE = "nav, header, footer, #search-results, .link-card";

  let card = null;
  let link = null; // that which the card is shown for
  let spot = null; // where that is
  let titled = ""; // its title, which would stand over the card
  let touched = null;
  let closing = false;
  let timer = 0;

  const loads = new Map();
  const load = (name) => {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(`_static/${name}`, ROOT);
        script.onload = script.onerror = () => resolve(linkCards[name] ?? {});
        document.head.append(script);
      }));
    }
    return loads.get(name);
  };

  const element = (name, type, ...content) => {
    const made = document.createElement(name);
    if (type) made.className = `link-card-${type}`;
    made.append(...content);
    return made;
  };
  const html = (name, type, text) => {
    const made = element(name, type);
    made.innerHTML = text; // what the build wrote
    return made;
  };

  // Where a link leads in this project: the page from its root, and the anchor.
  const place = (to) => {
    const url = new URL(to.href);
    const page = decodeURIComponent(url.href.split(/[?#]/)[0].slice(ROOT.href.length));
    const inside = url.href.startsWith(ROOT.href);
    return inside ? [page, decodeURIComponent(url.hash.slice(1))] : ["", ""];
  };
  const known = (pages, [page, anchor]) => {
    const found = pages[page] ?? pages[`${page}index.html`];
    return anchor && Object.hasOwn(found ?? {}, anchor) ? [found[anchor], found[""]] : null;
  };

  const noteOf = (to) => {
    const own = to.href.split("#")[0] === location.href.split("#")[0];
    const note = own && document.getElementById(place(to)[1]);
    return note && note.matches("aside.footnote, .footnote > dd") ? note : null;
  };
  const noteCard = (note) => {
    const number = note.querySelector(".label")?.textContent.replace(/[^\p{L}\p{N}*†‡]/gu, "") ?? "";
    const parts = [...note.children].filter((part) => !part.matches(".label, .backrefs"));
    const told = element("div", "said", ...parts.map((part) => part.cloneNode(true)));
    told.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return [element("p", "kind", say("Note {number}", { number })), told];
  };

  const showCited = async (button, where) => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) {
      card.querySelector(".link-card-cited").remove();
    } else {
      const [forms] = known(await load(CITED), where) ?? [[]];
      const list = element("dl", "cited");
      for (const [form, text] of forms) {
        list.append(element("dt", "", form), html("dd", "", text));
      }
      card.append(list);
    }
    arrange();
  };

  const objectCard = (to, [[kind, name, about, said, cited], page]) => {
    const parts = [element("p", "kind", kind)];
    if (name) parts.push(element("p", "name", name));
    if (about) parts.push(element("p", "about", about));
    if (said) parts.push(html("div", "said", said));
    const where = element("a", "", page);
    where.href = to.href;
    const [before, after] = say("in {place}", { place: "\0" }).split("\0");
    const ways = element("p", "ways", element("span", "", before, where, after));
    if (cited) {
      const button = element("button", "", say("Cite"));
      button.type = "button";
      button.setAttribute("aria-expanded", "false");
      const named = Object.keys(words).length ? kind : kind.toLowerCase(); // German nouns stay
      button.setAttribute("aria-label", say("Cite this {kind}", { kind: named }));
      button.addEventListener("click", () => showCited(button, place(to)));
      ways.append(button);
    }
    return [...parts, ways];
  };

  // The parts of the card of a link, or null where it has none. A mark that links to where it
  // stands has one only for what the card offers beside.
  const made = async (to) => {
    const note = noteOf(to);
    if (note) return noteCard(note);
    const found = known(await load(SHOWN), place(to));
    const mark = to.classList.contains("headerlink");
    return found && (!mark || found[0][4]) ? objectCard(to, found) : null;
  };

  // Colours are those of the page round the link, whatever theme it has, light or dark.
  const colour = () => {
    let around = link;
    const opaque = () => /^rgb\(/.test(getComputedStyle(around).backgroundColor);
    while (around.parentElement && !opaque()) around = around.parentElement;
    card.style.background = opaque() ? getComputedStyle(around).backgroundColor : "Canvas";
    card.style.color = getComputedStyle(link.closest("main, [role=main], body")).color;
  };

  // Below the link where there is room, else above, and always within the window.
  const arrange = () => {
    if (!link) return;
    // a mark that shows while it is pointed at is gone when the pointer is in the card
    const [first] = link.getClientRects();
    const whole = link.getBoundingClientRect();
    if (first) spot = { start: first.left, top: whole.top, bottom: whole.bottom };
    const { start, bottom, top } = spot;
    card.style.left = card.style.top = "0px";
    const own = card.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(GAP, Math.min(start - GAP, width - own.width - GAP));
    const below = bottom + GAP + own.height <= innerHeight || top < own.height + GAP;
    card.style.left = `${left - own.left}px`;
    card.style.top = `${(below ? bottom + GAP : top - own.height - GAP) - own.top}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!link) return;
    link.removeAttribute("aria-describedby");
    if (titled) link.title = titled;
    link = null;
    card.hidden = true;
  };
  const later = (then, time) => {
    clearTimeout(timer);
    timer = setTimeout(then, time);
  };

  const create = () => {
    card = element("div", "");
    card.className = "link-card";
    card.setAttribute("role", "complementary");
    card.setAttribute("aria-label", say("Card"));
    document.body.append(card);
  };

  let wanted = null;
  const show = async (to, byKey) => {
    wanted = to;
    const parts = to === link ? null : await made(to);
    if (!parts || wanted !== to) return Boolean(to === link);
    hide();
    if (!card) create();
    const ways = parts.at(-1).matches(".link-card-ways") ? [parts.pop()] : [];
    const told = element("div", "", ...parts);
    told.id = TEXT;
    told.setAttribute("role", "tooltip");
    const more = ways.length || told.querySelector("a");
    if (byKey && more) told.append(element("p", "hint", "Alt ↓ leads into this card"));
    card.replaceChildren(told, ...ways);
    card.hidden = false;
    link = to;
    titled = link.title;
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", TEXT);
    colour();
    arrange();
    return true;
  };

  const linkAt = (target) => {
    const found = target instanceof Element ? target.closest("a[href*='#']") : null;
    return found && !found.closest(NOT_HERE) ? found : null;
  };
  const inCard = (target) => Boolean(card && target instanceof Node && card.contains(target));

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const to = linkAt(target);
    if (inCard(target) || (to && to === link)) clearTimeout(timer);
    else if (to) later(() => show(to), BEFORE_SHOWING);
  });
  document.addEventListener("pointerout", ({ target, pointerType, relatedTarget }) => {
    if (pointerType === "touch" || inCard(relatedTarget)) return;
    const from = linkAt(target);
    if (!inCard(target) && !from) return;
    if (from && linkAt(relatedTarget) === from) return;
    wanted = null;
    if (!inCard(document.activeElement)) later(hide, BEFORE_HIDING);
  });

  document.addEventListener("focusin", ({ target }) => {
    const to = linkAt(target);
    if (to && !touched && !closing && to.matches(":focus-visible")) {
      clearTimeout(timer);
      show(to, true);
    }
  });
  // a press on what is in the card takes the focus from the link before it is a click
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === wanted) wanted = null;
    const ours = target === link || inCard(target);
    if (!ours || inCard(relatedTarget) || relatedTarget === link || card.matches(":hover")) return;
    hide();
  });

  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    touched = pointerType === "touch" ? linkAt(target) : null;
    if (link && !link.contains(target) && !inCard(target)) hide();
  });
  document.addEventListener("click", async (event) => {
    const to = touched;
    touched = null;
    if (!to || to !== linkAt(event.target) || to === link || !place(to)[1]) return;
    event.preventDefault();
    if (!(await show(to))) location.href = to.href;
  });

  const backToLink = () => {
    closing = true;
    link.focus();
    closing = false;
  };
  document.addEventListener("keydown", (event) => {
    if (!link) return;
    const inside = inCard(document.activeElement);
    const ways = [...card.querySelectorAll("a[href], button")];
    if (event.key === "Escape") {
      if (inside) backToLink();
      hide();
    } else if (event.key === "ArrowDown" && event.altKey && document.activeElement === link) {
      event.preventDefault();
      ways[0]?.focus();
    } else if (event.key === "Tab" && inside) {
      // the card is the last of the page, and its place is behind the link
      const last = document.activeElement === ways.at(event.shiftKey ? 0 : -1);
      if (last) backToLink();
      if (last && event.shiftKey) event.preventDefault();
    }
  });
})();
