// A button that opens or closes all comparisons of a page. Without it each opens by itself.
document.addEventListener("DOMContentLoaded", () => {
  const folds = [...document.querySelectorAll("details.annals-comparison")];
  const title = document.querySelector("main h1, [role=main] h1, .body h1");
  if (folds.length < 2 || !title) return;
  const button = document.createElement("button");
  const say = () => {
    const verb = folds.every((fold) => fold.open) ? "Close" : "Open";
    button.textContent = `${verb} all ${folds.length} comparisons of sources`;
  };
  button.type = "button";
  button.className = "annals-open-all";
  button.addEventListener("click", () => {
    const open = !folds.every((fold) => fold.open);
    folds.forEach((fold) => { fold.open = open; });
  });
  folds.forEach((fold) => fold.addEventListener("toggle", say));
  say();
  const first = title.parentElement.querySelector("section");
  if (first) first.before(button);
  else title.after(button);
});
