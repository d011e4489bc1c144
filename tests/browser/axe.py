"""What axe-core holds against a page."""

from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT

# What depends on colours; all else is the same whatever the theme.
COLOURS = {"runOnly": ["cat.color"]}
# What of that WCAG asks for at level AA; "cat.color" asks for level AAA as well.
CONTRAST = ("color-contrast", "link-in-text-block")

# Only a rule that is not among those that run reads the style sheets, of which JupyterLab has many.
_OPTIONS = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}

# The body of JupyterLab has no height and hides what is beyond it. Browsers do so for the window,
# but axe-core would take all for hidden and look at no colour.
_RUN = """async ([context, options]) => {
    document.body.style.overflow = 'visible';
    try {
        const { violations, incomplete } = await axe.run(context ?? document, options);
        const failed = ({ nodes }) => nodes.some(({ any, none, all }) =>
            [...any, ...none, ...all].some(({ id }) => id === 'error-occurred'));
        const gaveUp = incomplete.filter(failed).map(({ id }) => id);
        if (gaveUp.length > 0) throw Error(`axe-core gave up: ${gaveUp}`);
        return violations;
    } finally {
        document.body.style.overflow = '';
    }
}"""

# axe-core goes through all that is in a page, whether or not it is shown: what stands between the
# explorers and before them is taken out of it, and leaves its place.
_BETWEEN = ".jp-Cell:not(:has(.bg-explorer)), .jp-Cell:has(.bg-explorer) .jp-InputArea"
_TAKE_OUT = f"""panel => [...panel.querySelectorAll('{_BETWEEN}')].map(part => {{
    const place = document.createComment('');
    part.replaceWith(place);
    return () => place.replaceWith(part);
}})"""

# What stands around the notebook is emptied once it has been laid out, and keeps its size.
_EMPTY = """async panel => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const around = node => node === document.body ? [] : [
        ...[...node.parentElement.children].filter(other => other !== node),
        ...around(node.parentElement),
    ];
    const boxes = around(panel).filter(({ tagName }) => !['STYLE', 'LINK'].includes(tagName));
    return boxes.map(box => {
        const { display, width, height } = getComputedStyle(box);
        const [held, style] = [[...box.childNodes], box.style.cssText];
        if (display !== 'none') Object.assign(box.style, { width, height });
        box.replaceChildren();
        return () => { box.replaceChildren(...held); box.style.cssText = style; };
    });
}"""
_UNDO = "steps => steps.forEach(undo => undo())"

# What a rule finds is as grave as axe-core says of the rule: the others need not run.
_RUN_SERIOUS = f"""([context, options]) => {{
    const {{ rules }} = axe._audit;
    if (!rules.some(({{ impact }}) => impact === 'serious')) throw Error('no rule has a weight');
    const lighter = rules.filter(({{ impact }}) => ['minor', 'moderate'].includes(impact));
    const spared = Object.fromEntries(lighter.map(({{ id }}) => [id, {{ enabled: false }}]));
    return ({_RUN})([context, {{ ...options, rules: {{ ...spared, ...options.rules }} }}]);
}}"""


def violations(page, within=None, **options):
    """Return what axe-core finds on a page, or in the parts of it that a context names."""
    return _run(page, _RUN, within, options)


def serious(page, within=".bg-explorer", **options):
    """Return the serious and the critical of what axe-core finds, in explorers or other parts."""
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in _run(page, _RUN_SERIOUS, within, options)
        if violation["impact"] in {"serious", "critical"}
    ]


def serious_in_any_colours(page, within):
    """Return what :func:`serious` returns, but for the colours, which take longest."""
    return serious(page, within, rules={rule: {"enabled": False} for rule in CONTRAST})


@contextmanager
def explorers_in_full_sight(page):
    """Leave a lesson's explorers alone, in a window so high that all are in sight, until the end.

    JupyterLab's panels hide what is to be scrolled, and axe-core looks at no colour of that.
    """
    usual, panel = page.viewport_size, page.locator(".jp-WindowedPanel-outer").filter(visible=True)
    taken_out = [panel.evaluate_handle(_TAKE_OUT)]
    try:
        height = panel.evaluate("panel => innerHeight - panel.clientHeight + panel.scrollHeight")
        page.set_viewport_size({**usual, "height": height})
        panel.evaluate("panel => panel.scrollTo(0, 0)")
        taken_out.append(panel.evaluate_handle(_EMPTY))
        yield
    finally:
        for steps in taken_out:
            steps.evaluate(_UNDO)
        page.set_viewport_size(usual)


def _run(page, script, within, options):
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(script, [within, _OPTIONS | options])
