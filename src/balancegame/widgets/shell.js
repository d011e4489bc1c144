// What every explorer has: a frame that answers Python, and a place for messages.
//
// A panel builds the rest: it gets the plan, the kernel, the message and the model, and returns its
// root and what updates it. Python decides everything; the page shows it and asks.

function shell(panel) {
  function render({ model, el }) {
    const message = h("p", { class: "bg-message", role: "alert" });
    const kernel = connect(model, () => {
      setText(message, "Python does not answer; if the kernel is idle, run the cell again.");
    });
    const { root, update } = panel({ plan: model.get("plan"), kernel, message, model });

    function show() {
      const shown = model.get("shown");
      kernel.answered(shown.token);
      update(shown);
      setText(message, shown.message);
    }

    model.on("change:shown", show);
    show();
    el.append(root);
    return () => {
      model.off("change:shown", show);
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
