"""What dates are written with: names of months, and of zones in minutes ahead of UTC.

Small letters, no accents. A month is told by the first letters that no other has.
"""

# ruff: noqa: RUF001 - Greek and Cyrillic letters are meant

from collections.abc import Iterator, Mapping
from typing import Final

_MONTHS: Final = (
    "jan ene gen ian sty led tammi ιαν янв січ ocak janu",
    "feb fev uno lut helmi φεβ фев лют subat",
    "mar mrt maart maerz bre marc maalis μαρ мар бер brez",
    "apr abr avr kwi dub huhti απρ апр кві nisan",
    "may mai mei maj mag mayis kve touko μαι май мая маи тра μαϊ",
    "jun juin giu cze cvn iun kesa cerven ιουν июн чер haziran",
    "jul juil lug lip cvc iul heina cervec ιουλ июл лип temmuz",
    "aug ago aou agu sie srp elo αυγ авг сер agustos",
    "sep set szep wrz zar syys eyl σεπ сен вер zari",
    "oct okt ott out paz rij loka eki οκτ окт жов",
    "nov noi lis marras νοε ноя лис kasim",
    "dec dez dic des gru pro joulu ara δεκ дек гру",
)
WEEKDAYS: Final = frozenset(
    ("mardi", "martes", "martedi", "marti", "maandag", "maanantai", "середа")
)
"""Words that look like a month and are none."""


def _months() -> Iterator[tuple[str, int]]:
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            yield name, number


MONTHS: Final[Mapping[str, int]] = dict(_months())

_HOURS: Final = (
    ("ut utc gmt z wet", 0),
    # North America; "et" and its like leave open which half of the year it is.
    ("ndt", -2.5),
    ("nst", -3.5),
    ("adt brt art", -3),
    ("ast at edt clt", -4),
    ("est et cdt", -5),
    ("cst ct mdt", -6),
    ("mst mt pdt", -7),
    ("pst pt akdt", -8),
    ("akst", -9),
    ("hst", -10),
    # Europe and Africa
    ("west bst cet mez met wat", 1),
    ("cest mesz mest eet sast cat", 2),
    ("eest msk trt eat", 3),
    ("msd gst", 4),
    # Asia and Oceania
    ("pkt", 5),
    ("ist", 5.5),
    ("ict wib", 7),
    ("hkt sgt pht awst", 8),
    ("jst kst", 9),
    ("acst", 9.5),
    ("aest", 10),
    ("acdt", 10.5),
    ("aedt", 11),
    ("nzst", 12),
    ("nzdt", 13),
)


def _zones() -> Iterator[tuple[str, int]]:
    for names, hours in _HOURS:
        for name in names.split():
            yield name, round(hours * 60)
    # One letter, as RFC 822 has them.
    for hours, letter in enumerate("abcdefghiklm", 1):
        yield letter, -hours * 60
    for hours, letter in enumerate("nopqrstuvwxy", 1):
        yield letter, hours * 60


ZONES: Final[Mapping[str, int]] = dict(_zones())
