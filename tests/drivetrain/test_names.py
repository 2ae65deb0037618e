"""What a story names is found, and the words that only look like names are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.drivetrain import namelist, names
from autotui.drivetrain.findings import Name
from autotui.drivetrain.namelist import Form, Trap
from autotui.errors import LexiconError

SHIPPED = namelist.shipped()
LOAD_ALLOWANCE = 4
"""How much slower than linear a busy machine may make the longer run."""


def found(text: str, title: str = "") -> list[str]:
    return [name.name for name in names.find(title, text)]


def test_the_story_of_two_makers_and_one_drive_unit_names_just_these() -> None:
    title = "Jaguar Land Rover and BMW share the work on electric drive units"
    text = (
        "The next EDU for both houses comes from one team of engineers. JLR knows "
        "electric cars since the I-PACE, the Bavarians since the i3 of 2013; whoever "
        "builds EDUs alone pays twice, BMW's board says."
    )
    assert [(name.kind, name.name) for name in names.find(title, text)] == [
        ("maker", "Jaguar Land Rover"),
        ("maker", "BMW"),
        ("component", "electric drive unit"),
        ("model", "I-Pace"),
        ("model", "i3"),
    ]


def test_a_name_says_where_it_is_written_first_and_how() -> None:
    title, text = "VW’s next ID‑3", "Volkswagen builds it."  # noqa: RUF001
    assert names.find(title, text) == (
        Name("maker", "Volkswagen", "VW", 0, 2),
        Name("model", "ID.3", "ID‑3", 10, 14),  # noqa: RUF001
    )


TRAPS = """
A smart way to cool a pack
Smart charging saves money
How Smart Motorists Save
Take a seat in the car
Driver Seat Recall Grows
THE SEAT BELT RECALL GROWS AGAIN
A mini excavator
Mini LED screens reach the car
An iPad Mini in every car
Chapter ix of the car act
Chapter IX of the car act
He tried to ram the gate
16 GB of RAM in the car's computer
Cars Ram Into a Barrier
A jaguar sleeps in the zoo
The Jaguar left its habitat for the jungle, far from any car
The lotus opens
Lotus flowers beside the parked cars
The White Lotus and its cars
Saturn has rings
Mercury in fish worries anglers
President Lincoln had no car
A Mars rover climbs a crater
Freddie Mercury sang about his car
ACC keeps the distance to the car ahead, an adaptive cruise control
Sic transit gloria
sic (as it was printed)
The FCA, the financial regulator, looks at car loans
The PSA test of his prostate came back
GM crops are banned
500 MG of vitamin
The hotel's GM apologised
An AVL tree
OLD MAN FOUND IN CAR AFTER STORM
MRI with 3 tesla
A 7 Tesla MRI scanner
Nikola Tesla died in New York
A lucid explanation of the motor
Lucid Dreaming for Car Buyers
The pole star stands north
Usain Bolt drives a car
Bolt drivers strike in Lagos
Tighten the bolt
Turn over a new leaf
Zoe Martin likes cars
At Renault, Zoe Martin leads the motor team
She was born in spring
Clean air
The gravity of the case
A semi-solid pack
A roadster from the sixties
800 Volt make it quick
Spring is here
Prices go up!
Volkswagen stocks went up
Coffee from Kona
Robert De Niro drives
A seal and a dolphin swam past
The Han dynasty and the song of Tang
Harrison Ford flies
They had to ford a river
How to dodge a tariff
A punch to the nose
Dana Scully drives a car
The Magna Carta
A continental breakfast
A Bentley Continental GT
New Year's EVE in the car
He said it ON MONDAY
A Samsung phone for the car
The LG phone lies in the car
An Alpine ski resort for cars
The book of Genesis
Arrival of the spring models
Nikola Jokic scores
A proton beam
The boy Scout waits
Lancia la sfida alle auto tedesche
Los seres humanos y el coche
Una batería densa, o denso
Ich mahle Kaffee im Auto
An Intel Core i3 processor in a BMW
Der Hummer schmeckt
Der Saft ist alle
Il nome e ora il prezzo
Freyr, a Norse god, had a ship
El coche y su motor de gasolina
PPE such as masks
MMA fighters love cars
LOST AT SEA WITH NINE CARS
A solar inverter on the roof of the car dealer
A heat pump for homeowners
A hard disk drive unit and a car
Version 3.5, not model 3.5
"""


@pytest.mark.parametrize("text", TRAPS.split("\n")[1:-1])
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    allowed = {"Volkswagen", "Renault", "Bentley", "BMW", "Sony"}
    assert set(found(text)) <= allowed


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Honda e Toyota firmano un accordo per il motore elettrico", "Honda e"),
        ("Volkswagen has stepped up!", "Up!"),
        ("Lucid builds an air filter; Air quality counts", "Air"),
        ("Nissan sells leaf blowers and Leaf Blower kits", "Leaf"),
        ("Renault. Zoe Martin was there.", "Zoe"),
        ("Chevrolet pays Usain Bolt", "Bolt"),
        ("Hyundai meets in Kona, Kona Coffee included", "Zoe"),
        ("BYD watches a seal. Seal it well", "Seal"),
        ("Tesla Semi-Solid cells", "Semi"),
        ("Ford shows a model 7.3 engine, Mach-E 3.1", "Model 3"),
        ("Jaguar Land Rover", "Jaguar"),
        ("Jaguar Land Rover", "Land Rover"),
        ("Land Rover", "MG Rover"),
        ("Samsung SDI", "Samsung"),
        ("LG Energy Solution cells", "LG"),
        ("Mercedes Sosa sang", "Mercedes-Benz"),
    ],
)
def test_beside_a_real_name_its_trap_still_holds(text: str, missing: str) -> None:
    assert missing not in found(text)


POSITIVE = """
JLR -> Jaguar Land Rover
Jaguar stops making cars with petrol engines -> Jaguar
VWs Werk -> Volkswagen
der Volkswagen-Konzern -> Volkswagen
BMW-Motor -> BMW
BMW's plant -> BMW
two BMWs -> BMW
une usine d’Opel -> Opel
CITROEN -> Citroën
Skoda und Škoda -> Škoda
Mercedes baut um -> Mercedes-Benz
the smart #1 -> Smart
the smart #1 -> Smart #1
der Smart fortwo -> Smart
SEAT builds cars in Martorell -> SEAT
der Seat Ibiza -> SEAT
the Mini Cooper SE -> Mini
BMW says a Mini follows -> Mini
Ram 1500 -> Ram
Jeep and Ram -> Ram
Lucid Air -> Lucid
Lucid's cars -> Lucid
Rivian R1T -> Rivian
Polestar 4 -> Polestar
Fisker Ocean -> Fisker
NIO -> Nio
Seres and Huawei build an electric car -> Seres
a Dodge Charger -> Dodge
Ford and GM share electric motors -> Ford
Ford and GM share electric motors -> General Motors
Tesla's plant -> Tesla
many tesla drivers -> Tesla
MAN zeigt Elektro-Lkw -> MAN
a Lotus Eletre -> Lotus
Alpine A290 -> Alpine
DS Automobiles -> DS
l'auto MG -> MG
GM's Saturn Vue -> Saturn
Lincoln Navigator -> Lincoln
la Lancia Ypsilon -> Lancia
Genesis GV60 -> Genesis
Infiniti -> Infiniti
Acura -> Acura
VW's Scout Motors -> Scout Motors
Rimac -> Rimac
Canoo -> Canoo
Arrival and its microfactory -> Arrival
Nikola Tre -> Nikola
Tata builds cars -> Tata Motors
Proton and Geely -> Proton
GAC Aion -> Aion
SAIC -> SAIC
BAIC -> BAIC
Groupe PSA -> PSA
Fiat Chrysler -> FCA
NEVS -> NEVS
Xpeng -> Xpeng
Automotive Cells Company -> Automotive Cells Company
la gigafactory d'ACC -> Automotive Cells Company
Dana supplies e-axles -> Dana
Punch Powertrain -> Punch Powertrain
Mahle -> Mahle
Magna -> Magna
Continental, the tyre maker -> Continental
Eaton -> Eaton
AVL List -> AVL
EVE Energy -> EVE Energy
BMW buys cells of EVE -> EVE Energy
SK On -> SK On
SES makes lithium metal cells -> SES AI
cells of LG -> LG
LGES -> LG Energy Solution
Samsung SDI -> Samsung SDI
Panasonic's cells -> Panasonic
Northvolt -> Northvolt
Freyr -> Freyr
Gotion High-Tech -> Gotion
LG Magna -> LG Magna
ZF -> ZF
iPace -> I-Pace
I PACE -> I-Pace
I–Pace -> I-Pace
BMW i3 -> i3
BMW iX -> iX
Tesla Model 3 -> Model 3
Model Ys -> Model Y
l'ID.3 -> ID.3
ID 3 -> ID.3
Lucid Air -> Air
Lucid's Gravity -> Gravity
Tesla's new Semi -> Semi
Tesla Roadster -> Roadster
la Renault Zoe -> Zoe
Cupra Born -> Born
Nissan Leafs -> Leaf
Chevrolet Bolt -> Bolt
Chevrolet Volt -> Volt
la Dacia Spring -> Spring
VW up! -> Up!
Hyundai Kona -> Kona
Honda e -> Honda e
Toyota Mirai -> Mirai
Note e-Power -> Note e-Power
Kia Soul -> Soul
Kia Niro -> Niro
BYD Atto 3 -> Atto 3
BYD Seal -> Seal
BYD Dolphin -> Dolphin
BYD Han -> Han
BYD Tang -> Tang
Audi etron -> e-tron
Q6 e-tron -> Q6 e-tron
EV6 -> EV6
Fiat 500e -> 500e
Taycan -> Taycan
MEGANE E-TECH -> Mégane E-Tech
Ioniq 5 N -> Ioniq 5 N
Xiaomi SU7 -> SU7
Tata Punch -> Punch
Range Rover -> Range Rover
Renault 5 -> Renault
Renault 5 -> Renault 5
EDUs for electric cars -> electric drive unit
elektrische Antriebseinheiten -> electric drive unit
unités de propulsion électriques -> electric drive unit
unidad de propulsión eléctrica -> electric drive unit
unità di trazione elettrica -> electric drive unit
e-axles -> e-axle
E-Achse -> e-axle
essieu électrique -> e-axle
eje eléctrico -> e-axle
assale elettrico -> e-axle
Elektromotorenwerk -> electric motor
moteurs electriques -> electric motor
motores eléctricos -> electric motor
motori elettrici -> electric motor
E-Motoren -> electric motor
axial-flux motors -> axial-flux motor
Axialflussmotoren -> axial-flux motor
moteur à flux axial -> axial-flux motor
Radnabenmotor -> in-wheel motor
motores en rueda -> in-wheel motor
SiC -> silicon carbide
Siliziumkarbid-Module -> silicon carbide
carbure de silicium -> silicon carbide
Leistungselektronik -> power electronics
électronique de puissance -> power electronics
the EV's inverters -> inverter
Traktionsinverter -> inverter
chargeur embarqué -> on-board charger
DC-DC converter -> DC/DC converter
Zweigang-Getriebe -> two-speed transmission
boîte à deux rapports -> two-speed transmission
Hochvoltbatterie -> battery pack
batería de tracción -> battery pack
Batteriezellfertigung -> battery cell
celle della batteria -> battery cell
Feststoffbatterien -> solid-state battery
batteries solides -> solid-state battery
baterías de estado sólido -> solid-state battery
LFP -> LFP battery
Batteriemanagement -> battery management system
piles à combustible -> fuel cell
Brennstoffzellen -> fuel cell
Reichweitenverlängerer -> range extender
prolongateur d’autonomie -> range extender
sistema ibrido -> hybrid system
Wärmepumpe im Elektroauto -> heat pump
MEB von Volkswagen -> MEB
E-GMP -> E-GMP
Ultium -> Ultium
Neuen Klasse -> Neue Klasse
Porsche's PPE -> PPE
STLA Large -> STLA
Volkswagen's SSP -> SSP
e-TNGA -> e-TNGA
CMF-EV -> CMF-EV
eCMP -> e-CMP
Zeekr's SEA -> SEA
"""  # noqa: RUF001


@pytest.mark.parametrize("row", POSITIVE.split("\n")[1:-1])
def test_a_name_is_found_however_it_is_written(row: str) -> None:
    text, _, name = row.partition(" -> ")
    assert name in found(text)


def written(form: Form) -> list[tuple[str, str]]:
    """Give stories that meet each of a form's traps, or should."""
    word = " ".join(form.words)
    return [
        ("", word),
        *(place for trap in form.traps for place in _places(trap, word, form)),
    ]


def _places(trap: Trap, word: str, form: Form) -> list[tuple[str, str]]:
    makers = sorted(form.entry.makers)
    return [
        (f"{told}. Mercedes, electric car", f"{after} {word}{_behind(before)} {beside}")
        for told in _some(trap.story, makers)
        for after in _some(trap.after, makers)
        for before in _some(trap.before, makers)
        for beside in _some(trap.beside, makers)
    ]


def _some(words: frozenset[str], makers: list[str]) -> list[str]:
    plain = [word for word in sorted(words) if not word.startswith("@")]
    return (makers if "@maker" in words else []) + plain[:9] or [""]


def _behind(word: str) -> str:
    return word if word and not word[0].isalnum() and len(word) == 1 else f" {word}"


def _spelt(spelt: str, form: Form) -> list[Form]:
    ways = namelist.spellings(spelt.rstrip("*"))
    return [form._replace(words=(way,)) for way in ways]


@pytest.mark.parametrize("kind", ["maker", "supplier", "model", "component"])
def test_every_spelling_in_the_list_finds_its_own_entry(kind: str) -> None:
    lost = [
        (form.entry.name, one.words[0])
        for spelt, form in SHIPPED.forms
        if form.entry.kind == kind
        for one in _spelt(spelt, form)
        if not any(
            (kind, form.entry.name)
            in {(name.kind, name.name) for name in names.find(*story)}
            for story in written(one)
        )
    ]
    assert lost == []


def test_every_spelling_in_the_list_is_known_to_who_types_it() -> None:
    for spelt, form in SHIPPED.forms:
        for way in namelist.spellings(spelt.rstrip("*")):
            given = names.known(way.lower())
            assert given is not None, way
            same = [each for each, other in SHIPPED.forms if other.entry.name == given[1]]
            assert form.entry.name == given[1] or form.traps, (way, given, same)


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("bmw", ("maker", "BMW")),
        ("vw", ("maker", "Volkswagen")),
        ("jlr", ("maker", "Jaguar Land Rover")),
        ("leaf", ("model", "Leaf")),
        ("i pace", ("model", "I-Pace")),
        ("tesla model 3", ("model", "Model 3")),
        ("Lucid Air", ("model", "Air")),
        ("edu", ("component", "electric drive unit")),
        ("catl", ("supplier", "CATL")),
        ("Elektromotor", ("component", "electric motor")),
        ("ford model 3", None),
        ("toaster", None),
        ("", None),
        ("!?", None),
    ],
)
def test_what_a_reader_types_is_resolved(typed: str, given: tuple[str, str] | None) -> None:
    assert names.known(typed) == given


def test_a_story_gives_sixty_names_at_most() -> None:
    every = ". ".join(form.entry.name for _, form in SHIPPED.forms)
    assert len(names.find("", every)) == names.MAX_NAMES


def test_title_and_text_do_not_run_together() -> None:
    assert found("3 is a number", "The new Model") == []


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("makers = [", "Invalid value"),
        ('cars = ["A"]', "'cars'"),
        ("makers = [1]", "makers: must be a list of texts"),
        ('makers = ["Audi | A", "Alpha | A"]', "maker 'Alpha': 'A': is 'Audi' as well"),
        ('[models.Audi]\nalone = ["A1"]', "models: 'Audi': no maker 'Audi'"),
        ('makers = ["Audi"]\n[models.Audi]\nalon = ["A1"]', "did you mean 'alone'"),
        ('[components."e-axle"]\nenglish = ["x"]', "components: 'e-axle'"),
        ('[components."e-axle"]\nen = ["axl*"]', "its stem is under"),
        ('[[trap]]\nforms = ["Audi"]', "trap: 'Audi': no"),
        ('[[trap]]\ncase = "exact"', "trap 1: has no forms"),
        ('[[trap]]\nforms = ["A"]\nnear = ["x"]', "trap: 'A': no 'near'"),
        ('[[trap]]\nforms = ["A"]\ncase = "small"', "trap: 'A': no 'small'"),
        ('[[trap]]\nforms = ["A"]\nstory = ["two words"]', "'two words' is not one word"),
        ('[[trap]]\nforms = ["A"]\nstory = ["Big"]', "'Big' must be in lower case"),
        ('[[trap]]\nforms = ["A"]\nstory = ["@planes"]', "no group @planes"),
    ],
)
def test_an_error_in_the_list_is_told_with_its_entry(toml: str, told: str) -> None:
    with pytest.raises(LexiconError, match=r"^names\.toml: ") as raised:
        namelist.load(toml)
    assert told in str(raised.value)


vocabulary = st.sampled_from(
    [" ".join(namelist.spellings(spelt.rstrip("*"))[:1]) for spelt, _ in SHIPPED.forms]
    + ["'s", "’s", "-", "\n\n", ". ", "İ", "ß", "3", "#1", "!", "the", "ev", "_"]  # noqa: RUF001
)
mixed = st.lists(st.one_of(vocabulary, st.text(max_size=5))).map(" ".join)


@given(
    title=st.one_of(st.text(), mixed),
    text=st.one_of(st.text(), mixed, st.text("İIißΣé #'-")),
)
def test_whatever_is_written_a_name_is_a_part_of_it(title: str, text: str) -> None:
    given_names = names.find(title, text)
    whole = f"{title}\n\n{text}"
    for name in given_names:
        assert name.as_written == whole[name.start : name.end] != ""
        assert whole[max(name.start - 1, 0) : name.start].isalnum() <= (name.start == 0)
        assert not whole[name.end : name.end + 1].isalnum()
    places = [name.start for name in given_names]
    assert places == sorted(places)
    assert len({(name.kind, name.name) for name in given_names}) == len(given_names)


@given(typed=st.one_of(st.text(), mixed))
def test_whatever_is_typed_is_known_or_not(typed: str) -> None:
    assert names.known(typed) is None or len(names.known(typed) or ()) == 2


@pytest.mark.parametrize(
    "piece",
    [
        "Model ",
        "Tesla Semi ",
        "the Zoe ",
        "EDU ",
        "İ",
        "a-",
        "Air Lucid ",
        "MAN ",
        "'",
        "e e ",
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        began = time.process_time()
        names.find("", text)
        return time.process_time() - began

    short = min(seconds(20_000) for _ in range(3))
    assert seconds(160_000) <= 8 * LOAD_ALLOWANCE * max(short, 0.001)
