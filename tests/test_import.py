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


@pytest.mark.parametrize("name", bg.__all__)
def test_every_public_name_resolves(name):
    value = getattr(bg, name)
    assert not isinstance(value, ModuleType)
    assert name in dir(bg)


def test_the_contract_is_there():
    promised = {
        "NormalFormGame", "Model", "Parameter", "Preset", "GameError", "models", "equilibria",
        "pure_equilibria", "best_responses", "verify", "regimes", "explain", "draw", "explore",
        "sweep",
    }  # fmt: skip
    assert promised <= set(bg.__all__)
    assert bg.__all__ == sorted(set(bg.__all__))


@pytest.mark.parametrize(
    "module", ["explain", "models", "figures", "games.model", "solvers.normal_form.nash"]
)
def test_importing_a_module_hides_no_public_name(module):
    kinds = run(
        f"import json, balancegame.{module}\n"
        "import balancegame as bg\n"
        "print(json.dumps([callable(bg.explain), 'core-dilemma' in bg.models,"
        " callable(bg.equilibria)]))"
    )
    assert kinds == [True, True, True]


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
