// The explorer of votes: for each member its votes, its veto, and its power as a bar.

function memberRow(plan, k, kernel) {
  const name = plan.members[k];
  const votes = plan.sliders.filter((slider) => slider.member === k).map((slider) => sliderRow(slider, kernel));
  const box = h("input", {
    type: "checkbox",
    id: newId("veto"),
    "aria-label": `${name} has a veto`,
    onchange: () => kernel.ask({ kind: "veto", name, on: box.checked }),
    ...KEPT_KEYS,
  });
  const bar = h("span", { class: "bg-power-bar", "data-colour": plan.colours[k] });
  const mark = h("span", { class: "bg-power-mark" });
  const was = h("span", { class: "bg-power-was" });
  const track = h("div", { class: "bg-power-track", role: "img" }, bar, was, mark);
  const told = h("span", { class: "bg-power-told", "aria-hidden": "true" });
  const root = h(
    "div",
    { class: "bg-member", role: "group", "aria-label": name },
    votes.length ? h("div", {}, ...votes.map((row) => row.root)) : h("span", {}, name),
    h("label", { class: "bg-veto", for: box.id }, box, "veto"),
    track,
    told,
  );

  function update(shown) {
    for (const row of votes) row.update(shown);
    box.disabled = shown.locked;
    if (!kernel.waitsFor((request) => request.kind === "veto" && request.name === name)) box.checked = shown.vetoes[k];
    const power = shown.bars[k];
    setFlag(root, "data-locked", !power);
    setText(told, power ? power.told : "");
    if (!power) {
      track.setAttribute("aria-label", "power: place your bet first");
      return;
    }
    bar.style.width = `${power.width}%`;
    mark.style.left = `${power.mark}%`;
    setShown(was, isThere(power.was));
    if (isThere(power.was)) was.style.left = `${power.was}%`;
    track.setAttribute("aria-label", power.words);
  }

  return { root, update };
}

// The stops of a quota follow the sum of all votes.
function quotaRow(plan, r, kernel) {
  const slider = { ...plan.quotas[r], values: ["0"] };
  const row = sliderRow(slider, kernel);
  const input = row.root.querySelector("input");
  const half = h("input", {
    type: "checkbox",
    id: newId("majority"),
    onchange: () => kernel.ask({ kind: "majority", rule: r, on: half.checked }),
    ...KEPT_KEYS,
  });
  const root = h(
    "div",
    { class: "bg-quota" },
    row.root,
    h("label", { for: half.id }, half, "always just more than half"),
  );

  function update(shown) {
    slider.values = shown.quotas[r].values;
    input.max = String(slider.values.length - 1);
    row.update(shown);
    half.disabled = shown.locked;
    half.checked = shown.quotas[r].majority;
  }

  return { root, update };
}

function votesPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const preset = presetMenu(plan, kernel);
  const quotas = plan.quotas.map((_, r) => quotaRow(plan, r, kernel));
  const total = h("p", { class: "bg-muted" });
  const members = plan.members.map((_, k) => memberRow(plan, k, kernel));
  const answer = h("p", { class: "bg-answer", "aria-live": "polite" });
  const scale = h("span");
  const legend = h(
    "p",
    { class: "bg-power-legend bg-muted" },
    h("span", { class: "bg-power-sample" }),
    "Shapley-Shubik index",
    h("span", { class: "bg-power-sample bg-power-diamond" }),
    "Banzhaf index",
    h("span", { class: "bg-power-sample bg-power-line" }),
    "before the last change;",
    scale,
  );
  const reasons = h("div", { class: "bg-reasons-text" });
  const why = h(
    "details",
    { class: "bg-card", ontoggle: () => kernel.ask({ kind: "reasons", on: why.open }) },
    h("summary", {}, "Why"),
    reasons,
  );
  const heading = h("h4", { id: newId("votes") }, "Weights and power");
  const solved = h(
    "section",
    { class: "bg-card bg-solution", "aria-labelledby": heading.id },
    h("div", { class: "bg-controls-head" }, heading, preset.root, reset.root, plan.presets.length ? preset.menu : null),
    h("div", { class: "bg-quotas" }, ...quotas.map((quota) => quota.root), total),
    answer,
    h("div", { class: "bg-members" }, ...members.map((member) => member.root)),
    legend,
  );
  const root = frame("bg-votes", `Explorer: ${plan.title}`, plan.title, message, predict.root, solved, why);

  function update(shown) {
    for (const part of [predict, preset, reset, ...quotas, ...members]) part.update(shown);
    setText(total, shown.total);
    setText(answer, shown.answer);
    setText(scale, shown.scale);
    setShown(legend, !shown.locked);
    setShown(why, !shown.locked);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(votesPanel);
