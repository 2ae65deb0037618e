"""The screen's tests do not depend on the terminal that they are started in."""

import os

for _name in tuple(os.environ):
    if _name == "NO_COLOR" or _name.startswith("TEXTUAL_"):
        del os.environ[_name]
os.environ["COLORTERM"] = "truecolor"
