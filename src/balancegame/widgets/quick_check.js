// A question of a lesson: its own input, and below it what Python says to the answer.
//
// An input is made by kind. It gets what the plan says of it and a function that hands an answer
// over, and returns its root and what shows an answer as chosen.

const INPUTS = { number: numberField, one: oneOf, some: someOf, cells: cellsOfTable, branches: branchesOfTree };

function questionPanel({ plan, kernel, message }) {
  const prompt = h("p", { class: "bg-muted bg-prompt", id: newId("prompt") }, plan.prompt);
  const opening = h("strong");
  const words = h("span");
  const verdict = h("p", { class: "bg-feedback", role: "status", "aria-live": "polite" }, opening, " ", words);
  const input = INPUTS[plan.input.kind](plan.input, submit, prompt.id);
  const root = h(
    "div",
    { class: "bg-quick-check", role: "group", "aria-label": plan.label },
    prompt, input.root, message, verdict,
  );

  // The same words once more would not be read aloud.
  function submit(answer) {
    setText(opening, "");
    setText(words, "");
    kernel.ask({ kind: "answer", answer });
  }

  function update(shown) {
    if (kernel.waitsFor((request) => request.kind === "answer" && shown.verdict === "")) return;
    verdict.dataset.verdict = shown.verdict;
    setText(opening, shown.opening);
    setText(words, shown.words);
    if (isThere(shown.chosen)) input.show(shown.chosen);
  }

  return { root, update };
}

function numberField(plan, submit, described) {
  const field = h("input", {
    type: "text", class: "bg-field", size: 12, autocomplete: "off",
    spellcheck: "false", "aria-describedby": described, onkeydown: entered,
  });
  const root = h(
    "form",
    { class: "bg-inputs", onsubmit: (event) => { event.preventDefault(); submit(field.value); } },
    h("label", { class: "bg-box" }, "Your answer", field),
    h("button", { type: "submit", class: "bg-button bg-primary" }, "Check"),
  );
  // JupyterLab would keep Enter from the form. With Shift it goes on to the next cell, as everywhere.
  function entered(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    submit(field.value);
    if (event.shiftKey) goOn(field);
  }
  let known = "";
  // Whoever types on while Python judges keeps what is typed.
  function show(chosen) {
    if (chosen !== known && (field.value === "" || !hasFocus(field))) field.value = chosen;
    known = chosen;
  }
  return { root, show };
}

// A letter chooses the button that is called so, as on paper.
function oneOf(plan, submit, described) {
  const answers = plan.options.map((option) => option.answer);
  const lettered = plan.options.some((option) => option.text);
  const buttons = plan.options.map(({ answer, text }) =>
    h(
      "button",
      { type: "button", class: "bg-button", "aria-pressed": "false", onclick: () => submit(answer) },
      ...(text ? [h("b", {}, answer), " ", h("span", {}, ...withItalics(text))] : [answer]),
    ),
  );
  const root = h(
    "div",
    { class: `bg-inputs ${lettered ? "bg-lettered" : ""}`.trim(), role: "group", "aria-label": "Your answer", "aria-describedby": described, onkeydown: pressed, ...KEPT_KEYS },
    ...buttons,
  );
  function pressed(event) {
    const at = answers.indexOf(event.key.toLowerCase());
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    buttons[at].focus();
    submit(answers[at]);
  }
  return { root, show: (chosen) => press(buttons, (i) => answers[i] === chosen) };
}

// Every second part of a text between stars is in italics.
function withItalics(text) {
  return text.split("*").map((part, k) => (k % 2 ? h("em", {}, part) : part));
}

function someOf(plan, submit, described) {
  const boxes = [];
  const groups = plan.groups.map(({ heading, options }) =>
    h(
      "fieldset",
      { class: "bg-boxes", "aria-describedby": described },
      h("legend", heading ? {} : { class: "bg-unseen" }, heading || "Your answer"),
      ...options.map((option) => {
        const box = h("input", { type: "checkbox", value: option });
        boxes.push(box);
        return h("label", { class: "bg-box" }, box, option);
      }),
    ),
  );
  const root = h(
    "form",
    { class: "bg-inputs", onsubmit: handOver, ...KEPT_KEYS },
    ...groups,
    h("button", { type: "submit", class: "bg-button bg-primary" }, "Check"),
  );
  function handOver(event) {
    event.preventDefault();
    submit(boxes.filter((box) => box.checked).map((box) => box.value));
  }
  let known = "";
  function show(chosen) {
    if (known === String(chosen)) return;
    known = String(chosen);
    for (const box of boxes) box.checked = chosen.includes(box.value);
  }
  return { root, show };
}

function cellsOfTable(plan, submit, described) {
  const [first, second] = plan.players;
  const answers = plan.cells.flat().map((cell) => cell.answer);
  const buttons = plan.cells.flat().map((cell) =>
    h("button", { type: "button", class: "bg-button bg-cell", "aria-pressed": "false", "aria-label": cell.name, onclick: () => submit(cell.answer) }, cell.payoffs),
  );
  const rows = plan.rows.map((name, i) =>
    h("tr", {}, h("th", { scope: "row" }, name), ...plan.columns.map((_, j) => h("td", {}, buttons[i * plan.columns.length + j]))),
  );
  const root = h(
    "div",
    { class: "bg-inputs", onkeydown: moved, ...KEPT_KEYS },
    h(
      "table",
      { class: "bg-cells", "aria-label": `Your answer: a cell of ${first} and ${second}`, "aria-describedby": described },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, `${first}, ${second}`), ...plan.columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows),
    ),
  );
  // Arrow keys move among the cells; Enter and the space bar choose, as on every button.
  function moved(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -plan.columns.length, ArrowDown: plan.columns.length }[event.key];
    const at = buttons.indexOf(event.target) + (step || 0);
    if (!step || !buttons[at]) return;
    event.preventDefault();
    const sideways = Math.abs(step) === 1 && plan.columns.length > 1;
    const row = (k) => Math.floor(k / plan.columns.length);
    if (!sideways || row(at) === row(at - step)) buttons[at].focus();
  }
  return { root, show: (chosen) => press(buttons, (i) => String(answers[i]) === String(chosen)) };
}

// The whole tree is drawn; the branches of one node are buttons.
function branchesOfTree(plan, submit, described) {
  const inWords = h("p", { id: newId("tree"), class: "bg-unseen" }, plan.words);
  const picture = scrollsByKeyboard(h("div", { class: "bg-tree", ...KEPT_KEYS }), "Game tree, wider than the page");
  picture.bgDiagram = plan.tree;
  let branches = [];
  let answered = "";
  drawnForItsRoom(picture, (room) => {
    const tree = treeShapes(plan.tree, room);
    const { group, mark } = tree.nodes[plan.node];
    branches = tree.nodes[plan.node].branches;
    setPayoffs(tree, plan.payoffs);
    setText(tree.title, "Game tree");
    setClass(mark, "bg-tree-now");
    for (const item of tree.branches) setClass(item.root, "bg-tree-branch");
    for (const [name, value] of [["role", "group"], ["aria-label", `Your answer: ${plan.asked}`], ["aria-describedby", `${described} ${inWords.id}`]]) group.setAttribute(name, value);
    for (const item of branches) {
      for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-label", spokenBranch(tree, item)]]) item.root.setAttribute(name, value);
      item.root.addEventListener("click", () => submit(item.name));
    }
    tree.svg.setAttribute("role", "group");
    tree.svg.setAttribute("aria-label", "Game tree");
    tree.svg.addEventListener("keydown", pressed);
    picture.replaceChildren(tree.svg);
    show(answered);
  })();
  // Arrow keys move among the branches; Enter and the space bar choose, as on every button.
  function pressed(event) {
    const at = branches.findIndex((item) => item.root === event.target);
    const turn = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0) return;
    if (turn) branches[(at + turn + branches.length) % branches.length].root.focus();
    else if (event.key === " " || event.key === "Enter") submit(branches[at].name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function show(chosen) {
    answered = chosen;
    for (const item of branches) {
      const taken = item.name === chosen;
      item.root.setAttribute("aria-pressed", String(taken));
      setClass(item.root, `bg-tree-branch bg-tree-open ${taken ? "bg-tree-taken" : ""}`.trim());
      setText(item.state, taken ? "●" : "");
    }
  }
  return { root: h("div", { class: "bg-inputs" }, inWords, picture), show };
}

function goOn(node) {
  const next = node.closest(".jp-Cell")?.nextElementSibling;
  if (!next?.matches(".jp-Cell")) return;
  if (!next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(buttons, isChosen) {
  buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(isChosen(i))));
}

export default shell(questionPanel);
