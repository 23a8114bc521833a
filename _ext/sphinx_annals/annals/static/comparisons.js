// A button that opens or closes all comparisons of a page that is a list of them; in a chapter it
// would stand in the way of the story. Without it each opens by itself.
{
  const words = JSON.parse(document.currentScript.dataset.words ?? "{}");
  const say = (text, given = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  document.addEventListener("DOMContentLoaded", () => {
    const folds = [...document.querySelectorAll("details.annals-comparison")];
    const title = document.querySelector("section > h1");
    const paragraphs = document.querySelectorAll("section > p, .annals-beside > p").length;
    if (!title || folds.length < 2 || folds.length <= paragraphs) return;
    const button = document.createElement("button");
    const tell = () => {
      const given = { count: folds.length };
      button.textContent = folds.every((fold) => fold.open)
        ? say("Close all {count} comparisons of sources", given)
        : say("Open all {count} comparisons of sources", given);
    };
    button.type = "button";
    button.className = "annals-open-all";
    button.addEventListener("click", () => {
      const open = !folds.every((fold) => fold.open);
      folds.forEach((fold) => { fold.open = open; });
    });
    folds.forEach((fold) => fold.addEventListener("toggle", tell));
    tell();
    const first = title.parentElement.querySelector("section");
    if (first) first.before(button);
    else title.after(button);
  });
}
