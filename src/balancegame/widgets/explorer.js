// The explorer as a whole. Python decides everything; the page shows it and asks.

function render({ model, el }) {
  const plan = model.get("plan");
  const status = h("p", { class: "bg-status", role: "status" });
  const message = h("p", { class: "bg-message", role: "alert" });
  const kernel = connect(model, () => {
    setText(message, "Python does not answer; if the kernel is idle, run the cell again.");
  });
  const parts = [
    predictPanel(plan, kernel),
    controlsPanel(plan, kernel),
    payoffTable(plan, kernel),
    squarePanel(),
    solutionPanel(),
  ];
  const [predict, controls, table, square, solution] = parts.map((part) => part.root);
  const root = h(
    "div",
    { class: "bg-explorer", role: "group", "aria-label": plan.title ? `Explorer: ${plan.title}` : "Explorer" },
    plan.title ? h("h3", { class: "bg-title" }, plan.title) : null,
    predict,
    status,
    message,
    h(
      "div",
      { class: "bg-stage" },
      controls,
      h("div", { class: "bg-card bg-game" }, table, square),
      solution,
    ),
  );

  function update() {
    const shown = model.get("shown");
    kernel.answered(shown.token);
    for (const part of parts) part.update(shown);
    setText(status, shown.status);
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
