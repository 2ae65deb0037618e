"""Run ``python -m autotui``: the same as the ``autotui`` command."""

import sys

from autotui.cli import main

if __name__ == "__main__":
    sys.exit(main())
