// The explorer of a bargaining problem: how outcomes can be shared, and the frontier that follows.

function wayPanel(plan, kernel) {
  const group = newId("way");
  const radios = plan.ways.map(({ value }) =>
    h("input", {
      type: "radio",
      name: group,
      value,
      id: newId("way"),
      onchange: () => kernel.ask({ kind: "way", way: value }),
      ...KEPT_KEYS,
    }),
  );
  const root = h(
    "fieldset",
    { class: "bg-card bg-ways" },
    h("legend", {}, plan.asked),
    ...plan.ways.map(({ words }, k) => h("label", { class: "bg-choice", for: radios[k].id }, radios[k], h("span", {}, words))),
  );

  function update(shown) {
    for (const radio of radios) {
      radio.disabled = shown.locked;
      radio.checked = radio.value === shown.way;
    }
  }

  return { root, update };
}

function bargainingPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const ways = wayPanel(plan, kernel);
  const payoffs = h("p", { class: "bg-muted" });
  const picture = h("div", { class: "bg-payoff-picture" });
  const answer = h("p", { class: "bg-answer", "aria-live": "polite" });
  const reasons = h("div", { class: "bg-reasons-text" });
  const heading = h("h4", { id: newId("frontier") }, "What they can agree on");
  const solved = h("section", { class: "bg-card bg-solution", "aria-labelledby": heading.id }, heading, payoffs, answer, picture);
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
      h("div", { class: "bg-repeated-column" }, ways.root, plan.sliders.length ? controls.root : null),
      h("div", { class: "bg-repeated-column" }, solved, why),
    ),
  );

  function update(shown) {
    for (const part of [predict, ways, controls, reset]) part.update(shown);
    setText(payoffs, shown.payoffs);
    setMarkup(picture, shown.picture);
    setText(answer, shown.answer);
    setShown(why, !shown.locked);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(bargainingPanel);
