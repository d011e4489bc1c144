// A tree drawn once: its nodes, branches and ends, whose words and classes change later.

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

function treeShapes(diagram) {
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
  return { svg, title, nodes, ends, branches, order, players: diagram.players };
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
    {},
    focus, line("bg-tree-reach"), line("bg-tree-band"), line("bg-tree-line"), arrow, cross, label, state,
  );
  return item;
}

function payoffs(players, end) {
  const texts = players.map((player) => words("", { x: player.x, y: end.y + 4, class: `bg-tree-player bg-fill-player-${player.colour}` }));
  return { texts, root: shape("g", {}, ...texts) };
}

function setPayoffs(tree, payoffs) {
  for (const [key, texts] of Object.entries(payoffs)) {
    texts.forEach((text, i) => tree.ends[key] && setText(tree.ends[key].texts[i], text));
  }
}

function spokenBranch(tree, item) {
  const end = tree.ends[item.to];
  if (!end) return `${item.name}: then ${tree.nodes[item.to].who} moves`;
  return `${item.name}: ${tree.players.map((player, i) => `${player.name} ${end.texts[i].textContent}`).join(", ")}`;
}
