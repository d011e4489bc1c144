"""What axe-core holds against a page."""

from axe_playwright_python.base import AXE_SCRIPT

# What depends on colours; all else is the same whatever the theme.
COLOURS = {"runOnly": ["cat.color"]}

# Only a rule that is not among those that run reads the style sheets, of which JupyterLab has many.
_OPTIONS = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}

_RUN = """([context, options]) =>
    axe.run(context ?? document, options).then(({ violations }) => violations)"""

# What a rule finds is as grave as axe-core says of the rule.
_LIGHTER = """() => {
    const { rules } = axe._audit;
    if (!rules.some(({ impact }) => impact === 'serious')) throw Error('no rule has a weight');
    return rules.filter(({ impact }) => ['minor', 'moderate'].includes(impact)).map(({ id }) => id);
}"""


def violations(page, within=None, **options):
    """Return what axe-core finds on a page, or in the parts of it that a context names."""
    _load(page)
    return page.evaluate(_RUN, [within, _OPTIONS | options])


def serious(page, within=".bg-explorer", **options):
    """Return the serious and the critical of what axe-core finds, in explorers or other parts."""
    _load(page)
    spared = {rule: {"enabled": False} for rule in page.evaluate(_LIGHTER)}
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in violations(page, within, rules=spared, **options)
        if violation["impact"] in {"serious", "critical"}
    ]


def _load(page):
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
