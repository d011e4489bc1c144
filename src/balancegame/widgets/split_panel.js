// The explorer of a split among three: its point follows the mouse and the arrow keys.

function trianglePanel(plan, kernel) {
  const [first, second, third] = plan.players;
  const keys = h(
    "p",
    { id: newId("keys"), class: "bg-unseen" },
    `Up and down give ${first} more or less; left and right move a step between ${second} and ${third}; with Shift, four steps at once.`,
  );
  const picture = h("div", { class: "bg-split-picture" });
  const surface = h("div", {
    class: "bg-split-surface",
    role: "application",
    "aria-roledescription": "movable split",
    "aria-describedby": keys.id,
    tabindex: "0",
    onpointerdown: grabbed,
    onpointermove: dragged,
    onpointerup: released,
    onpointercancel: released,
    onkeydown: pressed,
    ...KEPT_KEYS,
  });
  const places = plan.places.map((name) =>
    h("button", { type: "button", class: "bg-button", onclick: () => kernel.ask({ kind: "place", name }) }, name),
  );
  const verdict = h("div", { class: "bg-answer bg-point-verdict", "aria-live": "polite" });
  const worth = h("p", { class: "bg-muted" });
  const heading = h("h4", { id: newId("split") }, "Who objects?");
  const root = h(
    "section",
    { class: "bg-card bg-solution", "aria-labelledby": heading.id },
    heading,
    worth,
    keys,
    h("div", { class: "bg-split" }, picture, surface),
  );
  const said = h(
    "div",
    { class: "bg-card bg-split-said" },
    h("div", { class: "bg-split-places", role: "group", "aria-label": "Move the split to" }, ...places),
    verdict,
  );

  let total = 1;
  let wish = [0, 0, 0];
  let free = false;
  let dragging = false;

  function moveTo(steps) {
    if (!free || steps.some((step) => step < 0) || steps.every((step, k) => step === wish[k])) return;
    wish = steps;
    kernel.ask({ kind: "point", steps });
  }

  // Whole steps that sum to all of them, as near to the parts as can be.
  function whole(parts) {
    const kept = parts.map((part) => Math.max(0, part));
    const sum = kept.reduce((one, other) => one + other) || 1;
    const exact = kept.map((part) => (part / sum) * total);
    const steps = exact.map(Math.floor);
    const order = [0, 1, 2].sort((a, b) => exact[b] - steps[b] - (exact[a] - steps[a]));
    for (let k = 0, left = total - steps[0] - steps[1] - steps[2]; k < left; k += 1) steps[order[k]] += 1;
    return steps;
  }

  function under(event) {
    const box = surface.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const up = 1 - (event.clientY - box.top) / box.height;
    return whole([up, 1 - x - up / 2, x - up / 2]);
  }

  function grabbed(event) {
    if (!free || event.button) return;
    surface.setPointerCapture(event.pointerId);
    dragging = true;
    moveTo(under(event));
  }

  function dragged(event) {
    if (dragging) moveTo(under(event));
  }

  function released() {
    dragging = false;
  }

  function pressed(event) {
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    let steps = wish;
    for (let k = 0; k < (event.shiftKey ? 4 : 1); k += 1) steps = stepped(steps, event.key);
    moveTo(steps);
  }

  // Up and down move two steps, one from each of the others as long as it has one.
  function stepped([top, left, right], key) {
    if (key === "ArrowLeft") return right > 0 ? [top, left + 1, right - 1] : [top, left, right];
    if (key === "ArrowRight") return left > 0 ? [top, left - 1, right + 1] : [top, left, right];
    const by = key === "ArrowUp" ? Math.min(2, left + right) : -Math.min(2, top);
    if (by < 0) return [top + by, left + 1, right - by - 1];
    const taken = Math.min(left, by - Math.min(right, Math.floor(by / 2)));
    return [top + by, left - taken, right - (by - taken)];
  }

  function update(shown) {
    free = !shown.locked;
    total = shown.steps;
    surface.setAttribute("aria-disabled", String(!free));
    surface.setAttribute("aria-label", `Split: ${shown.at}`);
    for (const [side, share] of Object.entries(shown.frame)) surface.style[side] = `${100 * share}%`;
    for (const place of places) place.disabled = !free;
    setText(worth, shown.worth);
    setMarkup(picture, shown.picture);
    setMarkup(verdict, shown.verdict);
    if (!kernel.waitsFor((request) => request.kind === "point")) wish = whole(shown.shares);
  }

  return { root, said, update };
}

function splitPanel({ plan, kernel, message }) {
  const reset = resetButton(kernel);
  const predict = predictPanel(plan, kernel);
  const controls = controlsPanel(plan, kernel, reset);
  const triangle = trianglePanel(plan, kernel);
  const reasons = h("div", { class: "bg-reasons-text" });
  const why = h("details", { class: "bg-card" }, h("summary", {}, "The core"), reasons);
  const root = frame(
    "bg-repeated",
    `Explorer: ${plan.title}`,
    plan.title,
    message,
    h(
      "div",
      { class: "bg-split-stage" },
      predict.root,
      plan.sliders.length ? controls.root : null,
      triangle.root,
      triangle.said,
      why,
    ),
  );

  function update(shown) {
    for (const part of [predict, controls, reset, triangle]) part.update(shown);
    setShown(why, !shown.locked);
    setMarkup(reasons, shown.reasons);
  }

  return { root, update };
}

export default shell(splitPanel);
