// What follows: the square, the equilibria, and why.

function squarePanel(plan) {
  const heading = h("h4", { id: newId("square") }, "Best responses");
  const picture = h("div", { class: "bg-picture" });
  const root = h("section", { class: "bg-square-side", "aria-labelledby": heading.id }, heading, picture);

  function update(shown) {
    setMarkup(picture, shown.square);
    setShown(root, shown.square !== "");
  }

  return { root, update };
}

function answerPanel() {
  const heading = h("h4", { id: newId("answer") }, "Equilibrium");
  const answer = h("div", { class: "bg-answer", "aria-live": "polite" });
  const root = h("section", { class: "bg-solution", "aria-labelledby": heading.id }, heading, answer);

  function update(shown) {
    setText(heading, shown.heading);
    setMarkup(answer, shown.answer);
    setShown(root, !shown.locked);
  }

  return { root, update };
}

function reasonsPanel() {
  const heading = h("h4", { id: newId("reasons") }, "Explanation");
  const why = h("div");
  const change = h("div");
  const whySide = h("div", {}, h("h5", {}, "Why"), why);
  const changeSide = h("div", {}, h("h5", {}, "What changed"), change);
  const root = h(
    "section",
    { class: "bg-card bg-reasons", "aria-labelledby": heading.id },
    heading,
    h("div", { class: "bg-reasons-sides", "aria-live": "polite" }, whySide, changeSide),
  );

  function update(shown) {
    setMarkup(why, shown.explanation);
    setMarkup(change, shown.change);
    setShown(whySide, shown.explanation !== "");
    setShown(changeSide, shown.change !== "");
    setShown(root, shown.explanation !== "" || shown.change !== "");
  }

  return { root, update };
}
