"""What holds of every notebook when its cells have run, in JupyterLab and on a kernel alone."""

import re

QUICK_CHECK = re.compile(r'^bg\.quick_check\("([\w-]+)"\)$', re.MULTILINE)


def check_cells_that_ran(cells):
    """See that no cell failed, warned or printed an object, and that nothing is answered yet.

    Parameters
    ----------
    cells : list of dict
        The cells of a notebook with their outputs, as nbformat or JupyterLab has them.
    """
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert any(cell["outputs"] for cell in code)
    for cell in code:
        outputs, source = cell["outputs"], "".join(cell["source"])
        assert not [out for out in outputs if out["output_type"] == "error"]
        assert not [out for out in outputs if out.get("name") == "stderr"], outputs
        text = "".join("".join(out.get("data", {}).get("text/plain", "")) for out in outputs)
        printed = text + "".join("".join(out.get("text", "")) for out in outputs)
        assert not re.search(r"<Equilibrium|Interval|EmptySet|Fraction\(|\(\('", printed), printed
        if QUICK_CHECK.search(source):
            assert "Your turn." in text
        if source.startswith('bg.check("'):
            assert "not attempted yet" in text
