// In a network: a member that is pointed at, or has the focus of the keyboard, stands out with its ties
// and with those to whom they lead. Without this script all stand alike, and the table behind says it.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("svg.annals-network").forEach((drawing) => {
    const ties = [...drawing.querySelectorAll("[data-ends]")];
    const members = [...drawing.querySelectorAll("[data-member]")];
    const memberAt = (target) => (drawing.contains(target) ? target.closest("[data-member]") : null);
    const show = (member) => {
      const own = member?.dataset.member;
      const seen = new Set([own]);
      ties.forEach((tie) => {
        const ends = tie.dataset.ends.split(" ");
        tie.classList.toggle("annals-lit", ends.includes(own));
        if (ends.includes(own)) ends.forEach((end) => seen.add(end));
      });
      members.forEach((each) => each.classList.toggle("annals-lit", seen.has(each.dataset.member)));
      drawing.classList.toggle("annals-chosen", Boolean(member));
    };
    // who leaves with the pointer goes back to what has the focus
    const focused = () => memberAt(document.activeElement);
    drawing.addEventListener("pointerover", ({ target }) => show(memberAt(target) ?? focused()));
    drawing.addEventListener("pointerleave", () => show(focused()));
    drawing.addEventListener("focusin", ({ target }) => show(memberAt(target)));
    drawing.addEventListener("focusout", () => show(null));
  });
});
