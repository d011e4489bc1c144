"""Questions of lesson 2, who moves first."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from balancegame.games.sequential_model import SequentialModel
from balancegame.grading.practice.questions.question import branch, letter, number, one_of
from balancegame.models.concession import CONCESSION, CONCESSION_AT_ONCE
from balancegame.models.core_dilemma_in_sequence import CORE_DILEMMA_IN_SEQUENCE
from balancegame.models.face import FACE
from balancegame.models.leader_follower import AFTER_NIXON
from balancegame.solvers.normal_form.dominance import eliminate_dominated
from balancegame.solvers.sequential.backward_steps import BackwardInduction, backward_induction

THREAT = {"s": 6, "k": 4, "r": 2}
RUSSIA = AFTER_NIXON.presets["Russia in 2016"]
HALF = Fraction(1, 2)


def solved(model: SequentialModel, **values: object) -> BackwardInduction:
    """Return the tree of a model, solved as the model settles ties."""
    return backward_induction(model.tree(**values), model.when_indifferent)


def path(model: SequentialModel, **values: object) -> tuple[str, ...]:
    """Return what is done along the path of play."""
    found = solved(model, **values)
    layout = found.tree.layout
    (end,) = (k for k in layout.ends if k in found.path)
    return tuple(map(str, layout.history(end)))


def reply(model: SequentialModel, history: tuple[str, ...], **values: object) -> str:
    """Return what is chosen at a node."""
    steps = {step.history: step for step in solved(model, **values).steps}
    return steps[history].actions[steps[history].chosen]


def cost_at_a_tie(**values: object) -> Fraction:
    """Return the cost of punishing at which the US is indifferent after an engagement."""
    for k in (HALF * j for j in count()):
        after_engage, _ = solved(CORE_DILEMMA_IN_SEQUENCE, k=k, **values).steps
        if len(after_engage.best) == 2:
            return k
    raise AssertionError


def worth_of_moving_first() -> Fraction:
    """Return what the US gets by moving first rather than second, in the preset of 2016."""
    second = SequentialModel(
        name="Japan first",
        title="Japan first",
        at_once=AFTER_NIXON.at_once,
        order=("Japan", "US"),
        when_indifferent={"US": "Lift"},
    )
    first, other = (solved(model, **RUSSIA) for model in (AFTER_NIXON, second))
    return Fraction(first.payoffs[0] - other.payoffs[0])


def least_gain_to_lift(**values: object) -> Fraction:
    """Return the smallest g at which the US, which moves first, lifts."""
    steps = (HALF * j for j in range(-20, 21))
    return next(g for g in steps if "Lift" in best_first(AFTER_NIXON, g=g, **values))


def best_first(model: SequentialModel, **values: object) -> tuple[str, ...]:
    """Return the best actions of whoever moves first."""
    step = solved(model, **values).steps[-1]
    return tuple(step.actions[a] for a in step.best)


def least_concession(**values: object) -> Fraction:
    """Return the smallest worth of a concession after which Japan engages."""
    steps = (HALF * j for j in range(1, 21))
    return next(z for z in steps if reply(CONCESSION, ("Concede",), z=z, **values) == "Engage")


def last_to_engage_in_public() -> Fraction:
    """Return the largest sanction at which Japan still engages after a public invitation."""
    steps = (HALF * j for j in range(40, -1, -1))
    return next(s for s in steps if reply(FACE, ("Public",), s=s) == "Engage")


def never_conceded() -> bool:
    """Return whether holding pays Russia more whatever the others do, if all move at once."""
    return "Concede" not in eliminate_dominated(CONCESSION_AT_ONCE.game()).game.actions[0]


QUESTIONS = {
    "reply": one_of(
        ("Enforce", "Acquiesce"),
        lambda: reply(CORE_DILEMMA_IN_SEQUENCE, ("Engage",), **THREAT),
        "7 is more than 5: to punish costs 4 and earns only 2.",
        {
            "Enforce": "Obama may have wanted to; but now that Japan has engaged, he compares 5 "
            "with 7. What punishing might have prevented has happened already.",
        },
    ),
    "cost": number(
        lambda: cost_at_a_tie(r=4, s=6),
        "Punishing earns r = 4, so it is worth a cost of up to 4. At 4 itself the US is "
        "indifferent.",
        {
            2: "2 was the reputation before; now it is 4. Move k until Enforce and Acquiesce tie.",
            5: "5 is the energy that Japan gains; the US compares its own payoffs only.",
            6: "6 is the sanction, which Japan pays; the US compares its own payoffs only.",
            "7/2": "nearly: at 3.5 punishing still pays for itself with something to spare.",
        },
        "Compare what the US gets after Engage: it enforces if r is at least k.",
    ),
    "stronger": letter(
        lambda: {("Comply",): "a", ("Engage", "Acquiesce"): "b", ("Engage", "Enforce"): "c"}[
            path(CORE_DILEMMA_IN_SEQUENCE, **{**THREAT, "s": 20})
        ],
        "The sanction is Japan's loss and not the gain of the US, which still gets 5 from "
        "enforcing and 7 from looking away.",
        {
            "a": "it would, if anybody carried it out. Look at the last node: is s among the "
            "payoffs of the US?",
            "c": "then Japan would rather comply; but begin with the last node, where the US "
            "compares 5 with 7.",
        },
        {
            "a": "Japan complies: the sanction would cost it far more than it gains.",
            "b": "Japan engages: the larger threat is as empty as the smaller one.",
            "c": "Japan engages, and the US enforces.",
        },
    ),
    "follow": branch(
        AFTER_NIXON.tree(**AFTER_NIXON.presets["China in 1972"]),
        ("Sanction",),
        lambda: reply(AFTER_NIXON, ("Sanction",), **AFTER_NIXON.presets["China in 1972"]),
        "0 is more than 4 - 8 = -4, so Japan waits for Washington.",
        {
            "Engage": "it would gain 4 and lose 8; compare what stands under Japan at the two ends "
            "after Sanction.",
        },
    ),
    "first": number(
        worth_of_moving_first,
        "First, it holds and gets 0; second, it finds Japan engaged and lifts, which costs it 2.",
        {
            0: "0 is what it gets by moving first; compare that with what it gets if Japan does.",
            -2: "mind the sign: moving first the US gets 0, moving second -2.",
            "1/2": "that is what moving first is worth to Japan.",
            3: "if Japan went first and the US kept its sanctions it would lose 3; but it lifts, "
            "and loses only 2.",
        },
        "Read the rows of the table below the tree: what the US gets in one and in the other.",
    ),
    "leader": number(
        lambda: least_gain_to_lift(**{k: v for k, v in RUSSIA.items() if k not in "gE"}, E=7),
        "Japan engages anyway, so the US compares g with -d = -3.",
        {
            0: "that holds if Japan would stay out; but here it engages anyway, and costs the US "
            "d if the US does not lift.",
            3: "mind the sign: an ally that goes alone costs the US 3.",
            -2: "-2 is the g of 2016, and there the US lifts gladly; how much lower could g be?",
            "-5/2": "nearly: at -2.5 lifting is still better than losing 3.",
        },
        "If Japan engages anyway, the US gets g from Lift and -d from Sanction.",
    ),
    "claim": letter(
        lambda: "b",
        "With s > E Japan waits, as the article says. With s < E it engages on its own, and by "
        "that makes the US lift for less.",
        {
            "a": "try an E above s: then Japan engages although the US keeps its sanctions.",
            "c": "with the values of China in 1972 it waits: after Sanction it gets 0 by staying "
            "out, and -4 by engaging.",
        },
        {
            "a": "It is right: a follower never moves before its leader.",
            "b": "It is half right: Japan waits if the sanction outweighs its gain; if not, it "
            "goes anyway, and that may move the "
            "US.",
            "c": "It is wrong: Japan never waits.",
        },
    ),
    "offer": number(
        lambda: least_concession(s=6, E=5),
        "9 + 1 = 10: then engaging is as good as aligning.",
        {
            6: "6 is the sanction; but the trade is worth 5 already.",
            5: "5 is what the trade is worth already; the concession need only fill what is left.",
            2: "2 is what it costs Russia; the question is what it must be worth to Japan.",
            10: "10 is what Japan gets by aligning; without the offer it gets 9 by engaging, so "
            "little is missing.",
        },
        "How much is missing between 9 and 10?",
    ),
    "at-once": letter(
        lambda: "c" if never_conceded() else "",
        "An offer is made to be answered. If Japan chooses without having seen it, it only costs "
        "Russia something.",
        {
            "a": "it costs 2 and an engaged Japan is worth 4; in turn Russia does pay that price.",
            "b": "the US would do so in turn as well, and yet Russia concedes there.",
        },
        {
            "a": "It costs Russia more than an engaged Japan is worth.",
            "b": "The US would punish Japan in any case.",
            "c": "Japan's choice can no longer answer the offer, so Hold pays Russia more whatever "
            "the others do.",
        },
    ),
    "public": number(
        last_to_engage_in_public,
        "To comply costs 3 in face, so Japan engages up to E + a = 5 + 3.",
        {
            5: "that is so in private; in public complying is not free any more.",
            2: "mind the sign: face makes complying dearer, so it takes a larger sanction.",
            3: "3 is the face alone; add what engaging brings.",
            6: "6 is where the explorer starts; at which s do -3 and 5 - s tie?",
        },
        "In public Japan compares -3 from complying with 5 - s from engaging.",
    ),
    "recall-threat": letter(
        lambda: "b",
        "What counts is what its player would do at that node.",
        {
            "a": "a threat that works is never carried out either: those who believe it give in.",
            "c": "the other may err; whether a threat is empty depends on the payoffs of whoever "
            "makes it.",
        },
        {
            "a": "When it is never carried out.",
            "b": "When its player would do better not to carry it out, once the time had come.",
            "c": "When the other side ignores it.",
        },
    ),
    "recall-offer": number(
        lambda: least_concession(s=9, E=4),
        "E + z must reach s, and 9 - 4 = 5.",
        {
            9: "that is the whole sanction; the energy covers 4 of it.",
            4: "that is the energy, which Japan gains without an offer.",
            13: "the energy makes the concession cheaper, not dearer: subtract it.",
        },
        "What is missing between the energy and the sanction?",
    ),
    "recall-leader": letter(
        lambda: "a" if best_first(AFTER_NIXON, g=-4, d=6, E=7, s=6) == ("Lift",) else "",
        "To lose 4 is better than to lose 6.",
        {
            "b": "it loses by lifting; but what does it lose by not lifting, if Japan engages all "
            "the same?",
            "c": "it compares -4 with -6.",
        },
        {
            "a": "Yes.",
            "b": "No.",
            "c": "It is indifferent.",
        },
    ),
}
