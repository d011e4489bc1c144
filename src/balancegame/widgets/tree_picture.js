// The picture of a tree: drawn once, then only its words and classes change. Until the bet is
// placed each node is a group of radio buttons, one for each branch; the last movers come first.

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function words(text, attributes) {
  const node = shape("text", attributes);
  node.textContent = text;
  return node;
}

function setClass(node, name) {
  if (node.getAttribute("class") !== name) node.setAttribute("class", name);
}

// `everywhere` says whether a bet needs every node, from the last ones back, or those along the
// path of play from the start. `onChoice` hears of each choice, and of why one cannot be made yet.
function treePicture(everywhere, onChoice) {
  const root = scrollsByKeyboard(h("div", { class: "bg-tree", ...KEPT_KEYS }), "Game tree, wider than the page");
  let drawn = null;
  let tree = null;
  let chosen = {};
  let open = false;

  function draw(diagram) {
    if (diagram === drawn || !diagram.nodes) return;
    drawn = diagram;
    const nodes = Object.fromEntries(diagram.nodes.map((node) => [node.key, treeNode(node)]));
    const ends = Object.fromEntries(diagram.ends.map((end) => [end.key, payoffs(diagram.players, end)]));
    const branches = diagram.branches.map((branch) => treeBranch(branch));
    for (const branch of branches) nodes[branch.from].branches.push(branch);
    const title = shape("title", {});
    const svg = shape(
      "svg",
      {
        class: "balancegame-figure",
        viewBox: `0 0 ${diagram.width} ${diagram.height}`,
        style: `width: ${diagram.width}px; min-width: ${0.8 * diagram.width}px`,
        "data-lm-suppress-shortcuts": "true",
        onkeydown: pressed,
      },
      title,
      ...diagram.players.map((player) => words(player.name, { x: player.x, y: 30, class: `bg-tree-player bg-fill-player-${player.colour}` })),
    );
    // What a player chooses comes in the order in which it is asked for; chance is not asked.
    const order = diagram.order.map((key) => nodes[key]);
    const chance = Object.values(nodes).filter((node) => !diagram.order.includes(Number(node.key)));
    for (const node of [...chance, ...order]) {
      node.group.append(...node.branches.map((branch) => branch.root));
      svg.append(node.group);
    }
    svg.append(...Object.values(nodes).map((node) => node.mark), ...Object.values(ends).map((end) => end.root));
    tree = { svg, title, nodes, ends, branches, order };
    chosen = {};
    root.replaceChildren(svg);
  }

  function treeNode(node) {
    const colour = node.colour ? `bg-fill-player-${node.colour}` : "bg-fill-ink";
    const at = node.root ? { x: node.x - 16, y: node.y + 4, "text-anchor": "end" } : { x: node.x - 10, y: node.y - 14, "text-anchor": "middle" };
    const name = words(node.who, { ...at, class: `bg-tree-who ${colour}` });
    const value = words("", { x: node.x + (node.root ? -16 : -14), y: node.y + 22, "text-anchor": node.root ? "end" : "middle", class: "bg-tree-value" });
    const ring = shape("circle", { cx: node.x, cy: node.y, r: 12, class: "bg-tree-ring" });
    const dot = node.colour
      ? shape("circle", { cx: node.x, cy: node.y, r: 7, class: colour })
      : shape("path", { d: `M${node.x} ${node.y - 8} l8 8 l-8 8 l-8 -8 z`, class: "bg-fill-paper bg-stroke-ink" });
    return { ...node, key: String(node.key), branches: [], group: shape("g", {}), mark: shape("g", {}, ring, dot, name, value), value };
  }

  function treeBranch(branch) {
    const line = (name) => shape("polyline", { points: branch.points, class: name });
    const middle = branch.end - 12;
    const y = branch.y;
    const label = words(branch.words, { x: branch.x + 8, y: y - 9, class: "bg-tree-words" });
    const state = words("", { x: branch.x + 12 + branch.length, y: y - 9, class: "bg-tree-state" });
    const arrow = shape("path", { d: `M${middle - 9} ${y - 6} l9 6 l-9 6 z`, class: "bg-tree-arrow" });
    const cross = shape("path", { d: `M${branch.x + 12} ${y - 6} l12 12 m0 -12 l-12 12`, class: "bg-tree-cross" });
    const focus = shape("rect", { x: branch.x + 1, y: y - 22, width: branch.end - branch.x - 10, height: 30, rx: 5, class: "bg-tree-focus" });
    const item = { ...branch, from: String(branch.from), to: String(branch.to), state };
    item.root = shape(
      "g",
      { onclick: () => open && choose(item) },
      focus, line("bg-tree-reach"), line("bg-tree-band"), line("bg-tree-line"), arrow, cross, label, state,
    );
    return item;
  }

  function payoffs(players, end) {
    const texts = players.map((player) => words("", { x: player.x, y: end.y + 4, class: `bg-tree-player bg-fill-player-${player.colour}` }));
    return { texts, root: shape("g", {}, ...texts) };
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
        item.root.setAttribute("aria-label", spoken(item));
        setClass(item.root, `bg-tree-branch bg-tree-open ${checked ? "bg-tree-taken" : ""} ${free ? "" : "bg-tree-not-yet"}`);
        setText(item.state, checked ? "✓" : "");
      });
    }
  }

  function spoken(item) {
    const end = tree.ends[item.to];
    if (!end) return `${item.name}: then ${tree.nodes[item.to].who} moves`;
    return `${item.name}: ${drawn.players.map((player, i) => `${player.name} ${end.texts[i].textContent}`).join(", ")}`;
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
    for (const [key, texts] of Object.entries(shown.payoffs)) {
      texts.forEach((text, i) => tree.ends[key] && setText(tree.ends[key].texts[i], text));
    }
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
