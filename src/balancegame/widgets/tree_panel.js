// The explorer of a tree: the bet on its branches, sliders, the order of moves, and a stepper.

function orderPanel(plan, kernel) {
  const name = newId("order");
  const radios = plan.timings.map((words, timing) =>
    h("input", { type: "radio", name, id: newId("timing"), onchange: () => kernel.ask({ kind: "order", timing }), ...KEPT_KEYS }),
  );
  const root = h(
    "fieldset",
    { class: "bg-tree-order" },
    h("legend", {}, "Who moves first?"),
    ...plan.timings.map((words, k) => h("label", { for: radios[k].id }, radios[k], h("span", {}, words))),
  );

  function update(shown) {
    setShown(root, radios.length > 0 && !shown.locked);
    if (!kernel.waitsFor((request) => request.kind === "order")) radios.forEach((radio, k) => (radio.checked = k === shown.timing));
  }

  return { root, update };
}

function legendOfMarks() {
  const entries = [
    ["bg-tree-best", "best choice at its node"],
    ["bg-tree-best bg-tree-path", "path of play"],
    ["bg-tree-empty", "empty threat"],
  ];
  const sample = (marks) => {
    const line = (name) => shape("polyline", { points: "2,9 38,9", class: name });
    return shape(
      "svg",
      { width: 44, height: 18, viewBox: "0 0 44 18", "aria-hidden": "true" },
      shape(
        "g",
        { class: `bg-tree-branch ${marks}` },
        line("bg-tree-band"), line("bg-tree-line"),
        shape("path", { d: "M29 3 l9 6 l-9 6 z", class: "bg-tree-arrow" }),
        shape("path", { d: "M12 3 l12 12 m0 -12 l-12 12", class: "bg-tree-cross" }),
      ),
    );
  };
  const samples = entries.map(([marks, text]) => h("span", {}, sample(marks), text));
  const yours = h("span", {}, "✓ or ✗ your bet");
  return { root: h("p", { class: "bg-tree-legend bg-muted" }, ...samples, yours), yours };
}

function treePanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const order = orderPanel(plan, kernel);
  const hint = h("p", { class: "bg-tree-hint", "aria-live": "polite" });
  const picture = treePicture(plan.everywhere, (said) => setText(hint, said));
  const table = h("div", { class: "bg-payoff-picture" });
  const legend = legendOfMarks();

  const place = h("button", { type: "button", class: "bg-button bg-primary", onclick: placeBet }, "Place bet");
  const result = betResult(betAgain);
  const question = h("p", { class: "bg-tree-question" }, plan.question);
  const help = h("p", { class: "bg-muted" }, "Click a branch, or press Tab to come to a node and the arrow keys to choose.");
  const asking = h("div", {}, question, help);
  const foot = h("div", { class: "bg-bet-foot" }, place, hint);
  const heading = h("h4", { id: newId("predict") }, "Predict first");
  const predict = h("section", { class: "bg-card bg-predict", "aria-labelledby": heading.id }, heading, asking, result.root);

  const line = steps({ asked: "Backward induction", stem: "settled", move: (settled) => kernel.ask({ kind: "settle", settled }) });
  const step = h("p", { class: "bg-tree-step", "aria-live": "polite" });
  const stepper = h("div", { class: "bg-tree-stepper" }, line.heading, line.row, step);
  const answer = h("div", { class: "bg-answer bg-tree-answer", "aria-live": "polite" });
  const stage = h("section", { class: "bg-card bg-solution", "aria-label": "Game tree" }, order.root, picture.root, table, legend.root, foot, answer, stepper);
  const compared = scrollsByKeyboard(h("div", { class: "bg-tree-compared", ...KEPT_KEYS }), "What the order of moves changes");
  const comparison = h("section", { class: "bg-card" }, h("h4", {}, "What the order of moves changes"), compared);
  const reasons = h("div", { class: "bg-reasons-text" });
  const why = h("details", { class: "bg-card" }, h("summary", {}, "Why, node by node"), reasons);
  const inWords = h("p", {});
  const wording = h("details", { class: "bg-card" }, h("summary", {}, "The tree in words"), inWords);
  const sliders = plan.sliders.length ? controls.root : null;
  const root = frame(
    "bg-tree-explorer",
    `Explorer: ${plan.title}`,
    plan.title,
    message,
    predict,
    h(
      "div",
      { class: `bg-tree-stage ${sliders ? "bg-tree-with-sliders" : ""}` },
      ...[sliders, stage].filter((part) => part),
    ),
    comparison,
    why,
    wording,
  );

  function placeBet() {
    kernel.ask({ kind: "bet", choice: picture.choice() }, () =>
      requestAnimationFrame(() => {
        if (result.root.hidden) return;
        result.focus();
        bringIntoSight(root, ".bg-solution");
      }),
    );
  }

  function betAgain() {
    kernel.ask({ kind: "again" }, () =>
      requestAnimationFrame(() => {
        picture.focus();
        bringIntoSight(root, ".bg-predict");
      }),
    );
  }

  function update(shown, diagram) {
    const { locked } = shown;
    for (const part of [controls, reset, order, result]) part.update(shown);
    picture.update(shown, diagram);
    setMarkup(table, shown.table);
    setShown(table, shown.table !== "");
    setShown(asking, locked);
    setShown(foot, locked);
    if (!locked) setText(hint, "");
    heading.classList.toggle("bg-unseen", !locked);
    setShown(answer, !locked);
    setMarkup(answer, shown.answer);
    setShown(legend.root, !locked && shown.table === "");
    setShown(legend.yours, /yours|wrong/.test(Object.values(shown.branches).join()));
    setShown(stepper, shown.steps > 0);
    if (shown.steps && !kernel.waitsFor((request) => request.kind === "settle")) line.place(shown.settled, shown.steps, shown.stop);
    setText(step, shown.step);
    setMarkup(compared, shown.compared);
    setShown(comparison, shown.compared !== "");
    setMarkup(reasons, shown.reasons);
    setShown(why, shown.reasons !== "");
    setText(inWords, shown.alt);
    setShown(wording, shown.alt !== "");
  }

  return { root, update };
}

export default shell(treePanel);
