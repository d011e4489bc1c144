"""What an explorer of a tree shows, as data for the page: pure functions of a setting.

The picture of a tree stays while its payoffs move: the page draws it once, and is then told what
stands at the ends and how each branch looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from html import escape
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.numbers import on_a_page
from balancegame.explain.sequential import how_many
from balancegame.figures import draw
from balancegame.figures.tree_diagram import tree_in_words
from balancegame.figures.tree_parts import end_payoffs, tree_parts
from balancegame.games.moves import after, spoken
from balancegame.games.sequential import GameTree
from balancegame.games.sequential_model import SequentialModel
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.sequential.backward_steps import BackwardInduction, EmptyThreat, Step
from balancegame.solvers.sequential.subgame_perfect import subgame_perfect
from balancegame.widgets.answers import answers
from balancegame.widgets.explorer import Still
from balancegame.widgets.setting import controls, still_controls
from balancegame.widgets.slider_bar import slider_bar
from balancegame.widgets.tree_bet import chosen, first_wrong
from balancegame.widgets.tree_setting import TreeSetting
from balancegame.wording import and_list, called, capital, gets


def layout(setting: TreeSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    found = setting.solved
    assert found is not None
    title = "" if setting.model is None else setting.model.title
    question = (
        "What will each player do? Choose a branch at every node, from the last mover back."
        if setting.bet_on_every_node
        else "How will play go? Choose a branch at each node that it comes to, from the start."
    )
    return {
        **still_controls(setting),
        "title": title or f"Game tree of {and_list(map(called, found.tree.players))}",
        "question": question,
        "everywhere": setting.bet_on_every_node,
        "timings": [timing.words for timing in setting.timings],
    }


def diagram(setting: TreeSetting) -> dict[str, Any]:
    """Return where everything in the picture of the tree stands."""
    if setting.tree is not None:
        return tree_parts(setting.tree)
    model = setting.timings[setting.timing].model or setting.model
    return _model_picture(model)


# Its payoffs move, but not what follows what.
@lru_cache(maxsize=16)
def _model_picture(model: SequentialModel) -> dict[str, Any]:
    return tree_parts(model.tree())


def view(setting: TreeSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    found, locked = setting.solved, setting.bet is None
    shown = {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "timing": setting.timing,
        "payoffs": end_payoffs(found.tree) if found else {},
        "alt": tree_in_words(found.tree) if found else "",
        "branches": {},
        "nodes": {},
        "settled": 0,
        "steps": 0,
        "stop": "",
        **dict.fromkeys(("step", "answer", "reasons", "table", "compared"), ""),
    }
    if locked:
        return shown
    shown |= {"compared": _compared(setting), **_bar(setting)}
    if found is None:
        return shown | _view_at_once(setting)
    return shown | _view_of_tree(setting, found)


def on_paper(setting: TreeSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    found = setting.solved
    if found is None:
        game = setting.at_once
        return Still([draw(game)], f"<p>{escape(_sentence(game))}</p>", _sentence(game))
    why = explain(found.tree)
    return Still([draw(found.tree)], why.html, str(why))


def _view_at_once(setting: TreeSetting) -> dict[str, Any]:
    game = setting.at_once
    return {"table": draw(game).svg, "answer": f"<p>{escape(on_a_page(_sentence(game)))}</p>"}


def _sentence(game: Any) -> str:
    """Return the equilibria of a game in which all move at once."""
    found = answers(game)
    noun = "equilibrium" if len(found) == 1 else "equilibria"
    return f"All move at once. {capital(noun)}: {'; or '.join(found)}."


def _view_of_tree(setting: TreeSetting, found: BackwardInduction) -> dict[str, Any]:
    total = len(found.steps)
    settled = total if setting.settled is None else setting.settled
    done = found.steps[:settled]
    whole = settled == total
    last = done[-1] if done else None
    nodes = {
        str(step.node): {
            "state": "now" if step is last and not whole else "settled",
            "value": ", ".join(map(plain, step.yields[step.chosen])),
        }
        for step in done
    }
    shown = {
        "branches": _branches(setting, found, done, whole),
        "nodes": nodes,
        "settled": settled,
        "steps": total,
        "stop": f"{settled} of {total} nodes settled",
        "step": "Nothing is settled yet." if last is None else on_a_page(_told(last)),
    }
    if whole:
        shown |= {
            "answer": _answer(found),
            "reasons": _reasons(found),
            "alt": f"{tree_in_words(found.tree)} {_plan_in_words(found)}",
        }
    return shown


def _branches(
    setting: TreeSetting, found: BackwardInduction, done: Iterable[Step], whole: bool
) -> dict[str, str]:
    """Return how each branch looks that does not look plain, by the node that it leads to."""
    looks_like: dict[int, list[str]] = {}
    below = found.tree.layout.children
    for step in done:
        for a in step.best:
            looks_like.setdefault(below(step.node)[a], []).append("best")
    if whole:
        for k in found.path - {0}:
            looks_like.setdefault(k, []).append("path")
        for threat in found.empty_threats:
            looks_like.setdefault(below(threat.step.node)[threat.action], []).append("empty")
    bet = setting.bet
    if bet and setting.own_timing and setting.values == setting.bet_at:
        taken = chosen(found, bet.choice)
        wrong = first_wrong(found, taken)
        for node, a in taken.items():
            mark = "wrong" if wrong and wrong[0].node == node else "yours"
            looks_like.setdefault(below(node)[a], []).append(mark)
    return {str(k): " ".join(marks) for k, marks in looks_like.items()}


def _reasons(found: BackwardInduction) -> str:
    listed = "".join(f"<li>{escape(on_a_page(_told(step)))}</li>" for step in found.steps)
    return f"<ul>{listed}</ul>"


def _told(step: Step) -> str:
    """Return what happens at a node and why, as a sentence."""
    who, where = called(step.player), capital(after(step.history))
    options = " and ".join(
        f"({', '.join(map(plain, payoffs))}) from {action}"
        for action, payoffs in zip(step.actions, step.yields, strict=True)
    )
    how = "is indifferent and here taken to choose" if len(step.best) > 1 else "chooses"
    return f"{where} {who} compares {options}. It {how} {step.actions[step.chosen]}."


def _plan_in_words(found: BackwardInduction) -> str:
    said = and_list(f"{after(step.history)} {step.actions[step.chosen]}" for step in found.steps)
    return f"Drawn strong, what is best: {said}."


def _answer(found: BackwardInduction) -> str:
    """Return where play goes, what is tied, and which threats are empty."""
    tree = found.tree
    average = "on average " if len(found.path.intersection(tree.layout.ends)) > 1 else ""
    got = f"{capital(average + gets(tree.players, found.payoffs))}."
    parts = [f"<strong>{escape(_path(found))}.</strong> {escape(on_a_page(got))}"]
    tied = [step for step in found.steps if len(step.best) > 1]
    if tied:
        several = subgame_perfect(tree)
        who = and_list(f"{called(step.player)} {after(step.history)}" for step in tied[:3])
        more = " and others" if tied[3:] else ""
        count = f"Backward induction finds {how_many(several)}." if several.number > 1 else ""
        taken = "the picture shows one of them" if several.number > 1 else "both are drawn strong"
        parts.append(escape(f"Indifferent: {who}{more}; {taken}. {count}".strip()))
    parts += [
        f"<span class='bg-empty-threat'>{escape(on_a_page(_empty(t, tree)))}</span>"
        for t in found.empty_threats[:3]
    ]
    return "".join(f"<p>{part}</p>" for part in parts)


def _path(found: BackwardInduction) -> str:
    """Return the path of play, or that chance decides it."""
    layout = found.tree.layout
    ends = [layout.histories[k] for k in layout.ends if k in found.path]
    told = "; or ".join(", then ".join(map(spoken, history)) for history in ends)
    return f"Path of play: {told}"


def _empty(threat: EmptyThreat, tree: GameTree) -> str:
    """Say why a threat would not be carried out, and what it would bring if it were believed."""
    step, i = threat.step, tree.player_index(threat.step.player)
    who, action = called(step.player), step.actions[threat.action]
    kind = "threat" if threat.deters else "promise"
    verb = "carried out" if threat.deters else "kept"
    bad, good = step.yields[threat.action][i], step.yields[step.chosen][i]
    turned, instead = called(threat.turned.player), threat.turned.actions[threat.instead]
    return (
        f"An empty {kind}: {action} {after(step.history)}. If it were believed, {turned} would "
        f"choose {instead} and {who} would get {plain(threat.believed[i])} rather than "
        f"{plain(threat.payoffs[i])}. But it would not be {verb}: there {who} gets {plain(bad)} "
        f"from {action} and {plain(good)} from {step.actions[step.chosen]}."
    )


def _bar(setting: TreeSetting) -> dict[str, str]:
    """Return where the first slider stands against the thresholds of the model's own order."""
    if not setting.sliders or not setting.own_timing:
        return {}
    return slider_bar(setting.model, setting.sliders[0], setting.values)


def _compared(setting: TreeSetting) -> str:
    """Return what the order of moves alone changes, as a table and a sentence."""
    if not setting.timings:
        return ""
    players = setting.model.at_once.players
    rows = []
    for k, timing in enumerate(setting.timings):
        found = setting.solved_in(k)
        if found is None:
            game = setting.at_once
            cells = list(pure_equilibria(game))
            what = "; or ".join(", ".join(cell) for cell in cells) or "nothing in pure strategies"
            got = [
                "; or ".join(plain(game.payoff(c)[i]) for c in cells) or "–"
                for i in range(len(players))
            ]
        else:
            what = _path(found).removeprefix("Path of play: ")
            got = list(map(plain, found.payoffs))
        current = ' aria-current="true"' if k == setting.timing else ""
        data = "".join(f"<td>{escape(text)}</td>" for text in (what, *got))
        rows.append(f'<tr{current}><th scope="row">{escape(capital(timing.words))}</th>{data}</tr>')
    heads = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in ("Order", "What happens", *(capital(called(name)) for name in players))
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return table + _worth_of_moving_first(setting)


def _worth_of_moving_first(setting: TreeSetting) -> str:
    """Say what each of two players gains or loses by moving first rather than second."""
    solved = [setting.solved_in(k) for k in range(len(setting.timings))]
    found = [induction for induction in solved if induction is not None]
    if len(found) < 2:
        return ""
    one, other = found
    first = [one.steps[-1].player, other.steps[-1].player]
    players = list(one.tree.players)
    if one.payoffs == other.payoffs:
        return "<p>To move first rather than second is worth nothing to either player.</p>"
    said = []
    for name, leads, follows in ((first[0], one, other), (first[1], other, one)):
        i = players.index(name)
        gain = leads.payoffs[i] - follows.payoffs[i]
        worth = f"worth {plain(gain)}" if gain > 0 else f"a loss of {plain(-gain)}"
        said.append(f"{worth if gain else 'worth nothing'} to {called(name)}")
    words = escape(f"To move first rather than second is {and_list(said)}.")
    return f"<details><summary>What moving first is worth</summary><p>{words}</p></details>"
