// The explorer of a game in normal form, all of it.

function normalFormPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const chart = diagramPanel(plan, kernel);
  const parts = [
    predictPanel(plan, kernel),
    controlsPanel(plan, kernel, reset),
    payoffTable(plan, kernel, reset),
    squarePanel(plan),
    legendPanel(plan),
    chart,
    answerPanel(),
    reasonsPanel(),
    reset,
  ];
  const [predict, sliders, table, square, legend, diagram, answer, reasons] = parts.map((part) => part.root);
  const controls = plan.sliders.length ? sliders : null;
  const game = h("div", { class: "bg-card bg-game" }, h("div", { class: "bg-game-table" }, table, legend), square);
  const stage = h("div", {
    class: "bg-stage",
    "data-sliders": controls ? "true" : null,
    "data-diagram": diagram ? "true" : null,
    "data-reasons": plan.players.length < 3 ? "true" : null,
  });
  const root = frame("", plan.title ? `Explorer: ${plan.title}` : "Explorer", plan.title, message, stage);

  // Who bets has read the payoffs before; who has bet looks from the sliders to what follows.
  function arrange(locked) {
    const order = locked
      ? [game, predict, diagram, controls, answer, reasons]
      : [predict, controls, diagram, answer, game, reasons];
    stage.append(...order.filter((node) => node));
    stage.dataset.locked = locked;
  }

  function update(shown, diagram) {
    chart.draw(diagram, shown);
    for (const part of parts) part.update(shown);
    if (stage.dataset.locked !== String(shown.locked)) arrange(shown.locked);
  }

  return { root, update };
}

export default shell(normalFormPanel);
