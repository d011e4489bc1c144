// The explorer of a signalling game: the bet, the sliders, the beliefs as bars, and the map.

function signallingPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const chart = diagramPanel(plan, kernel);
  const prior = h("p", { class: "bg-muted" });
  const answer = h("div", { class: "bg-answer", "aria-live": "polite" });
  const beliefs = h("div", { class: "bg-payoff-picture" });
  const reasons = h("div", { class: "bg-reasons-text" });
  const heading = h("h4", { id: newId("beliefs") }, plan.heading);
  const solved = h("section", { class: "bg-card bg-solution", "aria-labelledby": heading.id }, heading, prior, answer, beliefs);
  const why = h("details", { class: "bg-card" }, h("summary", {}, "Why"), reasons);
  const root = frame(
    "bg-repeated",
    `Explorer: ${plan.title}`,
    plan.title,
    message,
    h(
      "div",
      { class: "bg-repeated-stage" },
      predict.root,
      h("div", { class: "bg-repeated-column" }, controls.root),
      h("div", { class: "bg-repeated-column" }, ...[chart.root, solved, why].filter((part) => part)),
    ),
  );

  function update(shown, diagram) {
    chart.draw(diagram, shown);
    for (const part of [predict, controls, chart, reset]) part.update(shown);
    setText(prior, shown.prior);
    setShown(why, !shown.locked);
    setMarkup(answer, shown.answer);
    setMarkup(beliefs, shown.beliefs);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(signallingPanel);
