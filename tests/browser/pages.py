"""What the pages of a site hold: their links and where these lead."""

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.places = [], set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places |= {given[key] for key in ("id", "name") if given.get(key)}
        self.links += [given[key] for key in ("href", "src") if given.get(key)]


def read_page(path):
    """Return a page's links and the places in it that links may lead to."""
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def broken_links(folder):
    """Return each link of a folder's pages that leads to no file or place in the folder."""
    pages = {path: read_page(path) for path in folder.rglob("*.html") if "course" not in path.parts}
    broken = []
    for path, page in pages.items():
        here = f"https://site/{path.relative_to(folder).as_posix()}"
        for link in page.links:
            there = urlsplit(urljoin(here, link))
            if there.netloc != "site" or there.scheme == "data":
                continue
            target = folder / unquote(there.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            known = pages[target].places if target in pages else None
            missing = known is not None and there.fragment and unquote(there.fragment) not in known
            if not target.is_file() or missing:
                broken.append((path.relative_to(folder).as_posix(), link))
    return broken, pages
