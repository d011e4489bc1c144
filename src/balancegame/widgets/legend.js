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
        h("span", { class: "bg-sample", "data-player": player, "data-shape": plan.shapes[player] }),
        plan.square ? h("span", { class: "bg-line", "data-player": player }) : null,
        words,
      ),
    ),
    several ? h("li", {}, h("span", { class: "bg-sample bg-sample-pure" }, "★"), "equilibrium in pure strategies") : null,
    plan.square ? h("li", {}, h("span", { class: "bg-sample-point" }), "equilibrium, pure or mixed") : null,
    plan.square ? h("li", {}, h("span", { class: "bg-sample-band" }), "continuum of equilibria") : null,
  );

  function update(shown) {
    setShown(root, !shown.locked);
  }

  return { root, update };
}
