// Play against an automaton, which Python keeps to itself.

function playPanel({ plan, kernel, message }) {
  const choices = h("div", { class: "bg-play-choices" });
  // Where the world changes, it is seen before one chooses.
  const world = h("div", { class: "bg-payoff-picture" });
  const weather = h("p", { "aria-live": "polite" });
  const stage = h("div", { class: "bg-payoff-picture" });
  const sky = h("div", { class: "bg-play-world" }, weather, world, stage);
  const rows = h("tbody", {});
  const totals = h("p", { class: "bg-play-totals", "aria-live": "polite" });
  const id = newId("guess");
  const options = [h("option", { value: "" }, "choose a strategy"), ...plan.names.map((name) => h("option", { value: name }, name))];
  const menu = h("select", { id, ...KEPT_KEYS }, ...options);
  const name = h(
    "button",
    { type: "button", class: "bg-button", onclick: () => kernel.ask({ kind: "guess", name: menu.value }) },
    "Name it",
  );
  const show = h(
    "button",
    { type: "button", class: "bg-button", hidden: true, onclick: () => kernel.ask({ kind: "show" }) },
    "Show me whom I face",
  );
  const again = h(
    "button",
    { type: "button", class: "bg-button", onclick: startAgain },
    "Play somebody else",
  );
  const reveal = h("div", { class: "bg-play-reveal", "aria-live": "polite" });
  const line = steps({
    asked: "Period",
    stem: "period",
    move: (period) => kernel.ask({ kind: "look", period }),
  });
  const graph = h("div", { class: "bg-payoff-picture" });
  const state = h("p", { "aria-live": "polite" });
  const path = h("div", { class: "bg-play-path" }, line.heading, line.row, graph, state);
  const before = plan.worlds ? ["Period", "World"] : ["Period"];
  const [you, other] = [plan.you, plan.other].map((name) => name[0].toUpperCase() + name.slice(1));
  const heads = [...before, you, other, `${you} gets`, `${other} gets`];
  const colours = [...before.map(() => null), ...plan.colours, ...plan.colours];
  const root = frame(
    "bg-play",
    `You are ${plan.you}`,
    `You are ${plan.you}. What do you do this period?`,
    message,
    sky,
    choices,
    scrollsByKeyboard(
      h(
        "div",
        { class: "bg-play-scroll", ...KEPT_KEYS },
        h(
          "table",
          { class: "bg-play-history" },
          h("thead", {}, h("tr", {}, ...heads.map((words, k) => h("th", { scope: "col", "data-colour": colours[k] }, words)))),
          rows,
        ),
      ),
      "What was played, wider than the page",
    ),
    totals,
    h("div", { class: "bg-play-choices" }, h("label", { for: id }, "I am facing"), menu, name, show, again),
    reveal,
    path,
  );

  function startAgain() {
    // The answer about the last one is none about the next.
    menu.value = "";
    kernel.ask({ kind: "again" });
  }

  function offer(actions) {
    const key = JSON.stringify(actions);
    // Buttons that stay as they are keep the focus of whoever presses one again and again.
    if (choices.dataset.key === key) return;
    choices.dataset.key = key;
    choices.replaceChildren(
      ...actions.map((action) =>
        h("button", { type: "button", class: "bg-button", onclick: () => kernel.ask({ kind: "act", action }) }, action),
      ),
    );
  }

  function list(played, period) {
    const key = JSON.stringify([played, period]);
    if (rows.dataset.key === key) return;
    rows.dataset.key = key;
    rows.replaceChildren(
      ...played.map((row) =>
        h(
          "tr",
          { "aria-current": row[0] === period ? "true" : null },
          ...row.map((words, k) => h("td", { "data-colour": colours[k] }, words)),
        ),
      ),
    );
  }

  function update(shown) {
    offer(shown.actions);
    setShown(sky, plan.worlds);
    setMarkup(world, shown.world);
    setText(weather, shown.weather);
    setMarkup(stage, shown.stage);
    list(shown.rows, shown.path.period);
    const [yours, theirs] = shown.averages;
    setText(totals, yours ? `On average so far, where each period counts ${plan.patience} times as much as the one before it: ${plan.you} ${yours}, ${plan.other} ${theirs}.` : "");
    setMarkup(reveal, shown.reveal);
    setShown(show, shown.can_show);
    name.disabled = menu.disabled = !shown.can_name;
    // Whoever asked whom they face may have chosen another name before.
    if (shown.faced) menu.value = shown.faced;
    setShown(path, Boolean(shown.path.graph));
    if (shown.path.graph) {
      if (!kernel.waitsFor((request) => request.kind === "look")) line.place(shown.path.at, shown.path.last, shown.path.stop);
      setMarkup(graph, shown.path.graph);
      setText(state, shown.path.words);
    }
  }

  return { root, update };
}

export default shell(playPanel);
