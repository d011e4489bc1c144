// The phase diagram: its point follows the mouse and the arrow keys, and Python says where it is.

function diagramPanel(plan, kernel) {
  if (!plan.diagram) return { root: null, update() {}, draw() {} };
  const axes = plan.diagram.axes.map((name) => {
    const { symbol, values, low, high } = plan.sliders.find((slider) => slider.name === name);
    const [from, to] = [number(low), number(high)];
    return { name, symbol, values, shares: values.map((value) => (number(value) - from) / (to - from)) };
  });
  const here = h("p", { id: newId("here"), class: "bg-here", "aria-live": "polite" });
  const keys = h("p", { id: newId("keys"), class: "bg-unseen" }, `Arrow keys move the point: left and right change ${axes[0].symbol}, up and down change ${axes[1].symbol}; with Shift, ten steps at once.`);
  const picture = h("div", { class: "bg-plot-picture" });
  setMarkup(picture, plan.diagram.svg);
  const map = picture.querySelector(".bg-phase");
  const alt = picture.querySelector("desc");
  const styles = areaStyles(plan.diagram);
  const point = h("div", { class: "bg-plot-point" });
  const surface = h(
    "div",
    {
      class: "bg-plot-surface",
      role: "application",
      "aria-roledescription": "movable point",
      "aria-describedby": keys.id,
      tabindex: "0",
      onpointerdown: grabbed,
      onpointermove: dragged,
      onpointerup: released,
      onpointercancel: released,
      onkeydown: pressed,
      ...KEPT_KEYS,
    },
    point,
  );
  for (const [side, share] of Object.entries(plan.diagram.frame)) surface.style[side] = `${100 * share}%`;
  const legend = h("ul", { class: "bg-plot-legend", "aria-label": "What holds where", ...KEPT_KEYS });
  const waiting = h("p", { class: "bg-plot-legend bg-muted" }, "Place your bet to see what holds in each area.");
  const heading = h("h4", { id: newId("diagram") }, "Map");
  const root = h(
    "section",
    { class: "bg-card bg-diagram", "aria-labelledby": heading.id },
    heading,
    keys,
    styles.root,
    h("div", { class: "bg-diagram-sides" }, h("div", { class: "bg-plot" }, picture, surface), h("div", {}, here, legend, waiting)),
  );

  let wish = [0, 0];
  let dragging = false;
  let fresh = true;
  let free = false;
  let current = "";
  let drawn = null;
  let rest = null;

  function moveTo(position, again) {
    const next = position.map((k, axis) => Math.max(0, Math.min(axes[axis].values.length - 1, k)));
    if (!free || (next[0] === wish[0] && next[1] === wish[1])) return;
    wish = next;
    place();
    const values = Object.fromEntries(axes.map((axis, k) => [axis.name, axis.values[wish[k]]]));
    kernel.ask({ kind: "point", values, fresh: fresh || !again });
    fresh = false;
  }

  function place() {
    point.style.left = `${100 * axes[0].shares[wish[0]]}%`;
    point.style.top = `${100 * (1 - axes[1].shares[wish[1]])}%`;
  }

  function under(event) {
    const box = surface.getBoundingClientRect();
    const shares = [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    return axes.map((axis, k) => closest(axis.shares, shares[k]));
  }

  function grabbed(event) {
    if (!free || event.button) return;
    surface.setPointerCapture(event.pointerId);
    dragging = true;
    fresh = true;
    moveTo(under(event), true);
  }

  function dragged(event) {
    if (dragging) moveTo(under(event), true);
  }

  function released() {
    dragging = false;
    fresh = true;
  }

  function pressed(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(wish.map((k, axis) => k + move[axis] * (event.shiftKey ? 10 : 1)), event.repeat);
  }

  function update(shown) {
    free = !shown.locked && !shown.edited;
    setFlag(root, "data-detached", shown.edited);
    surface.setAttribute("aria-disabled", String(!free));
    setShown(legend, !shown.locked);
    setShown(waiting, shown.locked);
    setText(here, shown.point.text);
    surface.setAttribute("aria-label", `Point ${shown.point.at}`);
    current = shown.point.key;
    requestAnimationFrame(reveal);
    if (kernel.waitsFor((request) => request.kind === "point")) return;
    wish = axes.map((axis, k) => nearest(axis.values, [shown.point.x, shown.point.y][k]));
    place();
  }

  function draw(diagram, shown) {
    if (diagram === drawn) return;
    drawn = diagram;
    const all = diagram.legend;
    // Half a legend more than is in sight, since rows can become shorter.
    const edge = legend.scrollTop + 1.5 * legend.clientHeight;
    const unseen = [...legend.children].findIndex((item) => item.offsetTop > edge);
    const here = all.findIndex((entry) => entry.key !== "" && entry.key === shown.point.key);
    const count = unseen < 0 ? all.length : Math.max(unseen, here + 1);
    if (map.bgMarkup !== diagram.map) {
      setMarkup(map, diagram.map);
      styles.apply(map);
    }
    setText(alt, diagram.alt);
    list(all, count);
    if (count < all.length && !rest) frameAfterNext(finish);
    rest = count < all.length ? all : null;
  }

  // The end of a long legend, out of sight, is not waited for.
  function finish() {
    if (rest) list(rest, rest.length);
    rest = null;
    reveal();
  }

  // A legend longer than the picture scrolls, by keys too, and follows the point.
  function reveal() {
    for (const item of legend.children) setFlag(item, "aria-current", current !== "" && item.dataset.key === current);
    const long = legend.scrollHeight > legend.clientHeight;
    if (long) legend.tabIndex = 0;
    else legend.removeAttribute("tabindex");
    const item = legend.querySelector("[aria-current]");
    if (!long || !item) return;
    const end = item.offsetTop + item.offsetHeight;
    if (item.offsetTop < legend.scrollTop) legend.scrollTop = item.offsetTop;
    else if (end > legend.scrollTop + legend.clientHeight) legend.scrollTop = end - legend.clientHeight;
  }

  // Most of a legend lasts when another parameter moves: an area or a line keeps its sample, and
  // only words that differ are written. What comes after the first entries can be left as it was.
  function list(entries, count) {
    const known = new Map();
    for (const item of legend.children) known.set(item.bgSample, [...(known.get(item.bgSample) || []), item]);
    let next = legend.firstElementChild;
    for (const { key, mark, sample, words } of entries.slice(0, count)) {
      const item = known.get(sample)?.shift() || entryOf(mark, sample);
      item.dataset.key = key;
      setMarkup(item.lastElementChild, words);
      if (item === next) next = next.nextElementSibling;
      else legend.insertBefore(item, next);
    }
    if (count < entries.length) return;
    for (const items of known.values()) for (const item of items) item.remove();
  }

  function entryOf(mark, sample) {
    const item = h("li", { "data-mark": mark });
    item.bgSample = sample;
    item.innerHTML = sample;
    styles.apply(item);
    item.append(h("span", {}));
    return item;
  }

  return { root, update, draw };
}

// Colours with patterns, as Python draws them elsewhere line by line; made when first needed.
function areaStyles({ colours, patterns, spacing }) {
  const stem = newId("style");
  const known = new Set();
  const root = h("div", { class: "bg-styles", "aria-hidden": "true" });
  root.innerHTML = "<svg><defs></defs></svg>";
  const defs = root.querySelector("defs");

  function add(style) {
    known.add(style);
    const colour = (style % colours) + 1;
    const { directions, dotted } = patterns[style % patterns.length];
    const [x, y] = directions.length === 1 ? directions[0] : [1, -1];
    const turn = (Math.atan2(y, x) * 180) / Math.PI;
    const middle = spacing / 2;
    const quarter = middle / 2;
    let marks = "";
    if (dotted) {
      marks = `M${quarter} ${middle}h0M${quarter + middle} 0h0M${quarter + middle} ${spacing}h0`;
    } else if (directions.length > 0) {
      marks = `M0 ${middle}h${spacing}` + (directions.length > 1 ? `M${middle} 0v${spacing}` : "");
    }
    defs.insertAdjacentHTML(
      "beforeend",
      `<pattern id="${stem}-${style}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})" width="${spacing}" height="${spacing}">` +
        `<rect class="bg-fill-area-${colour}" width="${spacing}" height="${spacing}"/>` +
        `<path class="bg-stroke-hatch-${colour}" stroke-linecap="round" stroke-width="${dotted ? 2.6 : 1.1}" d="${marks}"/></pattern>`,
    );
  }

  function apply(node) {
    for (const shape of node.querySelectorAll("[data-style]")) {
      const style = Number(shape.dataset.style);
      if (patterns[style % patterns.length].directions.length === 0) continue;
      if (!known.has(style)) add(style);
      shape.style.fill = `url(#${stem}-${style})`;
    }
  }

  return { root, apply };
}

function closest(shares, share) {
  let best = 0;
  for (let k = 1; k < shares.length; k += 1) {
    if (Math.abs(shares[k] - share) < Math.abs(shares[best] - share)) best = k;
  }
  return best;
}
