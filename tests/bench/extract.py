"""CPU time to extract a page, as a ratio to trafilatura alone with its metadata.

Run by hand: ``python tests/bench/extract.py [folder] [--turns N]``, the folder holding
pages as HTML files; without one those of ``tests/data/pages`` are read: as they are,
and with the menus, cards and scripts around them that pages of news sites have. The two
take turns, page by page, and the best turn of each counts; what matters is the ratio.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

import trafilatura

from autotui.errors import ParseError
from autotui.ingest.story.extract import extract
from bench.figures import Figure, tell

MENU = "".join(
    f'<li class="menu-item"><a href="/section/{at}">Section {at}</a></li>'
    for at in range(180)
)
CARDS = "".join(
    f'<div class="card"><a href="/story/{at}"><img src="/i/{at}.jpg" alt="x"></a>'
    f'<h3><a href="/story/{at}">A headline number {at} about some car or other</a></h3>'
    f'<p class="sum">A sentence that tells what it is about, number {at}.</p></div>'
    for at in range(60)
)
SCRIPT = 'var a={"k":[1,2,3],"text":"some value"};function f(x){return x<3&&x>1;}\n' * 900
AROUND = (
    f'<section class="river"><h2>Latest</h2>{CARDS}</section>'
    f"<footer><ul>{MENU}</ul></footer><script>{SCRIPT}</script>"
)
PAGES = Path(__file__).parents[1] / "data" / "pages"


def address(file: Path) -> str:
    """Where the page says it is from, for its links."""
    told = file.with_suffix(".json")
    if not told.exists():
        return "https://outlet.example/story"
    return str(json.loads(told.read_text("utf-8"))["url"])


def seconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


def ours(content: bytes, url: str) -> None:
    try:
        extract(content, url, "text/html; charset=utf-8")
    except ParseError:
        return


def theirs(content: bytes, url: str) -> None:
    trafilatura.bare_extraction(content, url=url, with_metadata=True)


def surrounded(content: bytes) -> bytes:
    """Give a page with as much around its story as large sites have: 110 kB."""
    end = content.lower().rfind(b"</body")
    return content if end < 0 else content[:end] + AROUND.encode() + content[end:]


def measure(name: str, pages: list[tuple[bytes, str]], turns: int) -> None:
    """Print what all pages take, and the ratio."""
    rows = []
    for content, url in pages:
        ours(content, url)
        theirs(content, url)
        pairs = [
            (
                seconds(partial(ours, content, url)),
                seconds(partial(theirs, content, url)),
            )
            for _ in range(turns)
        ]
        rows.append([min(each) for each in zip(*pairs, strict=True)])
    mine, alone = (sum(each) / len(rows) * 1e3 for each in zip(*rows, strict=True))
    middle = median(one / other for one, other in rows)
    print(
        f"{name:22} {len(rows)} pages: {mine:.1f} ms a page, trafilatura {alone:.1f} ms: "
        f"{mine / alone:.2f} times, median {middle:.2f}"
    )
    one, other = zip(*([each * 1e3 for each in row] for row in rows), strict=True)
    tell(Figure(f"a page to its story, {name}, CPU", "ms", one, "trafilatura", other, 1.25))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.html"))
    pages = [(file.read_bytes(), address(file)) for file in files]
    large = [(surrounded(content), url) for content, url in pages]
    measure("as they are", pages, options.turns)
    measure("with a site around", large, options.turns)


if __name__ == "__main__":
    main()
