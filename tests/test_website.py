"""What the site is built from: Pyodide's files, verified, and nothing half built."""

from __future__ import annotations

import json
import re
import tarfile
import zipfile
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from balancegame.errors import GameError
from website import __main__ as command
from website import distribution as files
from website.browser_lock import browser_lock
from website.reference import sorted_by_page
from website.wheels import depends, empty_wheel, imports

KNOWN = {
    "numpy": {"file_name": "numpy-1.whl", "depends": [], "sha256": sha256(b"numpy").hexdigest()},
    "scipy": {"file_name": "scipy-1.whl", "depends": ["numpy", "far"], "sha256": "0" * 64},
}


def archive():
    """Return an archive as npm's, with a lock file that knows two packages."""
    made = BytesIO()
    lock = {"info": {"python": "3.12.7"}, "packages": KNOWN}
    contents = dict.fromkeys(files._CORE, b"core") | {files._LOCK: json.dumps(lock).encode()}
    with tarfile.open(fileobj=made, mode="w:gz") as opened:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            opened.addfile(member, BytesIO(content))
    return made.getvalue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of Pyodide's files, as far as two packages need them."""
    content = archive()
    said = {
        "version": "9.9",
        "sha256": sha256(content).hexdigest(),
        "release": "http://127.0.0.1:1/{version}/{file}",
        "packages": ["numpy"],
        "without": ["far"],
    }
    monkeypatch.setattr(files, "pinned", lambda: said)
    place = tmp_path / "pyodide"
    place.mkdir()
    (place / "pyodide-9.9.tgz").write_bytes(content)
    (place / "numpy-1.whl").write_bytes(b"numpy")
    return SimpleNamespace(place=place, said=said, repository=tmp_path / "repository")


def test_files_that_match_the_lock_file_are_taken(folder):
    found = files.distribution(folder.place, folder.repository)
    assert found.packages == {"numpy": folder.place / "numpy-1.whl"}
    assert found.core["pyodide.asm.wasm"] == b"core"
    assert not folder.repository.exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f.place / "numpy-1.whl").unlink(), r"numpy-1.whl is not in .*leave out --pyod"),
        (
            lambda f: (f.place / "numpy-1.whl").write_bytes(b"x"),
            r"numpy-1.whl is not the file that",
        ),
        (
            lambda f: (f.place / "pyodide-9.9.tgz").write_bytes(b"x"),
            r"9.9.tgz is not the file that",
        ),
        (
            lambda f: f.said["packages"].append("scipy"),
            r"scipy-1.whl is not in .*release of Pyodide",
        ),
    ],
)
def test_a_file_that_is_missing_or_wrong_is_named_with_its_remedy(folder, spoil, words):
    spoil(folder)
    with pytest.raises(GameError, match=words):
        files.distribution(folder.place, folder.repository)


def test_a_file_that_cannot_be_fetched_is_named_with_its_remedy(folder):
    kept = folder.repository / files.KEPT / "9.9"
    kept.mkdir(parents=True)
    (kept / "pyodide-9.9.tgz").write_bytes((folder.place / "pyodide-9.9.tgz").read_bytes())
    with pytest.raises(GameError, match=r"numpy-1.whl could not be fetched .* with --pyodide"):
        files.distribution(None, folder.repository)
    assert [path.name for path in kept.iterdir()] == ["pyodide-9.9.tgz"]


def test_a_release_that_does_not_answer_is_named_before_anything_is_installed_for_it(folder):
    why = files.out_of_reach(folder.repository)
    assert re.match(r"Pyodide 9.9 cannot be fetched from http://127.* BALANCEGAME_PYODIDE", why)
    kept = folder.repository / files.KEPT / "9.9"
    kept.mkdir(parents=True)
    (kept / "numpy-1.whl").touch()
    assert files.out_of_reach(folder.repository) == ""


def test_what_a_package_depends_on_is_needed_too():
    said = {"packages": ["scipy"], "without": ["far"]}
    assert files.needed(said, KNOWN) == ["numpy", "scipy"]


def test_no_half_built_site(folder, tmp_path):
    output = tmp_path / "site"
    (folder.place / "numpy-1.whl").write_bytes(b"another")
    words = ["--pyodide", str(folder.place), "--output", str(output)]
    done = CliRunner().invoke(command.main, words)
    assert done.exit_code == 1
    assert "numpy-1.whl is not the file that it should be" in done.stderr
    assert done.stderr.endswith("No site was built.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pyodide"]


def test_a_new_site_takes_the_place_of_the_old_one_only_when_it_is_whole(tmp_path):
    output = tmp_path / "site"
    for page in ("old", "new"):
        with command.unfinished(output) as building:
            (building / page).touch()
    assert sorted(path.name for path in output.iterdir()) == [command.MARK, "new"]
    with pytest.raises(ZeroDivisionError), command.unfinished(output):
        _ = 1 / 0
    assert (output / "new").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_site_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").touch()
    refused = pytest.raises(GameError, match="is there already and is not a site")
    with refused, command.unfinished(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def wheel(folder, name, files, requires=()):
    path = folder / f"{name}-2-py3-none-any.whl"
    about = "".join(f"Requires-Dist: {each}\n" for each in requires)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"{name}-2.dist-info/METADATA", f"Name: {name}\nVersion: 2\n{about}")
        for file in files:
            made.writestr(file, "")
    return path


def test_the_lock_file_of_the_browser_names_what_is_needed_and_no_more(tmp_path):
    asked = ["numpy>=1", "sympy", 'pyseccomp; sys_platform == "linux"', "unheard-of"]
    wheel(tmp_path, "balancegame", ["balancegame/__init__.pyc"], asked)
    wheel(tmp_path, "sympy", ["sympy/__init__.py", "isympy.py"])
    (tmp_path / "numpy-1.whl").write_bytes(b"numpy, compiled")
    lock = {"info": {"python": "3.12.7"}, "packages": {"numpy": KNOWN["numpy"]}}
    found = files.Distribution({}, lock, {"numpy": tmp_path / "numpy-1.whl"})
    empty = {"ssl": empty_wheel(tmp_path)}
    names = [path.name for path in sorted(tmp_path.glob("*-2-*.whl"))]
    packages = browser_lock(found, tmp_path, names, {"sympy"}, empty)["packages"]
    assert [*packages] == ["balancegame", "numpy", "ssl", "sympy"]
    assert packages["balancegame"]["depends"] == ["numpy"]
    assert packages["sympy"]["imports"] == ["isympy", "sympy"]
    assert packages["ssl"]["imports"] == []
    assert packages["numpy"]["sha256"] == sha256(b"numpy, compiled").hexdigest()


def test_what_a_wheel_needs_is_read_for_a_browser(tmp_path):
    made = wheel(
        tmp_path, "one", ["one.py"], ['a; sys_platform == "emscripten"', 'b; extra == "x"']
    )
    assert depends(made, "3.12.7", {"a", "b"}) == ["a"]
    assert imports(made) == ["one"]


def test_every_public_name_has_a_place_in_the_reference():
    import balancegame as bg

    pages = sorted_by_page(command.REPOSITORY / "src" / "balancegame" / "__init__.pyi")
    assert sorted(name for names in pages.values() for name in names) == sorted(bg.__all__)
    assert "equilibria" in pages["solvers.normal_form"]
