"""What a student does in JupyterLab, for browser tests and benchmarks."""

import nbformat

from tests.browser.copied_kernels import NAME

PATIENCE = 120_000
# How often JupyterLab is asked, in milliseconds: to ask before each frame would make it draw them.
OFTEN = 50

_NOTEBOOK = """[...window.jupyterapp.shell.widgets('main')]
    .find(widget => widget.context && widget.content.model && widget.isVisible)"""

_NOTEBOOK_IS_OPEN = f"""path => {{
    if (!window.jupyterapp) return false;
    const widget = {_NOTEBOOK};
    if (!widget || widget.context.path !== path || !widget.context.isReady) return false;
    return widget.context.sessionContext.session?.kernel?.status === 'idle';
}}"""

# Widgets that begin while JupyterLab is busy with a notebook's cells may be given up.
_IS_AT_REST = f"""async () => {{
    await Promise.all({_NOTEBOOK}.content.widgets.map(cell => cell.ready));
    await new Promise(done => requestIdleCallback(done, {{ timeout: 10_000 }}));
}}"""

# The promise is kept when the last cell has run.
_RUN_ALL_CELLS = f"""() => {{
    window.jupyterapp.shell.activateById({_NOTEBOOK}.id);
    return window.jupyterapp.commands.execute('notebook:run-all-cells');
}}"""

_RUN_CELL = f"""words => {{
    const {{ id, content }} = {_NOTEBOOK};
    window.jupyterapp.shell.activateById(id);
    content.activeCellIndex = content.widgets.findIndex(
        cell => cell.model.sharedModel.getSource().includes(words));
    return window.jupyterapp.commands.execute('notebook:run-cell');
}}"""

_IS_IN_FRONT = f"path => window.jupyterapp && {_NOTEBOOK}?.context.path === path"

# A notebook finds the kernel that has been started for its path.
_OPEN = """async ([path, kernel]) => {
    const { commands, serviceManager: { kernelspecs, sessions } } = window.jupyterapp;
    await Promise.all([kernelspecs.ready, sessions.ready]);
    const runs = [...sessions.running()].some(session => session.path === path);
    if (!runs && kernel in kernelspecs.specs.kernelspecs) {
        const asked = { path, name: path, type: 'notebook', kernel: { name: kernel } };
        (await sessions.startNew(asked)).dispose();
    }
    await commands.execute('docmanager:open', { path, factory: 'Notebook' });
}"""

# Nothing is saved and nobody is asked whether it should be.
_OPEN_ALONE = f"""async asked => {{
    const app = window.jupyterapp;
    await app.restored;
    for (const widget of [...app.shell.widgets('main')].filter(widget => widget.context)) {{
        await widget.context.sessionContext.shutdown();
        widget.context.model.dirty = false;
        widget.close();
    }}
    await ({_OPEN})(asked);
}}"""

# JupyterLab covers itself with a moving picture while it starts or changes its theme, and each
# notebook while it opens; drawing that takes as long as the change itself. What shows a notebook's
# has the focus until the notebook takes it, and stays.
_WITHOUT_SPLASH = """{
    const style = new CSSStyleSheet();
    style.replaceSync('#jupyterlab-splash, .jp-SpinnerContent { display: none; }');
    document.adoptedStyleSheets = [style];
}"""

_NOTHING_RUNS = f"""() => {{
    const widget = {_NOTEBOOK};
    const prompts = [...widget.node.querySelectorAll('.jp-InputPrompt')];
    return widget.context.sessionContext.session?.kernel?.status === 'idle'
        && !prompts.some(prompt => prompt.textContent.includes('*'));
}}"""

_CELLS = f"() => {_NOTEBOOK}.content.model.sharedModel.toJSON().cells"


def write_notebook(folder, path, *sources):
    """Write a notebook of these cells into a course."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / path)


def open_notebook(page, path, kernel=NAME):
    """Open a notebook of the course, such as "notebooks/01_....ipynb", with its kernel ready.

    Where JupyterLab runs already, the notebooks that are open are closed, unsaved. The kernel is
    the notebook's own where the server knows none of the given name.
    """
    if page.evaluate("() => Boolean(window.jupyterapp)"):
        page.evaluate(f"() => {_WITHOUT_SPLASH}")
    else:
        page.add_init_script(_WITHOUT_SPLASH)
        page.goto("/lab?reset")
        page.wait_for_function("() => Boolean(window.jupyterapp)", timeout=PATIENCE, polling=OFTEN)
    page.evaluate(_OPEN_ALONE, [path, kernel])
    wait_until_open(page, path)


def open_beside(page, path, kernel=NAME):
    """Show a notebook of the course in a tab of its own; the others stay open."""
    page.evaluate(_OPEN, [path, kernel])
    wait_until_open(page, path)


def show_notebook(page, course, path, *sources):
    """Show a notebook of these cells; where it is in front, it stays as it is."""
    if not is_in_front(page, path):
        write_notebook(course.folder, path, *sources)
        open_notebook(page, path)


def run_notebook(page, course, path, *sources):
    """Show a notebook of these cells, all of them run; where it is in front, they run again."""
    show_notebook(page, course, path, *sources)
    run_all_cells(page)


def is_in_front(page, path):
    """Return whether a notebook is the one that is seen."""
    return bool(page.evaluate(_IS_IN_FRONT, path))


def wait_until_open(page, path):
    """Wait until a notebook is in front, its cells there and its kernel ready."""
    page.wait_for_function(_NOTEBOOK_IS_OPEN, arg=path, timeout=PATIENCE, polling=OFTEN)
    page.evaluate(_IS_AT_REST)


def run_all_cells(page):
    """Run every cell of the open notebook and wait for the last."""
    page.evaluate(_RUN_ALL_CELLS)
    wait_until_idle(page)


def run_cell(page, words):
    """Run the first cell of the open notebook in which these words stand, and wait for it."""
    page.evaluate(_RUN_CELL, words)
    wait_until_idle(page)


def wait_until_idle(page, quiet=0):
    """Wait until no cell runs and the kernel has been idle for so many milliseconds."""
    while True:
        page.wait_for_function(_NOTHING_RUNS, timeout=PATIENCE, polling=OFTEN)
        page.wait_for_timeout(quiet)
        if page.evaluate(_NOTHING_RUNS):
            return


def cells(page):
    """Return the cells of the open notebook as nbformat has them, outputs included."""
    return page.evaluate(_CELLS)


def error_outputs(page):
    """Return the text of every error and every line on stderr that stands in the notebook."""
    in_cells = [
        "\n".join(output["traceback"]) if output["output_type"] == "error" else output["text"]
        for cell in cells(page)
        for output in cell.get("outputs", [])
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]
    in_widgets = page.locator(
        ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error'],"
        ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
    ).all_inner_texts()
    return in_cells + in_widgets


def prompts(page):
    """Return the text of every dialog and notification that asks the student something."""
    return page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts()
