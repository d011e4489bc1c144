// The files of this folder are joined into one module by explorer.py; a panel's script ends it.
//
// Requests to Python. One is under way at a time and a waiting request gives way to a newer one
// about the same slider, payoff or point, so that a drag never lags behind the hand.

const PATIENCE = 4000;
let connections = 0;

function connect(model, onSilence) {
  const name = `${Date.now().toString(36)}-${(connections += 1)}`;
  const queue = [];
  let count = 0;
  let current = null;
  let timer = 0;

  function send() {
    if (current || queue.length === 0) return;
    current = queue.shift();
    count += 1;
    current.token = `${name}-${count}`;
    timer = setTimeout(giveUp, PATIENCE);
    try {
      model.send({ ...current.request, token: current.token });
    } catch {
      clearTimeout(timer);
      giveUp();
    }
  }

  function giveUp() {
    current = null;
    queue.length = 0;
    onSilence();
  }

  // What Python foretold is shown at once; its own answer, the same, confirms it.
  function showAhead(request) {
    const ahead = model.get("ahead");
    if (!ahead?.request || !sameRequest(ahead.request, request)) return;
    if (ahead.diagram) model.set("diagram", ahead.diagram);
    model.set("shown", ahead.shown);
  }

  return {
    ask(request, onAnswer) {
      const idle = !current && queue.length === 0;
      const last = queue.at(-1);
      if (last && sameMatter(last.request, request)) {
        last.request = merged(last.request, request);
        last.onAnswer = onAnswer;
      } else {
        queue.push({ request, onAnswer });
      }
      send();
      if (idle) showAhead(request);
    },
    // True while the page knows of a newer wish than the answer that it is about to show.
    waitsFor(wish) {
      return [current, ...queue].some((entry) => entry && wish(entry.request));
    },
    answered(token) {
      if (!current || current.token !== token) return;
      clearTimeout(timer);
      const { onAnswer } = current;
      current = null;
      if (onAnswer) onAnswer();
      send();
    },
    close() {
      clearTimeout(timer);
      queue.length = 0;
      current = null;
    },
  };
}

function sameRequest(one, other) {
  const keys = Object.keys(other);
  return keys.length === Object.keys(one).length && keys.every((key) => one[key] === other[key]);
}

function sameMatter(older, newer) {
  if (newer.kind !== older.kind) return false;
  if (newer.kind === "point" || newer.kind === "look") return true;
  if (newer.kind === "slide") return newer.name === older.name;
  return ["edit", "nudge"].includes(newer.kind) && newer.key === older.key;
}

function merged(older, newer) {
  if (newer.kind === "nudge") return { ...newer, by: String(Number(older.by) + Number(newer.by)) };
  return { ...newer, fresh: older.fresh || newer.fresh };
}
