// A button that opens or closes all comparisons of a page that is a list of them; in a chapter it
// would stand in the way of the story. Without it each opens by itself.
{
  const words = JSON.parse(document.currentScript.dataset.words ?? "{}");
  const say = (text, given = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  document.addEventListener("DOMContentLoaded", () => {
    const folds = [...document.querySelectorAll("details.annals-comparison")];
    const paragraphs = document.querySelectorAll("section > p, .annals-beside > p").length;
    if (folds.length < 2 || folds.length <= paragraphs) return;
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
    let first = folds[0].closest(".annals-view") ?? folds[0]; // or the section of it that has a neighbour
    while (!folds.every((fold) => first.parentElement.contains(fold))) first = first.parentElement;
    first.before(button);
  });
}
