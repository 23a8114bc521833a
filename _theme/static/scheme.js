// Light or dark: the reader's system decides, unless the reader has chosen otherwise on this site.
(() => {
  const root = document.documentElement;
  const keep = (change) => { try { return change(localStorage); } catch { return null; } };
  const chosen = keep((storage) => storage.getItem("scheme"));
  if (chosen) root.dataset.scheme = chosen;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.scheme || (system.matches ? "dark" : "light")) === "dark";
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme");
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep((storage) => storage.setItem("scheme", root.dataset.scheme));
      show();
    });
    system.addEventListener("change", show);
    show();
    // the contents close when a reader goes elsewhere
    const contents = document.querySelector("details.contents");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && contents.open) {
        contents.open = false;
        contents.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!contents.contains(event.target) || event.target.closest("a")) contents.open = false;
    });
  });
})();
