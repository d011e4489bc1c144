// Presets, sliders, what is held fixed, and Reset.

function resetButton(kernel) {
  const root = h("button", { type: "button", class: "bg-button", onclick: () => kernel.ask({ kind: "reset" }) }, "Reset");

  function update(shown) {
    setText(root, shown.reset);
    root.disabled = shown.locked;
  }

  return { root, update };
}

function controlsPanel(plan, kernel, reset) {
  const heading = h("h4", { id: newId("controls") }, plan.sliders.length ? "Sliders" : "Values");
  const preset = presetMenu(plan, kernel);
  const sliders = plan.sliders.map((slider) => sliderRow(slider, kernel));
  const bar = h("div", { class: "bg-bar" });
  const stand = h("p", { class: "bg-stand" });
  if (sliders.length) sliders[0].root.append(bar, stand);
  const fixedValues = h("ul");
  const held = h("details", { class: "bg-held bg-muted" }, h("summary", {}, "What is held fixed"), fixedValues);
  const root = h(
    "section",
    { class: "bg-card bg-controls", "aria-labelledby": heading.id },
    h("div", { class: "bg-controls-head" }, heading, reset.root, plan.presets.length ? preset.menu : null),
    preset.root,
    h("div", { class: "bg-sliders" }, ...sliders.map((slider) => slider.root)),
    held,
  );

  function update(shown) {
    preset.update(shown);
    for (const slider of sliders) slider.update(shown);
    setMarkup(bar, shown.bar);
    setText(stand, shown.stand);
    setShown(held, shown.held.length > 0);
    setShown(bar, shown.bar !== "");
    setShown(stand, shown.stand !== "");
    const key = JSON.stringify(shown.held);
    if (fixedValues.dataset.key === key) return;
    fixedValues.dataset.key = key;
    fixedValues.replaceChildren(
      ...shown.held.map((entry) => h("li", {}, h("strong", {}, fixed(entry)), `: ${entry.meaning}`)),
    );
  }

  return { root, update };
}

function fixed(entry) {
  return `${entry.name} = ${entry.value}`;
}

function presetMenu(plan, kernel) {
  const id = newId("preset");
  const menu = h(
    "select",
    { id, onchange: () => kernel.ask({ kind: "preset", title: menu.value }), ...KEPT_KEYS },
    h("option", { value: "", disabled: true }, "your own values"),
    ...plan.presets.map((title) => h("option", { value: title }, title)),
  );
  const story = h("p", { class: "bg-story" });
  const sources = h("ul", { class: "bg-sources" });
  const root = h("details", { class: "bg-preset" }, h("summary", {}, "About these values"), story, sources);

  function update(shown) {
    menu.disabled = shown.locked || shown.edited;
    if (menu.value !== shown.preset.title) menu.value = shown.preset.title;
    setText(story, shown.preset.story);
    setShown(root, shown.preset.title !== "");
    const key = JSON.stringify(shown.preset.sources);
    if (sources.dataset.key === key) return;
    sources.dataset.key = key;
    sources.replaceChildren(
      ...shown.preset.sources.map((entry) => h("li", {}, h("strong", {}, fixed(entry)), ` — ${entry.source}`)),
    );
  }

  return { root, menu: h("div", { class: "bg-preset-menu" }, h("label", { for: id }, "Values"), menu), update };
}

function sliderRow(slider, kernel) {
  const id = newId("slider");
  const meaning = newId("meaning");
  const symbol = slider.symbol || slider.name;
  let fresh = true;
  // Where the thumb was put last, and steps that were taken while Python moved it elsewhere.
  let placed = 0;
  let steps = 0;
  const input = h("input", {
    type: "range",
    id,
    min: "0",
    max: String(slider.values.length - 1),
    step: "1",
    "aria-describedby": meaning,
    oninput: moved,
    onchange: () => (fresh = true),
    // A key that is held is one move, as a drag is: what changed is told from where it began.
    onkeydown: (event) => (fresh = !event.repeat),
    ...KEPT_KEYS,
  });
  const value = h("output", { for: id, class: "bg-value" });
  const root = h(
    "div",
    { class: "bg-slider" },
    h("label", { for: id }, h("span", { class: "bg-symbol" }, symbol), " ="),
    value,
    h("span", { id: meaning, class: "bg-meaning" }, slider.meaning),
    input,
  );

  function moved() {
    if (kernel.waitsFor((request) => request.kind === "preset" || request.kind === "reset")) {
      steps += input.value - placed;
      input.value = placed;
      return;
    }
    placed = Number(input.value);
    kernel.ask({ kind: "slide", name: slider.name, value: slider.values[placed], fresh });
    fresh = false;
  }

  function update(shown) {
    const text = shown.values[slider.name];
    input.disabled = shown.locked || shown.edited;
    setText(value, shown.told[slider.name]);
    if (kernel.waitsFor((request) => request.kind === "slide" && request.name === slider.name)) return;
    placed = nearest(slider.values, text);
    if (input.value !== String(placed)) input.value = placed;
    input.style.setProperty("--bg-share", input.value / Math.max(1, slider.values.length - 1));
    input.setAttribute("aria-valuetext", `${symbol} = ${shown.told[slider.name]}`);
    if (steps) {
      input.value = placed + steps;
      steps = 0;
      moved();
    }
  }

  return { root, update };
}

function nearest(values, text) {
  const exact = values.indexOf(text);
  if (exact >= 0) return exact;
  const distances = values.map((value) => Math.abs(number(value) - number(text)));
  return distances.indexOf(Math.min(...distances));
}

function number(text) {
  const [above, below] = text.split("/");
  return Number(above) / Number(below || 1);
}
