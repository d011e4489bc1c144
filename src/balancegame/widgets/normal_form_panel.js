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
  const [predict, controls, table, square, legend, diagram, answer, reasons] = parts.map((part) => part.root);
  const root = frame(
    "",
    plan.title ? `Explorer: ${plan.title}` : "Explorer",
    plan.title,
    predict,
    message,
    h(
      "div",
      { class: plan.sliders.length ? "bg-stage bg-beside" : "bg-stage", "data-diagram": plan.diagram ? "true" : null },
      plan.sliders.length ? controls : null,
      diagram,
      answer,
      h("div", { class: "bg-card bg-game" }, table, square, legend),
      reasons,
    ),
  );

  function update(shown, diagram) {
    chart.draw(diagram, shown);
    for (const part of parts) part.update(shown);
    root.dataset.locked = shown.locked;
  }

  return { root, update };
}

export default shell(normalFormPanel);
