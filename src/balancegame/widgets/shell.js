// What every explorer has: a frame that answers Python, and a place for messages.
//
// A panel builds the rest: it gets the plan, the kernel and the message, and returns its root and
// what updates it. Python decides everything; the page shows it and asks.

function shell(panel) {
  function render({ model, el }) {
    const message = h("p", { class: "bg-message", role: "alert" });
    const kernel = connect(model, show, () => {
      setText(message, "Python does not answer; if the kernel is idle, run the cell again.");
    });
    const { root, update } = panel({ plan: model.get("plan"), kernel, message });

    // What Python foretold is shown at once. The model keeps what Python said last, so that its own
    // answer, nearly always the same, has the last word.
    function show({ shown, diagram }) {
      update(shown, diagram || model.get("diagram"));
      setText(message, shown.message);
    }

    function showAnswer() {
      const shown = model.get("shown");
      kernel.answered(shown.token);
      show({ shown });
    }

    model.on("change:shown", showAnswer);
    showAnswer();
    el.append(root);
    return () => {
      model.off("change:shown", showAnswer);
      kernel.close();
    };
  }

  return { render };
}

// The frame of an explorer: a group with a title.
function frame(kind, label, title, ...children) {
  return h(
    "div",
    { class: `bg-explorer ${kind}`.trim(), role: "group", "aria-label": label },
    title ? h("h3", { class: "bg-title" }, title) : null,
    ...children,
  );
}
