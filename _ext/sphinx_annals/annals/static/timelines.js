// Under a timeline: choose the events to see by kind, tag and years, and draw it larger. The drawing
// stays as it is, what is not chosen is left out of it and of the list that says the same. The choice
// stands in the address (#timeline=timeline-1&tag=war&from=1949), so that a link can lead to it.
// Without this script all events stand there.
{
  const words = JSON.parse(document.currentScript.dataset.words ?? "{}");
  const say = (text, given = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".annals-scroll > svg.annals-timeline").forEach((drawing) => {
      const flags = [...drawing.querySelectorAll(".annals-event-flag")];
      const region = drawing.parentElement;
      if (flags.length < 2) return;
      const view = drawing.closest(".annals-view");
      const addressOf = (within) => within.querySelector("a[href]")?.getAttribute("href");
      const rows = new Map([...view.querySelectorAll("ol > li")].map((row) => [addressOf(row), row]));

      const events = flags.map((flag) => {
        const { kind, tags = "", first, last } = flag.dataset;
        const row = rows.get(addressOf(flag) ?? "");
        return { flag, row, kind, tags: tags.split(" ").filter(Boolean), first: +first, last: +last };
      });
      const form = document.createElement("form");
      form.className = "annals-choice";
      const add = (text, control) => {
        const label = document.createElement("label");
        label.append(`${text} `, control);
        form.append(label, " ");
        return control;
      };
      const choice = (name, text, values, names = String) => {
        const select = document.createElement("select");
        select.name = name;
        select.add(new Option(say("all"), ""));
        values.forEach((value) => select.add(new Option(names(value), value)));
        return values.length > 1 ? add(text, select) : select;
      };
      const sorted = (values) => [...new Set(values)].sort((a, b) => (a > b) - (a < b));
      // astronomers count a year 0
      const year = (value) => (value > 0 ? `${value}` : say("{date} BC", { date: 1 - value }));
      const years = sorted(events.flatMap(({ first, last }) => [first, last])).filter(Number.isFinite);
      const kind = choice("kind", say("Kind"), sorted(events.map((each) => each.kind).filter(Boolean)));
      const tag = choice("tag", say("Tag"), sorted(events.flatMap((each) => each.tags)), (name) => name.replaceAll("-", " "));
      const from = choice("from", say("From"), years, year);
      const to = choice("to", say("To"), years, year);

      const width = +drawing.getAttribute("width");
      const height = +drawing.getAttribute("height");
      let size = 1;
      const resize = (text, step) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", () => {
          const left = region.scrollLeft / size;
          size = Math.min(2.5, Math.max(0.5, size * step));
          drawing.setAttribute("width", width * size);
          drawing.setAttribute("height", height * size);
          region.scrollLeft = left * size;
        });
        form.append(button, " ");
      };
      resize(say("Larger"), 1.25);
      resize(say("Smaller"), 0.8);
      const count = document.createElement("output");
      count.setAttribute("aria-live", "polite");
      form.append(count);

      const show = () => {
        const fits = (each) => (!kind.value || each.kind === kind.value)
          && (!tag.value || each.tags.includes(tag.value))
          && (!from.value || each.last >= +from.value)
          && (!to.value || each.first <= +to.value);
        events.forEach((each) => {
          each.flag.classList.toggle("annals-left-out", !fits(each));
          if (each.row) each.row.hidden = !fits(each);
        });
        const shown = events.filter(fits);
        const given = { shown: shown.length, total: events.length };
        const some = shown.length ? say("{shown} of {total} events", given) : say("None of {total} events", given);
        count.textContent = shown.length === events.length ? say("All {total} events", given) : some;
        const first = shown[0]?.flag.getBoundingClientRect();
        if (first) region.scrollLeft += first.left - region.getBoundingClientRect().left - 8;
      };
      const selects = [kind, tag, from, to];
      form.addEventListener("change", () => {
        const chosen = selects.filter(({ value }) => value).map(({ name, value }) => [name, value]);
        const hash = chosen.length ? `#${new URLSearchParams([["timeline", view.id], ...chosen])}` : "";
        history.replaceState(null, "", location.pathname + location.search + hash);
        show();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      count.textContent = say("All {total} events", { total: events.length });

      const fold = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = say("Choose events, or draw larger");
      fold.className = "annals-tools";
      fold.append(summary, form);
      region.parentElement.append(fold);

      // An address that names this timeline is a choice; any other leaves it as it is.
      const read = () => {
        const asked = new URLSearchParams(location.hash.slice(1));
        if (asked.get("timeline") !== view.id) return;
        selects.forEach((select) => {
          select.value = asked.get(select.name) ?? "";
          if (select.selectedIndex < 0) select.value = "";
        });
        fold.open = true;
        show();
        view.scrollIntoView();
      };
      window.addEventListener("hashchange", read);
      read();
    });
  });
}
