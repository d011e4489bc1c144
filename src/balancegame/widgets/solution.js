// What follows: the square, the equilibria, and why.

function squarePanel() {
  const heading = h("h4", { id: newId("square") }, "Best responses");
  const picture = h("div", { class: "bg-picture" });
  const waiting = h("p", { class: "bg-waiting bg-muted" }, "Place your bet to see how each side responds.");
  const root = h("section", { class: "bg-square-side", "aria-labelledby": heading.id }, heading, picture, waiting);

  function update(shown) {
    setMarkup(picture, shown.square);
    setShown(picture, shown.square !== "");
    setShown(waiting, shown.locked);
    setShown(root, shown.locked || shown.square !== "");
  }

  return { root, update };
}

function solutionPanel() {
  const heading = h("h4", { id: newId("solution") }, "Equilibrium");
  const answer = h("p", { class: "bg-answer" });
  const change = h("div", { class: "bg-change" });
  const why = h("div", { class: "bg-why" });
  const changeTitle = h("h5", {}, "What changed");
  const whyTitle = h("h5", {}, "Why");
  const live = h(
    "div",
    { "aria-live": "polite" },
    answer,
    h("div", { class: "bg-reasons" }, h("div", {}, whyTitle, why), h("div", {}, changeTitle, change)),
  );
  const root = h("section", { class: "bg-card bg-solution", "aria-labelledby": heading.id }, heading, live);

  function update(shown) {
    setMarkup(answer, shown.answer);
    setMarkup(why, shown.explanation);
    setMarkup(change, shown.change);
    setShown(why.parentNode, shown.explanation !== "");
    setShown(change.parentNode, shown.change !== "");
    setShown(root, !shown.locked);
  }

  return { root, update };
}
