"""What a page shows before Python answers is what Python then answers, in whatever order they talk.

The page's own scripts run in a browser; the messages between page and explorer are delivered one by
one, at any moment that an example chooses.
"""

import json
from functools import cache
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balancegame.models import models
from balancegame.solvers.sweep import sweep
from balancegame.widgets import explorer as explorers
from balancegame.widgets import normal_form_setting
from balancegame.widgets.chart import chart, chart_after
from balancegame.widgets.explorer import explore, scripts

AXES = ("s", "beta")
PLAN = {"title": "", "stops": []}
EDIT = {"kind": "edit", "player": 0, "cell": [0, 0], "key": "0:0,0"}

# A panel that only notes what it is to show; the page gives up when it is told that time is over.
PROBE = """
const setTimeout = (task) => { window.giveUp = task; return 1; };
const clearTimeout = () => { window.giveUp = () => {}; };
%s
window.start = (state) => {
  window.giveUp = () => {};
  window.sent = [];
  window.noted = [];
  const heard = new Set();
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
      if (name === "shown") heard.forEach((task) => task());
    },
    on: (_, task) => heard.add(task),
    off: (_, task) => heard.delete(task),
    send: (request) => {
      if (window.broken) throw new Error("the connection is closed");
      window.sent.push(request);
    },
  };
  const el = document.createElement("div");
  window.deliver = (changed) => {
    const { shown, ...rest } = changed;
    Object.assign(state, rest);
    if (shown) model.set("shown", shown);
  };
  const panel = ({ kernel }) => {
    window.ask = (request) => kernel.ask(request);
    const update = (...both) => window.noted.push(JSON.stringify(both));
    return { root: h("div"), update };
  };
  shell(panel).render({ model, el });
};
"""


class Page:
    """A page of an explorer, and the messages under way between them."""

    def __init__(self, tab, explorer, later):
        self.tab, self.explorer, self.later = tab, explorer, later
        self.known = {"plan": PLAN, **self._state()}
        self.inbox, self.requests = [], []
        self.foretold = {}
        self.do(
            "state => { window.broken = false; window.start(state); }",
            self.known,
        )

    def do(self, script, argument=None):
        """Let the page do something; return what comes of it, and note what it asks for then.

        All goes as text: Playwright would wrap every value in it.
        """
        text = self.tab.evaluate(
            f"""async text => {{
                const done = await ({script})(JSON.parse(text));
                return JSON.stringify([done ?? null, window.sent.splice(0)]);
            }}""",
            json.dumps(argument),
        )
        done, requests = json.loads(text)
        self.requests += requests
        return done, requests

    def _state(self):
        return {name: getattr(self.explorer, name) for name in ("shown", "diagram", "ahead")}

    def note_changes(self):
        """Send the page what has changed, as a widget does: only that, and all in one message."""
        state = self._state()
        changed = {name: value for name, value in state.items() if value != self.known[name]}
        self.known |= state
        if changed:
            self.inbox.append(changed)

    def ask(self, request):
        """Ask as a control of the page does; note what is shown at once."""
        shown, requests = self.do(
            """request => {
                const notes = window.noted.length;
                window.ask(request);
                return window.noted.slice(notes);
            }""",
            request,
        )
        if shown:
            self.foretold[requests[0]["token"] if requests else None] = plain(shown[-1])

    def ask_onward(self):
        """Ask for what Python has worked out ahead, whether or not the page has heard of it."""
        following = self.known["ahead"].get("request")
        if following:
            self.ask(following)

    def meet(self):
        """Let Python meet the oldest request that it has not met."""
        if not self.requests:
            return None
        request = self.requests.pop(0)
        self.explorer.answer(request)
        self.note_changes()
        return request["token"]

    def look_ahead(self):
        """Let Python work out what it has put off."""
        self.later.run()
        self.note_changes()

    def deliver(self, most=1):
        """Let the page hear the oldest messages of Python that it has not heard, one by one."""
        heard, self.inbox = self.inbox[:most], self.inbox[most:]
        if heard:
            self.do(
                """async messages => {
                    for (const message of messages) {
                        window.deliver(message);
                        // What a message has put off comes before the next message.
                        await null;
                    }
                }""",
                heard,
            )

    def deliver_all(self):
        """Let the page hear every message of Python that it has not heard, one by one."""
        self.deliver(len(self.inbox))

    def give_up(self):
        """Let the page hear that time is over for what it has asked."""
        self.do("() => window.giveUp()")

    def settle(self):
        """Let everything be met and heard, and return what the page shows in the end."""
        while self.meet() is not None or self.inbox:
            self.deliver_all()
        return plain(self.tab.evaluate("window.noted.at(-1)"))

    def now(self):
        """Return what Python's explorer shows."""
        return plain(json.dumps([self.explorer.shown, self.explorer.diagram]))


def plain(noted):
    """Return what was shown, without the token by which an answer is told from another."""
    shown, diagram = json.loads(noted)
    return {name: value for name, value in shown.items() if name != "token"}, diagram


class Later:
    """A loop whose only task runs when it is told to."""

    task = None

    def call_later(self, _pause, task):
        self.task = task
        return self

    def cancel(self):
        self.task = None

    def run(self):
        task, self.task = self.task, None
        if task:
            task()


@pytest.fixture(scope="module")
def tab(browser):
    """An empty page with the scripts of every explorer."""
    tab = browser.new_page()
    text = PROBE % scripts()
    tab.evaluate(
        "text => import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))", text
    )
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def later():
    """What Python puts off runs when a test says so, however long it takes."""
    later = Later()
    with pytest.MonkeyPatch.context() as patched:
        loop = SimpleNamespace(get_running_loop=lambda: later)
        patched.setattr(explorers, "asyncio", loop)
        patched.setattr(explorers, "LONGEST", 60)
        yield later


@cache
def drawn(model, axes, values, *details):
    return chart(model, axes, dict(values), *details)


@cache
def drawn_after(before, held):
    return chart_after(before, dict(held))


@pytest.fixture(scope="module", autouse=True)
def drawn_once():
    """A diagram that was drawn is not drawn again: how it is drawn is for other tests."""

    def first(model, axes, values, *details):
        return drawn(model, axes, tuple(values.items()), *details)

    def after(before, values):
        return drawn_after(before, tuple((name, values[name]) for name in before.held))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(normal_form_setting, "chart", first)
        patched.setattr(normal_form_setting, "chart_after", after)
        yield


@pytest.fixture(scope="module")
def opened(tab, later):
    """Return a function that opens a page after the bet, with its diagram beside it."""
    diagram = sweep(models["joint-sanctions"], *AXES, resolution=11)

    def opened():
        explorer = explore(diagram, sliders=["B"])
        choice = explorer.shown["bets"]["choices"][0]["value"]
        explorer.answer({"kind": "bet", "choice": choice})
        return Page(tab, explorer, later)

    return opened


def slide(value, name="B", fresh=True):
    return {"kind": "slide", "name": name, "value": value, "fresh": fresh}


def stepped(page, value, name="B"):
    """Slide, hear the answer, and hear what comes next."""
    page.ask(slide(value, name))
    page.meet()
    page.look_ahead()
    page.deliver(2)


def test_a_foretold_step_is_shown_at_once(opened):
    page = opened()
    stepped(page, "33/4")
    page.ask(slide("17/2"))
    token, foretold = next(iter(page.foretold.items()))
    assert foretold[0]["values"]["B"] == "17/2"
    assert page.meet() == token
    assert page.now() == foretold == page.settle()


@pytest.mark.parametrize(
    "other",
    [
        slide("1/4", "s"),
        {"kind": "preset", "title": "Chicken"},
        {**EDIT, "text": "7"},
        {"kind": "reset"},
    ],
)
def test_what_was_foretold_does_not_outlive_a_request_that_was_given_up(opened, other):
    """The kernel may be busy with a long cell: Python will still meet what the page gave up."""
    page = opened()
    stepped(page, "33/4")
    page.ask(other)
    page.give_up()
    page.ask(slide("17/2"))
    assert page.foretold == {}
    assert page.settle() == page.now()


def test_a_diagram_that_was_foretold_in_vain_does_not_stay(opened):
    """A cell edits a payoff while the page slides: the diagram stands where Python left it."""
    page = opened()
    stepped(page, "33/4")
    page.explorer.answer({**EDIT, "text": "7"})
    page.note_changes()
    page.ask(slide("17/2"))
    assert len(page.foretold) == 1
    assert page.settle() == page.now()


def test_nothing_is_foretold_where_nothing_can_be_asked(tab, opened):
    page = opened()
    stepped(page, "33/4")
    tab.evaluate("window.broken = true")
    page.ask(slide("17/2"))
    assert page.foretold == {}
    assert page.settle() == page.now()


REQUESTS = st.one_of(
    st.sampled_from(["15/2", "31/4", "8", "33/4", "17/2"]).map(slide),
    st.sampled_from(["31/4", "8", "33/4"]).map(lambda value: slide(value, fresh=False)),
    st.sampled_from(["0", "1/4", "1/2", "3/4"]).map(lambda value: slide(value, "s")),
    st.sampled_from(["Chicken", "deadlock", ""]).map(
        lambda title: {"kind": "preset", "title": title}
    ),
    st.sampled_from(["7", "1/"]).map(lambda text: {**EDIT, "text": text, "final": False}),
    st.just({"kind": "reset"}),
)
MOMENTS = st.one_of(
    REQUESTS.map(lambda request: ("ask", request)),
    st.sampled_from([("meet",), ("look_ahead",), ("deliver",), ("give_up",), ("ask_onward",)]),
)


@settings(max_examples=60, deadline=None)
@given(moments=st.lists(MOMENTS, max_size=25))
def test_what_is_foretold_comes_true(opened, moments):
    page = opened()
    stepped(page, "33/4")
    for name, *details in moments:
        if name == "meet":
            check(page, page.meet())
        else:
            getattr(page, name)(*details)
    while (token := page.meet()) is not None:
        check(page, token)
        page.deliver_all()
    assert page.settle() == page.now()


def check(page, token):
    """Compare what the page has shown for a request that was met with what Python answers."""
    if token in page.foretold:
        assert page.foretold[token] == page.now()
