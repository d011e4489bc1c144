// The explorer as a whole. Python decides everything; the page shows it and asks.

function render({ model, el }) {
  const plan = model.get("plan");
  const message = h("p", { class: "bg-message", role: "alert" });
  const kernel = connect(model, () => {
    setText(message, "Python does not answer; if the kernel is idle, run the cell again.");
  });
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
  const root = h(
    "div",
    { class: "bg-explorer", role: "group", "aria-label": plan.title ? `Explorer: ${plan.title}` : "Explorer" },
    plan.title ? h("h3", { class: "bg-title" }, plan.title) : null,
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

  function update() {
    const shown = model.get("shown");
    kernel.answered(shown.token);
    chart.draw(model.get("diagram"), shown);
    for (const part of parts) part.update(shown);
    setText(message, shown.message);
    root.dataset.locked = shown.locked;
  }

  model.on("change:shown", update);
  update();
  el.append(root);
  return () => {
    model.off("change:shown", update);
    kernel.close();
  };
}

export default { render };
