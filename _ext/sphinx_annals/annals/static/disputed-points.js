// Above the disputed points of a page: choose those to see by status, weight, heading and witness. The
// choice stands in the address (#status=open&weight=major&part=the-rift&witness=li1970), so that a link
// can lead to it.
// Without this script all points stand there.
{
  const words = JSON.parse(document.currentScript.dataset.words ?? "{}");
  const say = (text, given = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  document.addEventListener("DOMContentLoaded", () => {
    const views = [...document.querySelectorAll(".annals-disputed-points")];
    const plain = (element, apart) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll(apart).forEach((part) => part.remove());
      return copy.textContent.replace(/\s+/g, " ").trim();
    };
    const classOf = (point, names) => names.find((name) => point.classList.contains(`annals-${name}`));
    const STATUSES = ["disputed", "open", "settled", "compatible", "agreeing", "one"];
    const WEIGHTS = { major: say("major"), minor: say("minor"), textual: say("textual") };
    const KEYS = { status: say("Status"), weight: say("Weight"), part: say("Part"), witness: say("Witness") };
    const works = views.flatMap((view) => [...view.querySelectorAll("[data-witnesses]")])
      .flatMap((told) => JSON.parse(told.dataset.witnesses));
    const byAnchor = new Map(works.map((work) => [work.anchor, work]));
    const witnessesOf = (point) => [...point.querySelectorAll(".annals-accounts tbody th a[href*='#']")]
      .map((link) => byAnchor.get(decodeURIComponent(link.hash.slice(1)))).filter(Boolean);
    const points = views.flatMap((view) => [...view.querySelectorAll(".annals-comparison")].map((point) => {
      const status = classOf(point, STATUSES);
      const label = point.querySelector(".annals-status"); // "(● settled, 3 accounts)"
      const section = view.closest("section[id]");
      const heading = section?.querySelector("h1, h2, h3, h4, h5, h6");
      const weight = classOf(point, Object.keys(WEIGHTS));
      const says = label ? plain(label, ".annals-mark, [aria-hidden]").match(/[\p{L}][^,，)）]*/u)?.[0] : status;
      // of each key the values of this point, each with its name
      const values = {
        status: new Map([[status, says]]),
        weight: new Map([[weight, WEIGHTS[weight]]]),
        part: new Map(heading ? [[section.id, plain(heading, ".headerlink")]] : []),
        witness: new Map(witnessesOf(point).map((work) => [work.key, work.label])),
      };
      return { point, view, values };
    }));
    if (points.length < 2) return;

    const form = document.createElement("form");
    form.className = "annals-choice";
    form.setAttribute("aria-label", say("Which points to show"));
    const selects = Object.keys(KEYS).map((key) => {
      const found = points.flatMap((each) => [...each.values[key]]).filter(([value]) => value);
      if (key === "witness") found.sort(([, a], [, b]) => a.localeCompare(b)); // the others as they stand
      const values = new Map(found);
      const select = document.createElement("select");
      select.name = key;
      select.add(new Option(say("all"), ""));
      values.forEach((name, value) => {
        const count = points.filter((each) => each.values[key].has(value)).length;
        select.add(new Option(`${name} (${count})`, value));
      });
      const label = document.createElement("label");
      label.append(`${KEYS[key]} `, select);
      if (values.size > 1) form.append(label, " ");
      return select;
    });
    const count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    form.append(count);

    const totals = new Map(views.map((view) => [view, view.querySelector(":scope > p")]));
    const told = new Map([...totals.values()].filter(Boolean).map((line) => [line, line.textContent]));
    const show = () => {
      const fits = (each) => selects.every(({ name, value }) => !value || each.values[name].has(value));
      points.forEach((each) => { each.point.hidden = !fits(each); });
      const shown = points.filter(fits);
      const all = shown.length === points.length;
      views.forEach((view) => {
        const own = shown.filter((each) => each.view === view).length;
        view.hidden = !all && !own;
        let name = null; // that of an object, which stands above its points
        for (const child of view.children) {
          if (child.matches(".annals-of")) (name = child).hidden = !all;
          else if (name && child.matches(".annals-comparison") && !child.hidden) name.hidden = false;
        }
        const line = totals.get(view);
        if (!line) return;
        const total = points.filter((each) => each.view === view).length;
        line.textContent = own === total ? told.get(line) : say("{shown} of {total} points", { shown: own, total });
        const section = view.closest("section");
        if (section && !section.contains(form)) {
          const inside = views.filter((each) => section.contains(each));
          section.hidden = inside.every((each) => each.hidden);
        }
      });
      const given = { shown: shown.length, total: points.length };
      const some = shown.length ? say("{shown} of {total} points", given) : say("None of {total} points", given);
      count.textContent = all ? say("All {total} points", given) : some;
    };

    // An address with "=" is a choice; any other leads to a place, which must be there to be seen.
    const read = () => {
      const { hash } = location;
      const asked = new URLSearchParams(hash.includes("=") ? hash.slice(1) : "");
      selects.forEach((select) => {
        select.value = asked.get(select.name) ?? "";
        if (select.selectedIndex < 0) select.value = "";
      });
      show();
      const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
      if (place) place.scrollIntoView();
    };
    form.addEventListener("change", () => {
      const chosen = selects.filter(({ value }) => value).map(({ name, value }) => [name, value]);
      const hash = chosen.length ? `#${new URLSearchParams(chosen)}` : "";
      history.replaceState(null, "", location.pathname + location.search + hash);
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", read);

    let first = views[0]; // or the section of it that has a neighbour with another
    while (!views.every((view) => first.parentElement.contains(view))) first = first.parentElement;
    first.before(form);
    read();
  });
}
