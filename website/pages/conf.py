"""How Sphinx writes the site."""

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

from balancegame import __version__

project = "balancegame"
author = "The balancegame authors"
version = release = __version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc"]

html_theme = "sphinx_book_theme"
html_title = "balancegame"
html_favicon = "_static/favicon.ico"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "use_repository_button": False,
    "show_toc_level": 2,
    # One search field is enough: the one beside the text.
    "navbar_persistent": [],
}
# Light or dark as the reader's device is; without this the theme complains at a first visit.
html_context = {"default_mode": "auto"}
# Nothing of a page comes from another machine: formulas are MathML, which browsers draw themselves.
html_math_renderer = "mathml"
nb_ipywidgets_js = {}
# Explorers are shown as the pictures that they leave on a page without Python.
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]
nb_execution_mode = "force"
nb_execution_excludepatterns = ["exercises/*"]
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_render_markdown_format = "myst"

myst_enable_extensions = ["dollarmath", "attrs_inline"]
myst_heading_anchors = 3
# Sphinx does not see the places in the glossary to which the lessons link; browsers do.
suppress_warnings = ["mystnb.mime_priority", "myst.xref_missing"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False


def setup(app):
    """Let docutils turn formulas into MathML."""

    def write(block):
        def visit(translator, node):
            translator.body.append(tex2mathml(node.astext(), as_block=block))
            raise nodes.SkipNode

        return visit

    app.add_html_math_renderer("mathml", (write(False), None), (write(True), None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
