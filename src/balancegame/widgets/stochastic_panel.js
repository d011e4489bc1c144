// The explorer of a stochastic game: the world as a graph, and where along a parameter norms hold.

function stochasticPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const world = h("div", { class: "bg-payoff-picture" });
  const tracks = h("div", { class: "bg-payoff-picture bg-tracks" });
  const norms = h("ul", { class: "bg-norms", "aria-live": "polite" });
  const reasons = h("div", { class: "bg-reasons-text" });
  const weather = h("section", { class: "bg-card" }, h("h4", {}, "How the world changes"), world);
  const holds = h("section", { class: "bg-card" }, h("h4", {}, "Does it hold?"), norms);
  const where = h("section", { class: "bg-card bg-solution" }, h("h4", {}, "Where each norm holds"), tracks);
  const why = h("details", { class: "bg-card" }, h("summary", {}, "Why: every state of the world"), reasons);
  const root = frame(
    "bg-stochastic",
    `Explorer: ${plan.title}`,
    plan.title,
    message,
    h(
      "div",
      { class: "bg-repeated-stage bg-bet-right" },
      predict.root,
      h("div", { class: "bg-repeated-column" }, controls.root),
      h("div", { class: "bg-repeated-column" }, h("div", { class: "bg-weather" }, weather, holds), where, why),
    ),
  );

  function update(shown) {
    for (const part of [predict, controls, reset]) part.update(shown);
    for (const card of [holds, where, why]) setShown(card, !shown.locked);
    setMarkup(world, shown.world);
    setMarkup(tracks, shown.tracks);
    setMarkup(norms, shown.norms);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(stochasticPanel);
