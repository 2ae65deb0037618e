"""What is made of the code is what lies in the tree."""

from pathlib import Path

import pytest

from docs import files

MADE = files.made()


@pytest.mark.parametrize("path", MADE, ids=lambda path: str(path.relative_to(files.ROOT)))
def test_what_lies_in_the_tree_is_what_is_made_of_the_code(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == MADE[path], "'make docs' makes it anew"
