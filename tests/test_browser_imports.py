"""Packages that a browser fetches when they are first imported, with a stand-in for Pyodide."""

from __future__ import annotations

import io
import sys
import zipfile
from types import ModuleType, SimpleNamespace

import pytest

from balancegame import browser
from balancegame.browser import Fetching

FILES = {
    "plain": ({"plain.py": "from beneath import value\n"}, ["beneath"]),
    "beneath": ({"beneath/__init__.py": "value = 7\n"}, []),
    "compiled": ({"compiled.py": ""}, []),
    "upon-compiled": ({"upon_compiled.py": ""}, ["compiled"]),
    "lost": ({"lost.py": ""}, []),
}


def wheel(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


class Requests:
    """What XMLHttpRequest of a page's worker does, for the wheels above."""

    def __init__(self):
        self.urls = []

    def new(self):
        return self

    def open(self, method, url, later):
        assert (method, later) == ("GET", False)
        self.urls.append(url)

    def send(self):
        package = self.urls[-1].rpartition("/")[2].partition("-1")[0].replace("_", "-")
        self.status = 404 if package == "lost" else 200
        content = wheel(FILES[package][0])
        self.response = SimpleNamespace(to_bytes=lambda: content)


@pytest.fixture
def requests(tmp_path, monkeypatch):
    found = Requests()
    packages = {
        name: {
            "imports": [next(iter(files)).partition("/")[0].removesuffix(".py")],
            "depends": depends,
            "file_name": f"{name.replace('-', '_')}-1-{'wasm32' if name == 'compiled' else 'any'}",
        }
        for name, (files, depends) in FILES.items()
    }
    pyodide = ModuleType("pyodide_js")
    pyodide.loadedPackages = SimpleNamespace()
    pyodide._api = SimpleNamespace(
        lockfile_packages=SimpleNamespace(to_py=lambda: packages),
        config=SimpleNamespace(indexURL="https://site/pyodide/"),
    )
    monkeypatch.setattr(browser, "get_path", lambda kind: str(tmp_path))
    monkeypatch.setitem(sys.modules, "pyodide_js", pyodide)
    monkeypatch.setitem(sys.modules, "js", SimpleNamespace(XMLHttpRequest=found))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Fetching()])
    yield found
    for name in ("plain", "beneath"):
        sys.modules.pop(name, None)


def test_an_import_fetches_a_package_and_what_it_needs_once(requests):
    import plain

    assert plain.value == 7
    assert requests.urls == [f"https://site/pyodide/{name}-1-any" for name in ("plain", "beneath")]
    sys.modules.pop("plain")
    import plain as again

    assert again.value == 7
    assert len(requests.urls) == 2


def test_what_is_compiled_must_be_named_by_the_cell(requests):
    for name in ("compiled", "upon_compiled"):
        with pytest.raises(ModuleNotFoundError, match=f"write import {name} as the first line"):
            __import__(name)
    assert requests.urls == []


def test_a_package_that_is_gone_says_so(requests):
    with pytest.raises(ModuleNotFoundError, match=r"lost could not be fetched \(404\)"):
        __import__("lost")


def test_what_the_site_does_not_have_is_missing_as_ever(requests):
    with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere_at_all'"):
        __import__("nowhere_at_all")
    assert requests.urls == []
