"""Compiled templates are kept, and never stand in for another template or another setting."""

import sys

import pytest
from jinja2 import DictLoader, Environment

from balancegame.grading.gradebook.compiled_templates import CompiledTemplates


@pytest.fixture(autouse=True)
def may_keep(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "pages.py"
    (tmp_path / "__pycache__").mkdir()
    path.write_text("AUTOESCAPE = True", encoding="utf-8")
    return path


def page(module, source="{{ text }}", autoescape=True):
    kept = CompiledTemplates(module)
    loader = DictLoader({"page.html": source})
    templates = Environment(loader=loader, autoescape=autoescape, bytecode_cache=kept)
    return templates.get_template("page.html").render(text="<b>")


def kept_files(module):
    return {path: path.read_bytes() for path in (module.parent / "__pycache__").glob("*.template")}


def never(*_, **__):
    raise AssertionError("this was compiled again")


def test_a_template_is_compiled_once(module, monkeypatch):
    assert page(module) == "&lt;b&gt;"
    assert len(kept_files(module)) == 1
    monkeypatch.setattr(Environment, "_generate", never)
    assert page(module) == "&lt;b&gt;"


def test_a_template_that_has_changed_is_compiled_anew(module):
    page(module)
    assert page(module, "changed: {{ text }}") == "changed: &lt;b&gt;"


def test_what_another_setting_made_of_a_template_is_not_taken(module):
    """What escapes nothing must not come from a cache, after the module has learnt to escape."""
    module.write_text("AUTOESCAPE = False", encoding="utf-8")
    assert page(module, autoescape=False) == "<b>"
    module.write_text("AUTOESCAPE = True", encoding="utf-8")
    assert page(module) == "&lt;b&gt;"


def test_what_another_jinja_made_is_not_taken(module, monkeypatch):
    page(module)
    before = kept_files(module)
    version = "balancegame.grading.gradebook.compiled_templates.version"
    monkeypatch.setattr(version, lambda _: "another")
    assert page(module) == "&lt;b&gt;"
    assert kept_files(module) != before


@pytest.mark.parametrize("content", [b"", b"no bytecode", b"\xff" * 100])
def test_a_broken_file_is_made_anew(module, content):
    page(module)
    (path,) = kept_files(module)
    path.write_bytes(content)
    assert page(module) == "&lt;b&gt;"
    assert kept_files(module)[path] != content


def test_nothing_is_kept_where_python_keeps_nothing(module, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert page(module) == "&lt;b&gt;"
    assert not kept_files(module)


def test_where_nothing_can_be_written_pages_are_written_all_the_same(module):
    folder = module.parent / "__pycache__"
    folder.rmdir()
    assert page(module) == "&lt;b&gt;"
    folder.write_text("a file where the folder should be")
    assert page(module) == "&lt;b&gt;"
