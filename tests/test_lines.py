"""Where the keys of a TOML file stand."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from autotui import lines

FILE = '''# no = 0 [not.this]
first = 1
[ui]
theme = "[no]" # [nor.this]
ascii = true
[network]
hosts = [
  "a = 1",  # b = 2
  { c = 3 },
]
"quoted key" = """
[inside]
d = 4"""
dotted . "with.dot" = \'\'\'e = 5\'\'\'
[credentials."https://a.example"]
user = 'x = "y"'
[[many]]
f = 6'''


def test_each_table_and_key_is_found_on_its_line_and_nothing_else() -> None:
    assert lines.of_keys(FILE) == {
        "first": 2,
        "ui": 3,
        "ui.theme": 4,
        "ui.ascii": 5,
        "network": 6,
        "network.hosts": 7,
        "network.quoted key": 11,
        "network.dotted.with.dot": 14,
        "credentials.https://a.example": 15,
        "credentials.https://a.example.user": 16,
        "many": 17,
        "many.f": 18,
    }


def test_a_key_of_an_inline_table_stands_where_its_table_does() -> None:
    text = '\nui = { ascii = true, theme = "x" }\n'

    found = lines.of_settings(text, tomllib.loads(text))

    assert found == {"ui": 2, "ui.ascii": 2, "ui.theme": 2}


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from("abc"), WORDS, st.booleans()), max_size=8))
def test_whatever_a_text_holds_the_keys_after_it_are_found(
    entries: list[tuple[str, str, bool]],
) -> None:
    # Given tables each of which holds a text, on one line or on several
    text, number = "", 1
    expected: dict[str, int] = {}
    for at, (name, word, long) in enumerate(entries):
        value = "".join(
            f"\\U{ord(each):08x}" if each in '"\\' or each < " " else each for each in word
        )
        quotes = '"""' if long else '"'
        shown = f"{quotes}{value}\n{name} = 9{quotes}" if long else f'"{value}"'
        text += f"[t{at}]\n{name} = {shown}\n"
        expected |= {f"t{at}": number, f"t{at}.{name}": number + 1}
        number += 2 + long
    tomllib.loads(text)

    assert lines.of_keys(text) == expected
