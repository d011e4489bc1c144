// Replaces the modules that a first lesson imports, those of Python's own library included, by
// compiled ones: a browser takes longer to compile them than to do anything else. Run by compiled.py.
import { pathToFileURL } from "node:url";

const [folder, course, loadedAtOnce] = process.argv.slice(2);
// Node has none; the first lesson fetches nothing but what is loaded here.
globalThis.XMLHttpRequest = class {};
process.on("uncaughtException", (error) => {
  console.error(`Stopped: ${error.message}`);
  process.exit(1);
});
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${folder}/` });
const quiet = { messageCallback: () => {} };
await pyodide.loadPackage([...JSON.parse(loadedAtOnce), "nashpy"], quiet);
pyodide.mountNodeFS("/wheels", folder);
pyodide.mountNodeFS("/course", course);
pyodide.runPython(`
import contextlib, io, json, marshal, re, sys, zipfile
from importlib.metadata import distributions
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

SITE = Path("/lib/python3.12/site-packages")
LIBRARY = "python_stdlib.zip"

# A tab has no terminal, and what IPython needs for one takes a third of the time in which it loads.
# Nor has it a compiler, for which NumPy's f2py writes, and SciPy imports that.
REPLACED = {
    "IPython/terminal/embed.py": """def embed(**kwargs):
    raise RuntimeError("IPython.embed needs a terminal, and a browser has none.")
""",
    "numpy/f2py/__init__.py": "# Without a compiler there is nothing to write for.",
}

def run_first_lesson():
    import anywidget, comm, IPython, ipywidgets
    from IPython.core.interactiveshell import InteractiveShell
    shell = InteractiveShell.instance()
    notebook = json.loads(Path("/course/notebooks/01_security_or_energy.ipynb").read_text())
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            result = shell.run_cell(source)
            result.raise_error()
            shell.display_formatter.format(result.result)
    # Last, since it has a shell of its own, and its explorers speak to a page.
    InteractiveShell.clear_instance()
    import micropip, piplite, pyodide_kernel

# Tests, what a Jupyter server serves, the grader's half of ours, the lessons, which the tab has
# beside it, what makes documentation, what needs a compiler or checks types, and how to colour any
# language but Python: tracebacks need no more.
LEFT_OUT = (
    *("/tests/", ".data/", "/labextension/", "/nbextension/", ".dist-info/RECORD"),
    *("grading/gradebook/", "grading/handout/", "grading/registrar/", "IPython/sphinxext/", "IPython/testing/"),
    *("pygments/lexers/", "IPython/terminal/", "numpy/f2py/", "numpy/_core/include/", "/lib/libnp"),
    *(".pyi", ".pxd", "balancegame/course/notebooks/", "balancegame/course/docs/"),
)

KEPT = {"pygments/lexers/diff.py", *REPLACED}  # pytest imports the first one

def left_out(name):
    # Our own names are found by the stubs of the packages that offer them.
    is_kept = name in imported | KEPT or re.fullmatch(r"balancegame/.*__init__\\.pyi", name)
    return not is_kept and any(part in name for part in LEFT_OUT)

def compiled(content, path, optimize):
    code = compile(content, path, "exec", dont_inherit=True, optimize=optimize)
    # A hash that nobody checks: what is in a wheel does not change. See PEP 552.
    return MAGIC_NUMBER + (1).to_bytes(4, "little") + source_hash(content) + marshal.dumps(code)

def level(name):
    # Help is for what has a public name: all other docstrings take a megabyte. NumPy and
    # SciPy need their own.
    return 0 if name in public or name.startswith(("numpy/", "scipy/")) else 2

for name, content in REPLACED.items():
    (SITE / name).write_text(content)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    run_first_lesson()
stub = Path(sys.modules["balancegame"].__file__).with_suffix(".pyi").read_text()
modules = re.findall(r"^from \\.(\\S+) import", stub, re.MULTILINE)
public = {f"balancegame/{module.replace('.', '/')}{end}"
          for module in modules for end in (".py", "/__init__.py")}
files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
imported = {path.partition("/site-packages/")[2] for path in files}
# NumPy grows by more than it saves.
imported = {path for path in imported if not path.startswith("numpy/")} | {"numpy/__init__.py"}
of_library = {path.partition(f"/python312.zip/")[2] for path in files}

def packed(contents):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()

def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}

def with_compiled(files, chosen, prefix):
    """Give each file under its name, and in place of a module that was chosen a compiled one."""
    for name, content in files.items():
        content = REPLACED[name].encode() if name in REPLACED else content
        if name in chosen and name.endswith(".py"):
            name, content = f"{name}c", compiled(content, f"{prefix}/{name}", level(name))
        yield name, content

for wheel in sorted(Path("/wheels").glob("*.whl")):
    files = contents(wheel)
    if imported & files.keys():
        files = {name: content for name, content in files.items() if not left_out(name)}
        wheel.write_bytes(packed(dict(with_compiled(files, imported, SITE))))
library = Path("/wheels", LIBRARY)
files = contents(library)
library.write_bytes(packed(dict(with_compiled(files, of_library, "/lib/python312.zip"))))
`);
process.exit(0);
