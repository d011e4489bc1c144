// Predict first: a bet unlocks everything, and stays beside the answer.

function predictPanel(plan, kernel) {
  const group = newId("bet");
  const question = h("legend");
  const choices = h("div", { class: "bg-choices" });
  let radios = [];
  const place = h("button", { type: "submit", class: "bg-button bg-primary" }, "Place bet");
  const form = h(
    "form",
    { class: "bg-bet", onsubmit: submit },
    h(
      "fieldset",
      {},
      question,
      choices,
    ),
    h("div", { class: "bg-bet-foot" }, place, h("span", { class: "bg-muted" }, `Your bet unlocks the ${plan.sliders.length ? "sliders" : "payoffs"}.`)),
  );

  const result = betResult(betAgain);
  const heading = h("h4", { id: newId("predict") }, "Predict first");
  const root = h(
    "section",
    { class: "bg-card bg-predict", "aria-labelledby": heading.id },
    heading,
    form,
    result.root,
  );

  // The verdict takes the focus that the button lost, so that nobody has to look for it.
  function submit(event) {
    event.preventDefault();
    const chosen = radios.find((radio) => radio.checked);
    kernel.ask({ kind: "bet", choice: chosen ? chosen.value : "" }, () =>
      requestAnimationFrame(() => {
        if (result.root.hidden) return;
        result.focus();
        bringIntoSight(root, ".bg-solution");
      }),
    );
  }

  function betAgain() {
    kernel.ask({ kind: "again" }, () =>
      requestAnimationFrame(() => {
        for (const radio of radios) radio.checked = false;
        radios[0].focus({ preventScroll: true });
        bringIntoSight(root, ".bg-predict");
      }),
    );
  }

  function ask(bets) {
    const key = JSON.stringify(bets);
    if (choices.dataset.key === key) return;
    choices.dataset.key = key;
    setText(question, bets.question);
    radios = bets.choices.map((choice) =>
      h("input", { type: "radio", name: group, value: choice.value, id: newId("choice") }),
    );
    choices.replaceChildren(
      ...bets.choices.map((choice, i) =>
        h("label", { class: "bg-choice", for: radios[i].id }, radios[i], h("span", {}, choice.words)),
      ),
    );
  }

  function update(shown) {
    if (shown.locked) ask(shown.bets || plan);
    heading.classList.toggle("bg-unseen", !shown.locked);
    setShown(form, shown.locked);
    result.update(shown);
  }

  return { root, update };
}

// How a bet ended, with a button to bet again. The verdict can take the focus.
function betResult(betAgain) {
  const verdict = h("p", { class: "bg-verdict", tabindex: "-1" });
  const yours = h("dd");
  const answer = h("dd");
  const answered = h("dt");
  const again = h("button", { type: "button", class: "bg-button", onclick: betAgain }, "Bet again");
  const root = h(
    "div",
    { class: "bg-result", hidden: true },
    h("div", { class: "bg-verdict-row" }, verdict, again),
    h(
      "dl",
      { class: "bg-sides" },
      h("div", {}, h("dt", {}, "Your bet"), yours),
      h("div", {}, answered, answer),
    ),
  );

  function update(shown) {
    setShown(root, !shown.locked);
    if (!shown.bet) return;
    root.dataset.outcome = shown.bet.outcome;
    setText(verdict, shown.bet.verdict);
    setText(yours, shown.bet.words);
    setText(answered, shown.bet.at ? `The answer at ${shown.bet.at}` : "The answer then");
    setText(answer, shown.bet.answer);
  }

  return { root, update, focus: () => verdict.focus({ preventScroll: true }) };
}

// From the top of the explorer down to a part of it; where not all has room, the top.
function bringIntoSight(node, part) {
  const explorer = node.closest(".bg-explorer");
  explorer.querySelector(part).scrollIntoView({ block: "nearest" });
  explorer.firstElementChild.scrollIntoView({ block: "nearest" });
}
