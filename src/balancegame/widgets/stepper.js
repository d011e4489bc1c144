// One line of stops: a slider with buttons beside it, a picture and words.

function stepperPanel({ plan, kernel, message }) {
  const last = plan.stops.length - 1;
  let wish = 0;

  function place(position) {
    wish = position;
    line.place(wish, last, plan.stops[wish]);
  }

  function move(position) {
    place(position);
    kernel.ask({ kind: "slide", name: "stop", value: wish });
  }

  const line = steps({ asked: plan.asked, stem: "stop", move });
  const picture = h("div", {
    class: "bg-picture",
    ...(plan.span ? { onpointerdown: grabbed, onpointermove: dragged, "data-draggable": plan.span[0] } : {}),
  });
  const words = h("div", { class: "bg-answer", "aria-live": "polite" });
  const root = frame(
    "bg-stepper",
    plan.title,
    plan.title,
    message,
    h("div", { class: "bg-card bg-steps" }, line.heading, line.row),
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
    const position = Math.min(Math.max(Math.round(((at - start) / (end - start)) * last), 0), last);
    if (position !== wish) move(position);
  }

  function update(shown) {
    if (!kernel.waitsFor((request) => request.kind === "slide")) place(shown.values.stop);
    setMarkup(picture, shown.picture);
    setMarkup(words, shown.words);
  }

  return { root, update };
}

export default shell(stepperPanel);
