// The files of this folder are joined into one module by explorer.py; a panel's script ends it.
//
// Requests to Python. One is under way at a time and a waiting request gives way to a newer one
// about the same slider, payoff or point, so that a drag never lags behind the hand.

const PATIENCE = 4000;
let connections = 0;

function connect(model, onAhead, onSilence) {
  const name = `${Date.now().toString(36)}-${(connections += 1)}`;
  const queue = [];
  let count = 0;
  let current = null;
  let latest = "";
  let timer = 0;

  function send() {
    if (current || queue.length === 0) return;
    current = queue.shift();
    count += 1;
    current.token = latest = `${name}-${count}`;
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

  // What Python foretold of a request, unless anything was sent since: even what was given up may
  // still be met, and then the same request leads elsewhere.
  function foretold(request) {
    const ahead = model.get("ahead");
    return ahead?.request && ahead.after === latest && sameRequest(ahead.request, request) ? ahead : null;
  }

  return {
    ask(request, onAnswer) {
      const ahead = foretold(request);
      const last = queue.at(-1);
      if (last && sameMatter(last.request, request)) {
        last.request = merged(last.request, request);
        last.onAnswer = onAnswer;
      } else {
        queue.push({ request, onAnswer });
      }
      send();
      if (ahead && current) onAhead(ahead);
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
  const same = (key) => JSON.stringify(one[key]) === JSON.stringify(other[key]);
  return keys.length === Object.keys(one).length && keys.every(same);
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
