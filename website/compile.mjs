// Replaces, in the wheels that a first lesson loads, the modules that it imports by compiled ones:
// a browser takes longer to compile them than to do anything else. Run by compiled.py.
import { pathToFileURL } from "node:url";

const [folder, course, loadedAtOnce] = process.argv.slice(2);
// Node has none; the first lesson fetches nothing.
globalThis.XMLHttpRequest = class {};
process.on("uncaughtException", (error) => {
  console.error(`Stopped: ${error.message}`);
  process.exit(1);
});
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${folder}/` });
const quiet = { messageCallback: () => {} };
await pyodide.loadPackage(JSON.parse(loadedAtOnce), quiet);
pyodide.mountNodeFS("/wheels", folder);
pyodide.mountNodeFS("/course", course);
pyodide.runPython(`
import contextlib, io, json, marshal, re, sys, zipfile
from importlib.metadata import distributions
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

def run_first_lesson():
    import anywidget, comm, IPython, ipywidgets
    from IPython.core.interactiveshell import InteractiveShell
    shell = InteractiveShell.instance()
    notebook = json.loads(Path("/course/notebooks/01_security_or_energy.ipynb").read_text())
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "nashpy" not in source:
            result = shell.run_cell(source)
            result.raise_error()
            shell.display_formatter.format(result.result)

# Tests, what a Jupyter server serves, the grader's half of ours, what makes documentation,
# and how to colour any language but Python: the tracebacks of a notebook need no more.
LEFT_OUT = (
    *("/tests/", ".data/", "/labextension/", "/nbextension/", ".dist-info/RECORD"),
    *("grading/gradebook/", "grading/handout/", "grading/registrar/", "IPython/sphinxext/", "IPython/testing/"),
    *("pygments/lexers/", "prompt_toolkit/contrib/"),
)

# pytest imports this one.
KEPT = {"pygments/lexers/diff.py"}

def left_out(name):
    return name not in imported | KEPT and any(part in name for part in LEFT_OUT)

def compiled(content, name):
    # Help is for what has a public name: all other docstrings take three quarters of a megabyte.
    level = 0 if name in public else 2
    path = f"/lib/python3.12/site-packages/{name}"
    code = compile(content, path, "exec", dont_inherit=True, optimize=level)
    # A hash that nobody checks: what is in a wheel does not change. See PEP 552.
    return MAGIC_NUMBER + (1).to_bytes(4, "little") + source_hash(content) + marshal.dumps(code)

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    run_first_lesson()
stub = Path(sys.modules["balancegame"].__file__).with_suffix(".pyi").read_text()
modules = re.findall(r"^from \\.(\\S+) import", stub, re.MULTILINE)
public = {f"balancegame/{module.replace('.', '/')}{end}"
          for module in modules for end in (".py", "/__init__.py")}
imported = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
imported = {path.partition("/site-packages/")[2] for path in imported}
# NumPy grows by more than it saves, and insists on its docstrings.
imported = {path for path in imported if not path.startswith("numpy/")}
for wheel in sorted(Path("/wheels").glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    if not imported & files.keys():
        continue
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            if left_out(name):
                continue
            if name in imported and name.endswith(".py"):
                name, content = f"{name}c", compiled(content, name)
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    wheel.write_bytes(made.getvalue())
`);
process.exit(0);
