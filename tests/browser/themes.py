"""The themes of JupyterLab: chosen as a student does, or only their colours."""

from contextlib import contextmanager

from tests.browser.lab import OFTEN

# A button, for one, takes its time to change its colours.
_AT_ONCE = """document.getAnimations()
    .filter(change => change instanceof CSSTransition).forEach(change => change.finish());"""

# The colours of a theme are a style sheet and what stands on the page's body; all else that
# JupyterLab does when its theme changes takes several times as long. A link that is enabled again
# would fetch its sheet again, and until then there would be no colours; the sheet itself does not.
_DARKEN = f"""async () => {{
    const light = document.querySelector('link[href*="/theme-light-extension/"]');
    window.darkColours ??= await fetch(light.href.replace('/theme-light-', '/theme-dark-'))
        .then(found => found.text()).then(text => new CSSStyleSheet().replace(text));
    light.sheet.disabled = true;
    document.adoptedStyleSheets.push(window.darkColours);
    document.body.style.colorScheme = 'dark';
    Object.assign(document.body.dataset, {{ jpThemeLight: false, jpThemeName: 'JupyterLab Dark' }});
    {_AT_ONCE}
}}"""
_LIGHTEN = f"""() => {{
    document.querySelector('link[href*="/theme-light-extension/"]').sheet.disabled = false;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
        sheet => sheet !== window.darkColours);
    document.body.style.colorScheme = 'light';
    Object.assign(document.body.dataset, {{ jpThemeLight: true, jpThemeName: 'JupyterLab Light' }});
    {_AT_ONCE}
}}"""

# The colours of all that a notebook shows, cell by cell.
COLOURS_SHOWN = f"""() => {{
    {_AT_ONCE}
    return [...document.querySelectorAll('.jp-Notebook *')].map(node => {{
        const {{ color, backgroundColor, borderColor, fill, stroke }} = getComputedStyle(node);
        return [node.localName, color, backgroundColor, borderColor, fill, stroke].join();
    }});
}}"""


def use_theme(page, theme):
    """Choose a theme of JupyterLab by its name."""
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_function(
        "name => document.body.dataset.jpThemeName === name",
        arg=theme,
        timeout=30_000,
        polling=OFTEN,
    )


@contextmanager
def in_the_dark(page):
    """Show a page of JupyterLab's light theme in the colours of its dark one until the end."""
    page.evaluate(_DARKEN)
    try:
        yield
    finally:
        page.evaluate(_LIGHTEN)
