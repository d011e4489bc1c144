// Elements, and changes to them that leave alone what is the same already.

// JupyterLab would take arrow keys and letters for commands wherever no text can be typed.
const KEPT_KEYS = { "data-lm-suppress-shortcuts": "true" };

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && isThere(value)) node.setAttribute(key, value);
  }
  node.append(...children.filter(isThere));
  return node;
}

// What is None in Python comes as null from a server, and as undefined from a Python in the page.
function isThere(value) {
  return value !== null && value !== undefined;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Python has escaped every name in the markup that comes this way.
function setMarkup(node, markup) {
  if (node.bgMarkup !== markup) {
    node.bgMarkup = markup;
    node.innerHTML = markup;
  }
}

function setShown(node, shown) {
  if (node.hidden === shown) node.hidden = !shown;
}

function setFlag(node, name, on) {
  if (on) node.setAttribute(name, "true");
  else node.removeAttribute(name);
}

// In the frame after the one that shows all that has changed by now.
function frameAfterNext(task) {
  requestAnimationFrame(() => requestAnimationFrame(task));
}

// What scrolls sideways on a narrow page can be scrolled by keyboard too.
function scrollsByKeyboard(node, label) {
  new ResizeObserver(() => {
    const scrolls = node.scrollWidth > node.clientWidth;
    if (scrolls) for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", label]]) node.setAttribute(name, value);
    else for (const name of ["tabindex", "role", "aria-label"]) node.removeAttribute(name);
  }).observe(node);
  return node;
}

function hasFocus(node) {
  return node.getRootNode().activeElement === node;
}

// The page may have loaded this file many times, once for each notebook and kind of explorer, and
// styles, labels and headings are found by their ids in all of it: so it is the page that counts.
const IDS = Symbol.for("balancegame.ids");

function newId(stem) {
  document[IDS] = (document[IDS] || 0) + 1;
  return `bg-${stem}-${document[IDS]}`;
}
