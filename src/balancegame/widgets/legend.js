// What the marks in the table and the lines of the square mean.

function legendPanel(plan) {
  const several = plan.players.length > 1;
  const root = h(
    "ul",
    { class: "bg-legend" },
    ...plan.legend.map((words, player) =>
      h(
        "li",
        {},
        h("span", { class: "bg-sample", "data-colour": plan.looks[player].colour, "data-shape": plan.looks[player].shape }),
        plan.square ? lineOf(plan.looks[player]) : null,
        words,
      ),
    ),
    several ? h("li", {}, h("span", { class: "bg-sample bg-sample-pure" }, "★"), "an equilibrium in a cell") : null,
    plan.square ? h("li", {}, h("span", { class: "bg-sample-point" }), "an equilibrium") : null,
    plan.square ? h("li", {}, h("span", { class: "bg-sample-band" }), "infinitely many equilibria") : null,
  );

  function update(shown) {
    setShown(root, !shown.locked);
  }

  return { root, update };
}

function lineOf({ colour, dash }) {
  const line = h("span", { class: "bg-line", "data-colour": colour });
  line.innerHTML = `<svg width="30" height="5" aria-hidden="true"><path d="M0 2.5h30" stroke="currentcolor" stroke-width="4.5" stroke-dasharray="${dash}"/></svg>`;
  return line;
}
