"""What `import balancegame` loads, and that every public name is where it should be."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import balancegame as bg

HEAVY = ["sympy", "scipy", "nashpy", "ipywidgets", "anywidget", "matplotlib", "IPython", "pytest"]


def run(code):
    """Run code in a fresh process and return what it prints as JSON."""
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return json.loads(finished.stdout)


def test_importing_loads_nothing_heavy():
    loaded = run(
        "import json, sys, balancegame\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    assert loaded == []


def test_solving_loads_no_sympy():
    loaded = run(
        "import json, sys, balancegame as bg\n"
        "game = bg.models['core-dilemma'].game(s=6)\n"
        "bg.equilibria(game), str(bg.explain(game)), bg.regimes(bg.models['core-dilemma'], 's')\n"
        "print(json.dumps([n for n in ('sympy', 'scipy', 'nashpy', 'matplotlib') "
        "if n in sys.modules]))"
    )
    assert loaded == []


def test_grading_loads_solvers_only_for_exercises_that_ask_them():
    loaded = run(
        "import json, sys\n"
        "import balancegame.grading.run.grading_process\n"
        "from balancegame.grading import exercise as ex\n"
        "ex.read_situation, ex.best_replies, ex.mixture, ex.patience\n"
        "print(json.dumps([name for name in sys.modules"
        " if name == 'numpy' or name.startswith('balancegame.solvers')]))"
    )
    assert loaded == []


def test_every_public_name_resolves():
    for name in bg.__all__:
        assert not isinstance(getattr(bg, name), ModuleType), name
        assert name in dir(bg), name


def test_the_contract_is_there():
    promised = {
        "NormalFormGame", "Model", "Parameter", "Preset", "GameError", "models", "equilibria",
        "pure_equilibria", "best_responses", "verify", "regimes", "explain", "draw", "explore",
        "sweep",
    }  # fmt: skip
    assert promised <= set(bg.__all__)
    assert bg.__all__ == sorted(set(bg.__all__))


def test_importing_a_module_hides_no_public_name():
    modules = ["explain", "models", "figures", "games.model", "solvers.normal_form.nash"]
    # Each of them is the first of the package; what is not of the package stays.
    kinds = run(
        "import importlib, json, sys\n"
        "found = {}\n"
        f"for module in {modules!r}:\n"
        "    for name in [each for each in sys.modules if each.startswith('balancegame')]:\n"
        "        del sys.modules[name]\n"
        "    importlib.import_module(f'balancegame.{module}')\n"
        "    import balancegame as bg\n"
        "    found[module] = [callable(bg.explain), 'core-dilemma' in bg.models,"
        " callable(bg.equilibria)]\n"
        "print(json.dumps(found))"
    )
    assert kinds == {module: [True, True, True] for module in modules}


def test_a_missing_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="equilibrum"):
        _ = bg.equilibrum
    assert not hasattr(bg, "solve")


def test_the_package_is_typed_and_has_a_version():
    assert (Path(bg.__file__).parent / "py.typed").exists()
    assert bg.__version__.count(".") == 2


def test_completion_offers_each_public_name_once_and_nothing_else():
    offered = run(
        "import json, balancegame as bg\n"
        "print(json.dumps([name for name in dir(bg) if not name.startswith('__')]))"
    )
    assert offered == sorted(bg.__all__)


LEFT_TO_GRADING = ["pytest", "_pytest", "hypothesis", "jinja2", "pyseccomp"]
WITHOUT = f"import json, sys\nsys.modules |= dict.fromkeys({LEFT_TO_GRADING!r})\n"


def test_lessons_need_nothing_of_what_only_grading_needs():
    found = run(
        f"{WITHOUT}import balancegame as bg\n"
        "shown = [getattr(bg, name) is None for name in bg.__all__]\n"
        "judged = str(bg.quick_check('01-threshold', '2'))\n"
        "try:\n    bg.check('01', namespace={})\n"
        "except bg.GameError as error:\n    said = str(error)\n"
        "lessons = bg.progress()._repr_markdown_()\n"
        "print(json.dumps([any(shown), bool(judged), '1. Security' in lessons, said]))"
    )
    sentence = (
        "checks of exercises need pytest, which is not installed; install it with: "
        'pip install "balancegame[grading]"'
    )
    assert found == [False, True, True, sentence]


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        (["grade", "handed_in", "--exercises", "exercises", "--out", "out"], "jinja2"),
        (["check", "01"], "pytest"),
    ],
)
def test_a_command_says_what_to_install(command, needed, tmp_path):
    program = f"{WITHOUT}from balancegame.cli import main\nmain({command!r})"
    (tmp_path / "exercises").mkdir()
    for source in (Path(__file__).parents[1] / "exercises").glob("*01_security_or_energy*"):
        (tmp_path / "exercises" / source.name).write_bytes(source.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 'install it with: pip install "balancegame[grading]"' in done.stderr
    assert needed in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_learning_and_linear_programmes_alone_load_scipy():
    loaded = run(
        "import json, sys, balancegame as bg\n"
        "def there():\n    return [n for n in ('scipy', 'nashpy') if n in sys.modules]\n"
        "for name in bg.__all__:\n    getattr(bg, name)\n"
        "game = bg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])\n"
        "bg.equilibria(game), bg.verify(game, bg.equilibria(game)[0].strategies)\n"
        "first = there()\n"
        "bg.correlated_equilibrium(game)\nsecond = there()\n"
        "game.to_nashpy()\nprint(json.dumps([first, second, there()]))"
    )
    assert loaded == [[], ["scipy"], ["scipy", "nashpy"]]
