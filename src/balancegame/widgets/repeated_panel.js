// The explorer of a repeated game: the payoffs of its equilibria, and which norms hold.

function pointPanel(plan, kernel, message) {
  const inputs = plan.players.map((player, k) => {
    const id = newId("point");
    const input = h("input", {
      id,
      type: "text",
      size: "6",
      inputmode: "decimal",
      onchange: moved,
      onkeydown: (event) => event.key === "Enter" && moved(),
      ...KEPT_KEYS,
    });
    return { root: h("span", { class: "bg-payoff-of" }, h("label", { for: id, "data-colour": plan.colours[k] }, player), input), input };
  });
  const verdict = h("div", { class: "bg-point-verdict", "aria-live": "polite" });
  const fields = h("div", { class: "bg-point-inputs" }, ...inputs.map((entry) => entry.root));
  const heading = h("h4", {}, "Your point: average payoffs");
  const root = h("section", { class: "bg-card bg-point-card" }, heading, fields, verdict);

  let asked = false;

  function moved() {
    asked = true;
    kernel.ask({ kind: "point", point: inputs.map((entry) => entry.input.value) });
  }

  function update(shown) {
    // What is wrong with a point is said beside it, and what was typed stays there to be mended.
    const refused = asked && Boolean(shown.message);
    const above = refused ? fields : root.closest(".bg-explorer").querySelector(".bg-title");
    if (message.previousElementSibling !== above) above.after(message);
    inputs.forEach(({ input }, k) => {
      if (!hasFocus(input) && !refused) input.value = shown.point[k];
    });
    asked = false;
    setMarkup(verdict, shown.verdict);
  }

  return { root, update };
}

function repeatedPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const point = pointPanel(plan, kernel, message);
  const picture = h("div", { class: "bg-payoff-picture" });
  const norms = h("ul", { class: "bg-norms", "aria-live": "polite" });
  const reasons = h("div", { class: "bg-reasons-text" });
  const holds = h("section", { class: "bg-card" }, h("h4", {}, "Does it hold?"), norms);
  const pictured = h("section", { class: "bg-card bg-solution" }, h("h4", {}, "Equilibrium payoffs in pure strategies"), picture);
  const why = h("details", { class: "bg-card" }, h("summary", {}, "How an equilibrium reaches each corner"), reasons);
  const root = frame(
    "bg-repeated",
    `Explorer: ${plan.title}`,
    plan.title,
    message,
    h(
      "div",
      { class: "bg-repeated-stage bg-bet-right bg-three" },
      predict.root,
      h("div", { class: "bg-repeated-column" }, controls.root),
      h("div", { class: "bg-repeated-column" }, pictured),
      h("div", { class: "bg-repeated-column bg-said" }, holds, point.root, why),
    ),
  );

  function update(shown) {
    for (const part of [predict, controls, reset, point]) part.update(shown);
    for (const card of [point.root, holds, pictured, why]) setShown(card, !shown.locked);
    setMarkup(picture, shown.picture);
    setMarkup(norms, shown.norms);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(repeatedPanel);
