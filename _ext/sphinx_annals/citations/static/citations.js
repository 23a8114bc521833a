// Shows the reference of a citation, or the note of a mark, that is hovered, focused or tapped.
// Escape closes it.
(() => {
  "use strict";
  const GAP = 6;
  let box = null;
  let shownFor = null;
  let timer = 0;

  const sources = () => {
    const found = new Map();
    for (const item of document.querySelectorAll(".citation-previews > [data-citation]")) {
      found.set(item.dataset.citation, [...item.childNodes]);
    }
    for (const note of document.querySelectorAll("aside.footnote[id]")) {
      found.set(note.id, [...note.children].filter((part) => !part.matches(".label")));
    }
    return found;
  };

  const makeBox = () => {
    const made = document.createElement("div");
    made.id = "citation-preview";
    made.className = "citation-preview";
    made.setAttribute("role", "tooltip");
    made.hidden = true;
    made.addEventListener("pointerenter", () => clearTimeout(timer));
    made.addEventListener("pointerleave", hideSoon);
    document.body.append(made);
    return made;
  };

  const place = (link) => {
    const at = link.getBoundingClientRect();
    const start = link.getClientRects()[0] || at;
    const width = document.documentElement.clientWidth;
    box.style.left = "0px";
    box.style.top = "0px";
    const own = box.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(start.left, width - own.width - GAP));
    const below = at.bottom + GAP + own.height <= window.innerHeight || at.top < own.height + GAP;
    const top = below ? at.bottom + GAP : at.top - own.height - GAP;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${top + window.scrollY}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (shownFor) {
      shownFor.removeAttribute("aria-describedby");
    }
    shownFor = null;
    if (box) {
      box.hidden = true;
    }
  };

  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  };

  const show = (link, source) => {
    hide();
    box = box || makeBox();
    box.replaceChildren(...source.map((node) => node.cloneNode(true)));
    box.hidden = false;
    shownFor = link;
    link.setAttribute("aria-describedby", box.id);
    place(link);
  };

  const attach = (link, source) => {
    let touched = false;
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") {
        show(link, source);
      }
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") {
        hideSoon();
      }
    });
    link.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch" && shownFor !== link;
    });
    // a first tap shows the reference, a second one follows the link
    link.addEventListener("click", (event) => {
      if (touched) {
        event.preventDefault();
        show(link, source);
      }
      touched = false;
    });
    link.addEventListener("focus", () => {
      if (!touched) {
        show(link, source);
      }
    });
    // a press on a link of the reference takes the focus before it is a click
    link.addEventListener("blur", () => {
      if (!box || !box.matches(":hover")) {
        hide();
      }
    });
  };

  const start = () => {
    const known = sources();
    for (const link of document.querySelectorAll("a.citation-link, a.footnote-reference")) {
      const source = known.get(decodeURIComponent(link.hash.slice(1)));
      if (source) {
        attach(link, source);
      }
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        hide();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (shownFor && !shownFor.contains(event.target) && !box.contains(event.target)) {
        hide();
      }
    });
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
