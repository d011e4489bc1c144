// The payoff table: every payoff can be typed over, and best responses are marked as they move.

function payoffTable(plan, kernel, reset) {
  const inputs = new Map();
  const cells = new Map();
  const heading = h("h4", { id: newId("payoffs") }, "Payoffs");
  const status = h("p", { class: "bg-status", role: "status" });
  const refusals = h("div", { class: "bg-refusals", role: "status" });
  const root = h(
    "section",
    { class: "bg-table", "aria-labelledby": heading.id },
    plan.sliders.length ? heading : h("div", { class: "bg-controls-head" }, heading, reset.root),
    ...plan.panels.map(panel),
    refusals,
    status,
  );

  function panel(shape) {
    const several = plan.players.length > 1;
    const head = h("tr", {}, h("th", { scope: "col", class: "bg-player", "data-colour": plan.looks[0].colour }, plan.players[0]));
    head.append(...plan.columns.map((name) => h("th", { scope: "col", title: name }, name)));
    const top = several
      ? h(
          "tr",
          {},
          h("td", { class: "bg-corner" }),
          h("th", { scope: "colgroup", colspan: plan.columns.length, class: "bg-player", "data-colour": plan.looks[1].colour }, plan.players[1]),
        )
      : null;
    const rows = shape.cells.map((row, i) =>
      h("tr", {}, h("th", { scope: "row", title: plan.rows[i] }, plan.rows[i]), ...row.map(tableCell)),
    );
    const label = `${shape.fixed ? `${shape.fixed}: ` : ""}payoffs of ${plan.players.join(", ")}`;
    return h(
      "div",
      { class: "bg-scroll" },
      shape.fixed ? h("p", { class: "bg-fixed" }, shape.fixed) : null,
      h("table", { "aria-label": label }, h("thead", {}, top, head), h("tbody", {}, ...rows)),
    );
  }

  function tableCell(cell) {
    const star = h("span", { class: "bg-star-badge", hidden: true }, h("span", { "aria-hidden": "true" }, "★"), h("span", { class: "bg-unseen" }, "an equilibrium"));
    const node = h("td", {}, h("div", { class: "bg-payoffs" }, ...cell.names.map((name, player) => payoff(cell, name, player))), star);
    cells.set(cell.key, { node, star });
    return node;
  }

  function payoff(cell, name, player) {
    const key = `${player}:${cell.key}`;
    const mark = h("span", { id: newId("mark"), class: "bg-unseen" });
    const reason = h("p", { id: newId("reason"), class: "bg-reason", hidden: true });
    const input = h("input", {
      type: "text",
      class: "bg-payoff",
      "aria-label": name,
      "data-colour": plan.looks[player].colour,
      "data-shape": plan.looks[player].shape,
      "aria-describedby": mark.id,
      autocomplete: "off",
      spellcheck: "false",
    });
    const entry = { input, mark, reason, draft: false, key, cell, player };
    input.addEventListener("input", () => typed(entry));
    input.addEventListener("blur", () => finished(entry));
    input.addEventListener("keydown", (event) => pressed(entry, event));
    refusals.append(reason);
    inputs.set(key, entry);
    return h("span", { class: "bg-slot" }, input, mark);
  }

  function request(entry, more) {
    return { player: entry.player, cell: entry.cell.cell, key: entry.key, ...more };
  }

  function typed(entry) {
    entry.draft = true;
    fit(entry.input);
    kernel.ask(request(entry, { kind: "edit", text: entry.input.value, final: false }));
  }

  function finished(entry) {
    if (!entry.draft) return;
    const text = entry.input.value;
    kernel.ask(request(entry, { kind: "edit", text, final: true }), () => {
      if (entry.input.value === text) entry.draft = false;
    });
  }

  function pressed(entry, event) {
    const by = { ArrowUp: "1", ArrowDown: "-1" }[event.key];
    if (entry.input.readOnly) return;
    if (by) {
      event.preventDefault();
      entry.draft = false;
      kernel.ask(request(entry, { kind: "nudge", by }));
    } else if (event.key === "Enter") {
      event.preventDefault();
      finished(entry);
    } else if (event.key === "Escape" && (entry.draft || entry.reason.textContent)) {
      event.preventDefault();
      entry.draft = false;
      kernel.ask(request(entry, { kind: "edit", text: entry.value, final: true }));
    }
  }

  function update(shown) {
    for (const entry of inputs.values()) show(entry, shown.payoffs[entry.key], shown.locked);
    setText(status, shown.status);
    const pure = new Set(shown.pure);
    for (const [key, { node, star }] of cells) {
      setFlag(node, "data-pure", pure.has(key));
      setShown(star, pure.has(key));
    }
  }

  function show(entry, payoff, locked) {
    const { input } = entry;
    entry.value = payoff.value;
    if (!entry.draft) setValue(input, payoff.text);
    input.readOnly = locked;
    setFlag(input, "data-lm-suppress-shortcuts", locked);
    setFlag(input, "data-best", payoff.best);
    setText(entry.mark, payoff.best ? "best response" : "");
    const wrong = payoff.refused !== "";
    setFlag(input, "aria-invalid", wrong);
    setText(entry.reason, payoff.refused);
    setShown(entry.reason, wrong);
    const described = wrong ? `${entry.mark.id} ${entry.reason.id}` : entry.mark.id;
    if (input.getAttribute("aria-describedby") !== described) input.setAttribute("aria-describedby", described);
  }

  return { root, update };
}

// The caret stays where it was: writing a value into a field would send it to the end.
function setValue(input, text) {
  if (input.value !== text) {
    const focused = hasFocus(input);
    const { selectionStart, selectionEnd } = input;
    input.value = text;
    if (focused) input.setSelectionRange(Math.min(selectionStart, text.length), Math.min(selectionEnd, text.length));
  }
  fit(input);
}

function fit(input) {
  const width = `${Math.max(3, Math.min(18, input.value.length + 1.5))}ch`;
  if (input.style.width !== width) input.style.width = width;
}
