// One line of stops: a slider with buttons beside it, a picture and words.

function render({ model, el }) {
  const plan = model.get("plan");
  const last = plan.stops.length - 1;
  const heading = h("h3", { class: "bg-title", id: newId("stepper") }, plan.title);
  const message = h("p", { class: "bg-message", role: "alert" });
  const kernel = connect(model, () => {
    setText(message, "Python does not answer; if the kernel is idle, run the cell again.");
  });
  let wish = model.get("shown").at;

  function move(position) {
    wish = Math.min(Math.max(position, 0), last);
    place();
    kernel.ask({ kind: "slide", name: "stop", position: wish });
  }

  const slider = h("input", {
    type: "range", min: 0, max: last, step: 1, id: newId("stop"),
    oninput: () => move(Number(slider.value)), ...KEPT_KEYS,
  });
  const value = h("output", { for: slider.id, class: "bg-stop" });
  const label = h("label", { for: slider.id }, `${plan.asked}: `);
  const back = h("button", { type: "button", class: "bg-button", onclick: () => move(wish - 1) }, "Back");
  const next = h("button", { type: "button", class: "bg-button", onclick: () => move(wish + 1) }, "Next");
  const picture = h("div", {
    class: "bg-picture",
    ...(plan.span ? { onpointerdown: grabbed, onpointermove: dragged, "data-draggable": plan.span[0] } : {}),
  });
  const words = h("div", { class: "bg-answer", "aria-live": "polite" });
  const root = h(
    "div",
    { class: "bg-explorer bg-stepper", role: "group", "aria-labelledby": heading.id },
    heading,
    message,
    h("div", { class: "bg-card bg-steps" }, h("p", {}, label, value), h("div", { class: "bg-row" }, back, slider, next)),
    h("div", { class: "bg-card bg-sides" }, picture, words),
  );

  function grabbed(event) {
    if (event.button !== 0) return;
    picture.setPointerCapture(event.pointerId);
    follow(event);
  }

  function dragged(event) {
    if (picture.hasPointerCapture(event.pointerId)) follow(event);
  }

  function follow(event) {
    event.preventDefault();
    const [axis, start, end] = plan.span;
    const svg = picture.querySelector("svg");
    const box = svg.getBoundingClientRect();
    const view = svg.viewBox.baseVal;
    const at = axis === "x" ? ((event.clientX - box.left) / box.width) * view.width : ((event.clientY - box.top) / box.height) * view.height;
    const position = Math.round(((at - start) / (end - start)) * last);
    if (position !== wish) move(position);
  }

  function place() {
    if (Number(slider.value) !== wish) slider.value = wish;
    slider.setAttribute("aria-valuetext", plan.stops[wish]);
    setText(value, plan.stops[wish]);
    // Disabled buttons would lose the focus of whoever has just pressed them.
    back.setAttribute("aria-disabled", String(wish === 0));
    next.setAttribute("aria-disabled", String(wish === last));
  }

  function update() {
    const shown = model.get("shown");
    kernel.answered(shown.token);
    setText(message, "");
    setMarkup(picture, shown.picture);
    setMarkup(words, shown.words);
  }

  model.on("change:shown", update);
  place();
  update();
  el.append(root);
  return () => {
    model.off("change:shown", update);
    kernel.close();
  };
}

export default { render };
