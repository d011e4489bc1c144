"""`balancegame claims`: the table, its exit status, and the page in docs."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import balancegame as bg
from balancegame.claims.report import write_page
from balancegame.cli import main


def test_the_command_lists_them_and_its_status_tells_whether_all_are_proved(monkeypatch):
    done = CliRunner().invoke(main, ["claims", "--json"])
    rows = json.loads(done.output)
    assert done.exit_code == 0
    assert [row["number"] for row in rows] == list(range(1, 24))
    assert all(row["holds"] is True and row["steps"] for row in rows)
    few = bg.claims[:3]
    false = replace(few[1], proposition="for all v_J, v_R, a > 0: there is a deal")
    monkeypatch.setattr(sys.modules["balancegame.claims"], "claims", (few[0], false))
    done = CliRunner().invoke(main, ["claims"])
    assert done.exit_code == 1
    assert "REFUTED" in done.output
    done = CliRunner().invoke(main, ["claims", "--page", "nowhere"])
    assert done.exit_code == 1
    assert "claim 2 is not proved" in done.output


def test_the_page_is_what_the_command_makes(tmp_path):
    # The words beneath each picture are compared; how it is drawn may change without the page.
    docs = Path(__file__).resolve().parents[1] / "docs"
    page = write_page(bg.claims, tmp_path).read_text(encoding="utf-8")
    assert (docs / "claims.md").read_text(encoding="utf-8") == page, (
        "balancegame claims --page docs"
    )
    made, kept = ({p.name for p in (f / "claims").iterdir()} for f in (tmp_path, docs))
    assert made == kept == {f"{number:02}.svg" for number in range(1, 24)}


@pytest.mark.parametrize("command", ["claims", "glossary"])
def test_a_page_goes_to_a_new_folder_and_not_below_a_file(tmp_path, monkeypatch, command):
    report = sys.modules["balancegame.claims.report"]
    monkeypatch.setattr(report, "judged", lambda claims: [])
    made = CliRunner().invoke(main, [command, "--page", str(tmp_path / "new" / "docs")])
    assert made.exit_code == 0
    assert made.output.strip() == str(tmp_path / "new" / "docs" / f"{command}.md")
    (tmp_path / "file").touch()
    refused = CliRunner().invoke(main, [command, "--page", str(tmp_path / "file")])
    assert refused.exit_code == 1
    assert f"The page cannot be written to {tmp_path / 'file'} (" in refused.output
    assert refused.output.strip().endswith("choose another folder.")
