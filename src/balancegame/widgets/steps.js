// Places in a row: a slider with a button on either side, and in words where it stands.

function steps({ asked, stem, move }) {
  let at = 0;
  let last = 0;

  function go(position) {
    at = Math.min(Math.max(position, 0), last);
    slider.value = at;
    move(at);
  }

  const slider = h("input", {
    type: "range", min: 0, step: 1, id: newId(stem),
    oninput: () => go(Number(slider.value)), ...KEPT_KEYS,
  });
  const value = h("output", { for: slider.id, class: "bg-stop" });
  const back = h("button", { type: "button", class: "bg-button", onclick: () => go(at - 1) }, "Back");
  const next = h("button", { type: "button", class: "bg-button", onclick: () => go(at + 1) }, "Next");

  function place(position, end, words) {
    at = position;
    last = end;
    slider.max = end;
    if (Number(slider.value) !== at) slider.value = at;
    slider.setAttribute("aria-valuetext", words);
    setText(value, words);
    // Disabled buttons would lose the focus of whoever has just pressed them.
    back.setAttribute("aria-disabled", String(at === 0));
    next.setAttribute("aria-disabled", String(at === last));
  }

  return {
    heading: h("p", {}, h("label", { for: slider.id }, `${asked}: `), value),
    row: h("div", { class: "bg-row" }, back, slider, next),
    place,
  };
}
