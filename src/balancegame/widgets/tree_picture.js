// The picture of a tree: drawn once, then only its words and classes change. Until the bet is
// placed each node is a group of radio buttons, one for each branch; the last movers come first.

// `everywhere` says whether a bet needs every node, from the last ones back, or those along the
// path of play from the start. `onChoice` hears of each choice, and of why one cannot be made yet.
function treePicture(everywhere, onChoice) {
  const root = scrollsByKeyboard(h("div", { class: "bg-tree", ...KEPT_KEYS }), "Game tree, wider than the page");
  let drawn = null;
  let tree = null;
  let chosen = {};
  let open = false;
  let last = null;
  const redraw = drawnForItsRoom(root, (room) => {
    if (!drawn) return;
    tree = treeShapes(drawn, room);
    tree.svg.addEventListener("keydown", pressed);
    for (const item of tree.branches) item.root.addEventListener("click", () => open && choose(item));
    root.replaceChildren(tree.svg);
    if (last) update(last, drawn);
  });

  function draw(diagram) {
    if (diagram === drawn || !diagram.nodes) return;
    drawn = diagram;
    root.bgDiagram = diagram;
    chosen = {};
    last = null;
    redraw();
  }

  // Whether a node can be bet on: all that follow it are settled, or play comes to it.
  function ready(node) {
    if (!everywhere) return onPath(node.key);
    const below = (key) => tree.nodes[key] && tree.nodes[key].branches.every(({ to }) => settledFrom(to));
    return below(node.key);
  }

  function settledFrom(key) {
    const node = tree.nodes[key];
    if (!node) return true;
    return (node.colour === 0 || key in chosen) && node.branches.every(({ to }) => settledFrom(to));
  }

  function onPath(key) {
    const into = tree.branches.find(({ to }) => to === key);
    if (!into) return true;
    const before = tree.nodes[into.from];
    return onPath(before.key) && (before.colour === 0 || before.branches[chosen[before.key]] === into);
  }

  // The first node that is still asked for.
  function missing() {
    return tree.order.filter((node) => !(node.key in chosen) && (everywhere || onPath(node.key)) && ready(node))[0];
  }

  function choose(item) {
    const node = tree.nodes[item.from];
    if (!ready(node)) {
      const first = missing();
      onChoice(`First choose for ${first ? first.asked : "the nodes after this one"}.`);
      return;
    }
    chosen[node.key] = node.branches.indexOf(item);
    if (!everywhere) for (const other of tree.order) if (!onPath(other.key)) delete chosen[other.key];
    show();
    const next = missing();
    onChoice(next ? `Now choose for ${next.asked}.` : "All is chosen. Place your bet.");
  }

  function pressed(event) {
    if (!open) return;
    const item = tree.branches.find((branch) => branch.root === event.target);
    if (!item) return;
    const turn = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (turn) {
      const all = tree.nodes[item.from].branches;
      const next = all[(all.indexOf(item) + turn + all.length) % all.length];
      next.root.focus();
      choose(next);
    } else if (event.key === " " || event.key === "Enter") choose(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // While the bet is open: what is chosen, and which radio button of each node Tab comes to.
  function show() {
    for (const node of tree.order) {
      const at = chosen[node.key];
      const free = ready(node);
      node.group.setAttribute("role", "radiogroup");
      node.group.setAttribute("aria-label", node.asked);
      setClass(node.mark, node === missing() ? "bg-tree-now" : "");
      node.branches.forEach((item, k) => {
        const checked = at === k;
        item.root.setAttribute("role", "radio");
        item.root.setAttribute("aria-checked", String(checked));
        item.root.setAttribute("aria-disabled", String(!free));
        item.root.setAttribute("tabindex", (at === undefined ? k === 0 : checked) ? "0" : "-1");
        item.root.setAttribute("aria-label", spokenBranch(tree, item));
        setClass(item.root, `bg-tree-branch bg-tree-open ${checked ? "bg-tree-taken" : ""} ${free ? "" : "bg-tree-not-yet"}`);
        setText(item.state, checked ? "✓" : "");
      });
    }
  }

  function close(shown) {
    for (const node of Object.values(tree.nodes)) {
      const state = shown.nodes[node.key];
      setClass(node.mark, state?.state === "now" ? "bg-tree-now" : "");
      setText(node.value, state ? `(${state.value})` : "");
      if (node.group.hasAttribute("role")) for (const name of ["role", "aria-label"]) node.group.removeAttribute(name);
    }
    for (const item of tree.branches) {
      if (item.root.hasAttribute("role")) {
        for (const name of ["role", "aria-checked", "aria-disabled", "aria-label", "tabindex"]) item.root.removeAttribute(name);
      }
      const marks = (shown.branches[item.to] || "").split(" ");
      setClass(item.root, ["bg-tree-branch", ...marks.filter(Boolean).map((mark) => `bg-tree-${mark}`)].join(" "));
      setText(item.state, marks.includes("wrong") ? "✗" : marks.includes("yours") ? "✓" : "");
    }
  }

  function update(shown, diagram) {
    draw(diagram);
    setShown(root, shown.table === "");
    if (!tree || shown.table !== "") return;
    last = shown;
    setPayoffs(tree, shown.payoffs);
    setText(tree.title, shown.locked ? "Game tree" : "Game tree with what is best");
    if (shown.locked) {
      if (!open) chosen = {};
      open = true;
      tree.svg.setAttribute("role", "group");
      tree.svg.setAttribute("aria-label", "Game tree");
      for (const node of Object.values(tree.nodes)) setText(node.value, "");
      show();
    } else {
      open = false;
      tree.svg.setAttribute("role", "img");
      if (tree.svg.getAttribute("aria-label") !== shown.alt) tree.svg.setAttribute("aria-label", shown.alt);
      close(shown);
    }
  }

  // For each node, the last movers' first, the position of the branch that is chosen.
  function choice() {
    return tree.order.map((node) => chosen[node.key] ?? "").join(",");
  }

  function focus() {
    tree.order.find((node) => ready(node)).branches[0].root.focus({ preventScroll: true });
  }

  return { root, update, choice, focus, next: () => missing() };
}
