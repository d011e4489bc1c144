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

// Where there is no room beside each other for moves, they stand below each other.
function treeShapes(diagram, room = 0) {
  const at = room ? belowEachOther(diagram, room) : sideBySide(diagram);
  const nodes = Object.fromEntries(diagram.nodes.map((node) => [node.key, treeNode(node, at.nodes[node.key])]));
  const ends = Object.fromEntries(diagram.ends.map((end) => [end.key, payoffs(diagram.players, at.columns, at.ends[end.key])]));
  const branches = diagram.branches.map((branch) => treeBranch(branch, at.branches[branch.to]));
  for (const branch of branches) nodes[branch.from].branches.push(branch);
  const title = shape("title", {});
  const svg = shape(
    "svg",
    {
      class: "balancegame-figure",
      viewBox: `0 0 ${at.width} ${at.height}`,
      style: `width: ${at.width}px; min-width: ${room ? 0 : 0.72 * at.width}px`,
      "data-lm-suppress-shortcuts": "true",
    },
    title,
    ...diagram.players.map((player, i) => words(player.name, { x: at.columns[i], y: at.heads, class: `bg-tree-player bg-fill-player-${player.colour}` })),
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

function sideBySide({ nodes, branches, ends, players, width, height }) {
  return {
    width,
    height,
    heads: 30,
    columns: players.map((player) => player.x),
    nodes: byKey(nodes, ({ root, x, y }) => ({
      x,
      y,
      name: root ? { x: x - 16, y: y + 4, "text-anchor": "end" } : { x: x - 10, y: y - 14, "text-anchor": "middle" },
      value: { x: x + (root ? -16 : -14), y: y + 22, "text-anchor": root ? "end" : "middle" },
    })),
    ends: byKey(ends, (end) => end.y + 4),
    branches: Object.fromEntries(branches.map(({ to, points, x, y, end, length }) => [to, {
      points,
      label: { x: x + 8, y: y - 9 },
      state: { x: x + 12 + length, y: y - 9 },
      arrow: [end - 12, y],
      cross: [x + 18, y],
      focus: { x: x + 1, y: y - 22, width: end - x - 10, height: 30 },
    }])),
  };
}

// Each branch has a row: a line down and in from its node, its name, and who moves then or the
// payoffs; these come on a line of their own where names would run into them.
function belowEachOther(diagram, width) {
  const [row, inwards, top] = [32, 20, 40];
  const step = diagram.players.length > 1 ? diagram.players[1].x - diagram.players[0].x - 6 : 44;
  const columns = diagram.players.map((_, i) => width - (diagram.players.length - i - 0.5) * step);
  const depth = (key) => {
    const into = diagram.branches.find((branch) => String(branch.to) === String(key));
    return into ? 1 + depth(into.from) : 0;
  };
  const reach = diagram.ends.map(({ key }) => 40 + inwards * depth(key) + diagram.branches.find(({ to }) => String(to) === String(key)).length);
  const below = Math.max(...reach) > columns[0] - step / 2 ? 17 : 0;
  const found = { width, heads: 16, columns, nodes: {}, branches: {}, ends: {} };
  const root = diagram.nodes.find((node) => node.root);
  found.nodes[root.key] = placed(10, top, 24);
  let y = top;

  function placed(x, at, name) {
    return { x, y: at, name: { x: name, y: at + 4 }, value: { x: width - 4, y: at + 4, "text-anchor": "end" } };
  }

  function under(key) {
    const from = found.nodes[key];
    for (const branch of diagram.branches.filter((each) => String(each.from) === String(key))) {
      y += row;
      const x = from.x + inwards;
      const after = diagram.nodes.some((node) => String(node.key) === String(branch.to));
      found.branches[branch.to] = {
        points: `${from.x},${from.y} ${from.x},${y} ${x},${y}`,
        label: { x: x + 14, y: y + 4 },
        state: { x: x + 18 + branch.length, y: y + 4 },
        arrow: [after ? x - 5 : x + 5, y],
        cross: [from.x + 9, y],
        focus: { x: from.x + 4, y: y - row / 2 + 1, width: width - from.x - 6, height: row - 2 },
      };
      if (after) {
        found.nodes[branch.to] = placed(x, y, x + 36 + branch.length);
        under(branch.to);
      } else {
        y += below;
        found.ends[branch.to] = y + 4;
      }
    }
  }

  under(root.key);
  return { ...found, height: y + row / 2 + 4 };
}

function byKey(items, place) {
  return Object.fromEntries(items.map((item) => [item.key, place(item)]));
}

function treeNode(node, { x, y, name: named, value: valued }) {
  const colour = node.colour ? `bg-fill-player-${node.colour}` : "bg-fill-ink";
  const name = words(node.who, { ...named, class: `bg-tree-who ${colour}` });
  const value = words("", { ...valued, class: "bg-tree-value" });
  const ring = shape("circle", { cx: x, cy: y, r: 12, class: "bg-tree-ring" });
  const dot = node.colour
    ? shape("circle", { cx: x, cy: y, r: 7, class: colour })
    : shape("path", { d: `M${x} ${y - 8} l8 8 l-8 8 l-8 -8 z`, class: "bg-fill-paper bg-stroke-ink" });
  return { ...node, key: String(node.key), branches: [], group: shape("g", {}), mark: shape("g", {}, ring, dot, name, value), value };
}

function treeBranch(branch, at) {
  const line = (name) => shape("polyline", { points: at.points, class: name });
  const label = words(branch.words, { ...at.label, class: "bg-tree-words" });
  const state = words("", { ...at.state, class: "bg-tree-state" });
  const arrow = shape("path", { d: `M${at.arrow[0] - 9} ${at.arrow[1] - 6} l9 6 l-9 6 z`, class: "bg-tree-arrow" });
  const cross = shape("path", { d: `M${at.cross[0] - 6} ${at.cross[1] - 6} l12 12 m0 -12 l-12 12`, class: "bg-tree-cross" });
  const focus = shape("rect", { ...at.focus, rx: 5, class: "bg-tree-focus" });
  const item = { ...branch, from: String(branch.from), to: String(branch.to), state };
  item.root = shape(
    "g",
    {},
    focus, line("bg-tree-reach"), line("bg-tree-band"), line("bg-tree-line"), arrow, cross, label, state,
  );
  return item;
}

function payoffs(players, columns, y) {
  const texts = players.map((player, i) => words("", { x: columns[i], y, class: `bg-tree-player bg-fill-player-${player.colour}` }));
  return { texts, root: shape("g", {}, ...texts) };
}

// Draw anew whenever the room changes to what the drawing was not made for.
function drawnForItsRoom(root, draw) {
  let made = null;
  const fitting = () => {
    const { clientWidth } = root;
    if (!clientWidth || !root.bgDiagram || clientWidth >= 0.72 * root.bgDiagram.width) return 0;
    return Math.min(360, Math.max(240, clientWidth));
  };
  const redraw = () => {
    made = fitting();
    draw(made);
  };
  new ResizeObserver(() => Math.abs(fitting() - made) > 12 && redraw()).observe(root);
  return redraw;
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
