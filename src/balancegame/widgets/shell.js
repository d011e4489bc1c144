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

    const renew = () => renewPage(model);
    model.on("change:shown", showAnswer);
    model.on("change:renewed", renew);
    showAnswer();
    renew();
    el.append(root);
    return () => {
      model.off("change:shown", showAnswer);
      model.off("change:renewed", renew);
      kernel.close();
    };
  }

  return { render };
}

// Write the page that stands in for an explorer into JupyterLab's notebook, so that it is saved as it
// is now: a notebook that was reloaded while its kernel lived cannot be told so by Jupyter's messages.
function renewPage(model) {
  const { data, model: id } = model.get("renewed") || {};
  const cells = data && model.widget_manager?.context?.model?.cells;
  for (const cell of cells || []) {
    const outputs = cell.outputs?.toJSON() || [];
    const at = outputs.findIndex((output) => output.data?.["application/vnd.jupyter.widget-view+json"]?.model_id === id) + 1;
    const page = outputs[at];
    if (!at || !page?.data?.["text/html"] || joined(page.data["text/html"]) === data["text/html"]) continue;
    cell.outputs.set(at, { ...page, data: { ...data } });
  }
}

function joined(text) {
  return Array.isArray(text) ? text.join("") : text;
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
