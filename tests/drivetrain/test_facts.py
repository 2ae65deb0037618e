"""What is found in sentences of five languages, and what must not be found."""

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autotui.drivetrain import facts, glossary
from autotui.drivetrain.findings import Fact
from autotui.drivetrain.sentences import MAX_QUOTE

ENGLISH = {
    "The rear motor delivers 250 kW (340 PS) and 545 Nm of torque.": [
        "power 250 kW",
        "torque 545 Nm",
    ],
    "Its battery stores 77.4 kWh net, which is good for 480 km of WLTP range.": [
        "battery_capacity 77.4 kWh net",
        "range 480 km WLTP",
    ],
    "It charges from 10 to 80 percent in 18 minutes at up to 270 kW.": [
        "charge_time 18 min 10-80 %",
        "charge_power 270 kW up to",
    ],
    "The new cells reach 300 Wh/kg and 780 Wh/l, says the start-up.": [
        "energy_density 300 Wh/kg",
        "energy_density 780 Wh/l",
    ],
    "The plant in Ohio will make 40 GWh a year from 2027.": ["plant_capacity 40 GWh"],
    "An 800-volt architecture cuts the weight of the cables.": ["voltage 800 V"],
    "The saloon is priced from $39,990 in its home market.": ["price 39990 USD from"],
    "Pack costs fell to $115 per kWh last year.": ["price 115 USD/kWh"],
    "The rotor spins at 20,000 rpm and is wrapped in carbon.": ["motor_speed 20000 rpm"],
    "Panasonic will make 4680 cells and keeps its 2170 cylindrical cells.": [
        "cell_format 4680",
        "cell_format 2170",
        "cell_format cylindrical",
    ],
    "The entry version swaps NMC811 for LFP.": ["chemistry NMC811", "chemistry LFP"],
    "Buyers choose between 58 or 77 kWh batteries.": [
        "battery_capacity 58 kWh",
        "battery_capacity 77 kWh",
    ],
    "The truck has 300 miles of EPA range.": ["range 483 km EPA"],
    "Its 402 lb-ft of torque arrive at once.": ["torque 545 Nm"],
    "Peak output is 400 kW, continuous output 210 kW.": [
        "power 400 kW peak",
        "power 210 kW continuous",
    ],
    "The usable capacity is 77 kWh and the gross capacity 82 kWh.": [
        "battery_capacity 77 kWh net",
        "battery_capacity 82 kWh gross",
    ],
    "The on-board charger takes 11 kW AC.": ["charge_power 11 kW AC"],
    "A full charge takes 1 hour 20 minutes.": ["charge_time 80 min"],
    "Solid-state cells and sodium-ion batteries share the pilot line.": [
        "chemistry solid-state",
        "chemistry sodium-ion",
    ],
    "The motors of the range cover 50 to 550 kW.": ["power 550 kW up to"],
    "The battery holds 84 kilowatt-hours in prismatic cells.": [
        "battery_capacity 84 kWh",
        "cell_format prismatic",
    ],
    "A 48-volt belt starter helps the engine.": ["voltage 48 V"],
    "The 670 horsepower drive unit fits in a backpack.": ["power 499.6 kW"],
    "It travels 310 miles (500 km) on a single charge.": ["range 500 km"],
    "The $25,000 electric car is due next year.": ["price 25000 USD"],
}
GERMAN = {
    "Der Heckmotor leistet 210 kW (286 PS) und 545 Nm.": ["power 210 kW", "torque 545 Nm"],
    "Der Akku fasst netto 77,4 kWh, die WLTP-Reichweite liegt bei 1.000 Kilometern.": [
        "battery_capacity 77.4 kWh net",
        "range 1000 km WLTP",
    ],
    "Mit bis zu 150 kW Ladeleistung dauert das Laden von 10 auf 80 Prozent 28 Minuten.": [
        "charge_power 150 kW up to",
        "charge_time 28 min 10-80 %",
    ],
    "Die Zellfabrik soll 60 GWh im Jahr liefern.": ["plant_capacity 60 GWh"],
    "Der Wagen kostet ab 39.990 Euro.": ["price 39990 EUR from"],
    "Die 800-Volt-Architektur stammt aus dem eigenen Haus.": ["voltage 800 V"],
    "Die E-Maschine dreht bis 18.000 U/min.": ["motor_speed 18000 rpm up to"],
    "Die Zellen kommen auf 260 Wh/kg auf Zellebene.": [
        "energy_density 260 Wh/kg cell level"
    ],
    "Lithium-Eisenphosphat ersetzt Nickel in den Rundzellen der Batterie.": [
        "chemistry LFP",
        "cell_format cylindrical",
    ],
    "Natrium-Ionen-Zellen folgen 2026, Feststoffbatterien später.": [
        "chemistry sodium-ion",
        "chemistry solid-state",
    ],
    "340 PS (250 kW) Spitzenleistung sind möglich.": ["power 250 kW peak"],
    "Eine Ladung reicht für 450 km, so der Hersteller zur Reichweite.": ["range 450 km"],
    "Zur Wahl stehen Akkus mit 58 und 79 kWh.": [
        "battery_capacity 58 kWh",
        "battery_capacity 79 kWh",
    ],
    "Die Kosten sinken auf 90 Euro pro kWh.": ["price 90 EUR/kWh"],
    "Das Bordladegerät lädt mit 22 kW Wechselstrom.": ["charge_power 22 kW AC"],
    "An der Wallbox mit 11 kW ist er in 7,5 Stunden voll geladen.": [
        "charge_power 11 kW AC",
        "charge_time 450 min",
    ],
    "Der Preis liegt bei 1,2 Mio. Euro.": ["price 1200000 EUR"],
    "Das 48-Volt-Bordnetz treibt auch den Kompressor.": ["voltage 48 V"],
    "Die Dauerleistung beträgt 120 Kilowatt.": ["power 120 kW continuous"],
    "4680er-Zellen kommen aus Grünheide.": ["cell_format 4680"],
}
FRENCH = {
    "Le moteur développe 160 kW (218 ch) et 300 Nm.": ["power 160 kW", "torque 300 Nm"],
    "La batterie de 52 kWh utiles offre 400 km d'autonomie WLTP.": [
        "battery_capacity 52 kWh net",
        "range 400 km WLTP",
    ],
    "La recharge de 15 à 80 % prend 30 minutes.": ["charge_time 30 min 15-80 %"],
    "Elle accepte jusqu'à 130 kW en courant continu sur une borne.": [
        "charge_power 130 kW DC"
    ],
    "L'usine produira 24 GWh par an.": ["plant_capacity 24 GWh"],
    "La citadine est proposée à partir de 24 900 euros.": ["price 24900 EUR from"],
    "L'architecture 800 volts réduit les pertes.": ["voltage 800 V"],
    "Les cellules prismatiques LFP sont moins chères.": [
        "cell_format prismatic",
        "chemistry LFP",
    ],
    "Le rotor tourne à 16 000 tr/min.": ["motor_speed 16000 rpm"],
    "La densité atteint 400 Wh/kg.": ["energy_density 400 Wh/kg"],
    "Avec une seule charge, elle parcourt 1 000 kilomètres.": ["range 1000 km"],
    "Les batteries à l'état solide arriveront en 2028.": ["chemistry solid-state"],
    "Le coût du pack tombe à 80 € le kWh.": ["price 80 EUR/kWh"],
    "La puissance de recharge est de 11 kW en courant alternatif.": [
        "charge_power 11 kW AC"
    ],
    "Un plein de charge demande 4 h 30.": ["charge_time 270 min"],
    "Le bloc de 87,5 kWh bruts est refroidi par liquide.": [
        "battery_capacity 87.5 kWh gross"
    ],
    "Deux moteurs totalisent 544 ch.": ["power 400.1 kW"],
}
SPANISH = {
    "El motor rinde 150 kW (204 CV) y 310 Nm.": ["power 150 kW", "torque 310 Nm"],
    "La batería de 60,5 kWh ofrece 420 km de autonomía WLTP.": [
        "battery_capacity 60.5 kWh",
        "range 420 km WLTP",
    ],
    "Carga del 10 al 80 % en 25 minutos a 170 kW.": [
        "charge_time 25 min 10-80 %",
        "charge_power 170 kW",
    ],
    "La planta tendrá una capacidad de 40 GWh al año.": ["plant_capacity 40 GWh"],
    "Su precio parte desde 29.900 euros.": ["price 29900 EUR from"],
    "Usa una arquitectura de 1.000 voltios.": ["voltage 1000 V"],
    "La densidad sube a 350 Wh/kg.": ["energy_density 350 Wh/kg"],
    "Las celdas LFP son más baratas que las NCM.": ["chemistry LFP", "chemistry NMC"],
    "Promete más de 1.500 km de autonomía en ciclo CLTC.": ["range 1500 km CLTC"],
    "Las baterías sólidas llegarán en 2027.": ["chemistry solid-state"],
    "El motor gira a 21.000 rpm.": ["motor_speed 21000 rpm"],
    "La capacidad útil es de 75 kWh.": ["battery_capacity 75 kWh net"],
    "El cargador de a bordo es de 22 kW en corriente alterna.": ["charge_power 22 kW AC"],
    "Son 313 CV de potencia máxima.": ["power 230.2 kW peak"],
    "El coche cuesta 35.000 dólares.": ["price 35000 USD"],
    "Las baterías de iones de sodio usan celdas prismáticas.": [
        "chemistry sodium-ion",
        "cell_format prismatic",
    ],
    "Recorre 300 millas con una sola carga.": ["range 483 km"],
}
ITALIAN = {
    "Il motore eroga 115 kW (156 CV) e 260 Nm.": ["power 115 kW", "torque 260 Nm"],
    "La batteria da 64 kWh lordi garantisce 450 km di autonomia WLTP.": [
        "battery_capacity 64 kWh gross",
        "range 450 km WLTP",
    ],
    "Si ricarica dal 20 all'80% in 24 minuti.": ["charge_time 24 min 20-80 %"],
    "La ricarica in corrente continua arriva a 100 kW.": ["charge_power 100 kW DC"],
    "Lo stabilimento produrrà 8 GWh all'anno.": ["plant_capacity 8 GWh"],
    "Il prezzo parte da 23.900 euro.": ["price 23900 EUR from"],
    "La piattaforma a 400 volt resta in gamma.": ["voltage 400 V"],
    "Le celle cilindriche arrivano a 290 Wh/kg.": [
        "cell_format cylindrical",
        "energy_density 290 Wh/kg",
    ],
    "Batterie allo stato solido entro il 2030.": ["chemistry solid-state"],
    "Il motore gira fino a 17.000 giri al minuto.": ["motor_speed 17000 rpm up to"],
    "Gli accumulatori agli ioni di sodio costano 50 euro al kWh.": [
        "chemistry sodium-ion",
        "price 50 EUR/kWh",
    ],
    "Percorre 500 chilometri con una carica.": ["range 500 km"],
    "Due motori per 500 cavalli e 760 Nm.": ["power 367.8 kW", "torque 760 Nm"],
    "La capacità netta è di 51 kWh.": ["battery_capacity 51 kWh net"],
    "Il caricatore di bordo da 7,4 kW è di serie.": ["charge_power 7.4 kW"],
    "L'autonomia dichiarata va da 400 a 520 km.": ["range 520 km up to"],
    "Il pacco LFP da 45 chilowattora pesa poco.": [
        "chemistry LFP",
        "battery_capacity 45 kWh",
    ],
}
FOUND = ENGLISH | GERMAN | FRENCH | SPANISH | ITALIAN
NOTHING = [
    "The home storage battery holds 10 kWh.",
    "The wind park has a store of 120 MWh and 60 MW.",
    "A solar system of 9 kW feeds the house.",
    "The power plant delivers 800 kW to the town.",
    "Consumption is 15.4 kWh/100 km in the test.",
    "The car uses 18 kWh per 100 kilometres.",
    "It manages 4.1 mi/kWh and 0 g/km.",
    "Electricity costs 0.39 €/kWh at the motorway.",
    "The 12 V battery went flat.",
    "A 230 V household socket will do.",
    "The 2.0-litre engine with 1,998 cc does 45 mpg.",
    "Top speed is 180 km/h, or 112 mph, and 0-100 takes 5.4 s.",
    "We drove 230 km from Munich to Ulm.",
    "The next village is 5 km away.",
    "The odometer shows 48,000 miles.",
    "Chargers stand every 60 km along the motorway.",
    "The battery has a warranty of 160,000 km.",
    "The supplier gets an order for 40 GWh of cells.",
    "The 2 billion euro plant opens in 2027.",
    "Revenue rose to $3,500,000 in the quarter.",
    "In the year 2170 nobody will remember.",
    "Part number 4680 fits the brake caliper.",
    "The chip is made in 5 nm technology.",
    "The shop is 20 minutes away.",
    "A subsidy of 4,500 euros is paid to buyers.",
    "The solid-state drive holds 2 TB.",
    "The fine was 25,000 euros.",
    "Leasing costs 399 euros per month.",
    "Der Verbrauch liegt bei 17,2 kWh auf 100 km.",
    "Der Heimspeicher mit 12 kWh passt in den Keller.",
    "Der Windpark leistet 90 MW.",
    "Alle 60 Kilometer steht eine Säule.",
    "Die Strecke ist 340 km lang.",
    "Der Kilometerstand beträgt 90.000 km.",
    "Das Werk kostet zwei Milliarden, der Umsatz stieg um 350.000 Euro.",
    "Der Strompreis liegt bei 45 Cent pro kWh.",
    "Die 12-Volt-Batterie ist schuld.",
    "La consommation est de 16 kWh aux 100 km.",
    "La batterie domestique stocke 10 kWh.",
    "Lyon est à 300 km de Paris.",
    "Le bonus écologique atteint 4 000 euros.",
    "Une borne tous les 60 kilomètres, dit la loi.",
    "El consumo es de 15 kWh a los 100 km.",
    "Una ayuda de 7.000 euros para el comprador.",
    "El parque eólico tiene 50 MW y 20 MWh de almacenamiento.",
    "La velocidad máxima es de 160 km/h.",
    "Il consumo è di 14 kWh ogni 100 km.",
    "L'impianto fotovoltaico da 6 kW copre il tetto.",
    "L'incentivo arriva a 5.000 euro.",
    "Ha percorso 320 km da Torino a Bologna.",
    "Recycling takes 6 GWh a year of old packs.",
    "Electricity demand of data centres grows by 90 GWh a year.",
    "The heat pump draws 7 kW in winter.",
    "Vehicle-to-load gives 3.6 kW for tools.",
    "The bill for repairs was 12,000 dollars.",
    "The iX3 and the 911 were shown with the 500e and the V60.",
    "",
    "No figure at all.",
]


def told(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, str) else f"{fact.value:.9g}"
    return " ".join(filter(None, (fact.kind, value, fact.unit, fact.qualifier)))


def found(text: str, title: str = "") -> list[str]:
    return [told(fact) for fact in facts.find(title, text)]


@pytest.mark.parametrize("sentence", FOUND)
def test_the_figures_of_a_sentence_are_found_in_order(sentence: str) -> None:
    assert found(sentence) == FOUND[sentence]


@pytest.mark.parametrize("sentence", FOUND)
def test_a_headline_is_read_like_a_sentence(sentence: str) -> None:
    assert found("", sentence.rstrip(".")) == FOUND[sentence]


@pytest.mark.parametrize("sentence", NOTHING)
def test_other_figures_are_none_of_the_trade(sentence: str) -> None:
    assert found(sentence) == []


def test_every_language_and_kind_is_tested() -> None:
    languages = (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN)
    assert all(len(language) >= 16 for language in languages)
    assert len(FOUND) >= 80
    assert len(NOTHING) >= 40
    for language in languages:
        kinds = {each.split()[0] for facts in language.values() for each in facts}
        assert len(kinds) >= 12, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has 250 kW (340 hp).", ["power 250 kW"]),
        ("It has 340 PS (250 kW).", ["power 250 kW"]),
        ("Output: 250 kW/340 PS.", ["power 250 kW"]),
        ("It has 340 hp or 345 PS.", ["power 253.5 kW"]),
        ("It has 340 PS. Later: the motor gives 250 kW.", ["power 250 kW"]),
        ("Torque is 402 lb-ft (545 Nm).", ["torque 545 Nm"]),
        ("A range of 311 miles (500 km).", ["range 500 km"]),
        ("An electric range of 30 miles (50 km).", ["range 50 km"]),
        ("Two motors: 250 kW and 340 kW.", ["power 250 kW", "power 340 kW"]),
        ("A 77 kWh pack. The 77 kWh pack is new.", ["battery_capacity 77 kWh"]),
        ("A 77 kWh pack. It is 77 kWh net.", ["battery_capacity 77 kWh net"]),
        ("LFP here, LFP there.", ["chemistry LFP"]),
        ("180 kW (241 hp) or 250 kW (335 hp).", ["power 180 kW", "power 250 kW"]),
        ("Cells of 21700 and 2170 format.", ["cell_format 2170"]),
        ("NCM 811 and NMC811 cathodes.", ["chemistry NMC811"]),
    ],
)
def test_one_thing_in_two_units_or_places_is_one_fact(
    text: str, expected: list[str]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Power is 250 kW, charging is at 170 kW.",
            ["power 250 kW", "charge_power 170 kW"],
        ),
        ("A charger gives 200 km of range in 10 minutes.", ["charge_time 10 min"]),
        ("Von 10 auf 80 Prozent sind es 26 Minuten.", ["charge_time 26 min 10-80 %"]),
        ("Cuesta menos de los 30.000 euros.", ["price 30000 EUR under"]),
        ("It costs less than $30,000.", ["price 30000 USD under"]),
        ("It has a range of more than 500 km.", ["range 500 km over"]),
        ("Die Reichweite ist mehr als 500 km.", ["range 500 km over"]),
        ("The range comes from a 77 kWh pack.", ["battery_capacity 77 kWh"]),
        ("In the WLTP, says the maker, the range is 500 km.", ["range 500 km WLTP"]),
        ("The new cells give a range of 2170 km.", ["range 2170 km"]),
        ("The 2170 invoices of that firm are all paid, and it has made cells.", []),
        ("The Polestar 2 300 kW version is here.", ["power 300 kW"]),
        ("A range of 433 to 453 km, from 400 before.", ["range 453 km up to"]),
        ("After 100,000 miles it keeps 90 % of its range.", []),
        ("In winter the range falls by 100 km.", []),
    ],
)
def test_what_stands_nearest_decides(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_fact_of_the_title_is_not_told_again_from_the_text() -> None:
    (fact,) = facts.find("A 77 kWh pack", "The pack holds 77 kWh.")
    assert (fact.sentence, fact.start, fact.end) == ("A 77 kWh pack", 2, 8)


def test_the_sentence_is_the_one_that_says_so() -> None:
    text = "It is new. It costs approx. 39.990 Euro in der Basis! More soon."
    (fact,) = facts.find("Title", text)
    assert fact.sentence == "It costs approx. 39.990 Euro in der Basis!"


def test_a_long_sentence_is_cut_around_the_figure() -> None:
    text = "word " * 300 + "and a motor with 250 kW in the back " + "word " * 300
    (fact,) = facts.find("", text)
    assert "250 kW" in fact.sentence
    assert 300 < len(fact.sentence) <= MAX_QUOTE


def test_a_bare_power_below_a_headline_on_chargers_is_charging_power() -> None:
    text = "There are 800 of them, most with 150 kW."
    assert found(text, "New charging stations at the motorway") == ["charge_power 150 kW"]
    assert found(text, "New drive units") == ["power 150 kW"]


def test_a_story_gives_at_most_sixty_facts() -> None:
    text = " ".join(f"The motor gives {kilowatts} kW." for kilowatts in range(100, 300))
    assert len(facts.find("", text)) == facts.MAX_FACTS


def test_every_written_form_of_a_name_holds_one_of_its_gates() -> None:
    for row in glossary.table()["named"]:
        for written in (*row.get("symbols", ()), *row.get("words", ())):
            plain = written.lower().replace("-", " ")
            assert any(gate in plain for gate in row["gate"]), written


def test_the_tables_of_the_package_are_whole() -> None:
    assert glossary.table()["unit"]
    with pytest.raises(ValueError, match="cue 'ab\\*'"):
        glossary.Cues({"price": ["ab*"]})


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.floats(0, 10**5).map("{:,.1f}".format),
    st.sampled_from(["1.000", "1 000", "1'000", "77,4", "0.5", "2170", "٣٤", "²", "1e9"]),
)
WORDS = st.sampled_from(
    [
        *" ".join([*FOUND, *NOTHING]).split(),
        *" -/.,;:()'%$€£¥\n\u00a0\u2013\u2019",
        "kWh",
        "kW",
        "İ",
    ]
)
MIXES = st.lists(st.one_of(NUMBERS, WORDS, st.text(max_size=3)), max_size=60).map(" ".join)
TIGHT = st.lists(st.one_of(NUMBERS, WORDS), max_size=40).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(MIXES, TIGHT, st.text()), st.one_of(MIXES, TIGHT, st.text()))
@example("", "")
@example("İ 77 kWh", "İİ 250 kW \ud800")
@example("\n\n", "1 h 99")
def test_any_text_gives_facts_in_order_that_stand_where_they_say(
    title: str, text: str
) -> None:
    story = f"{title}\n\n{text}"
    told = facts.find(title, text)
    assert len(told) <= facts.MAX_FACTS
    assert all(one.start <= two.start for one, two in pairwise(told))
    assert len({(fact.kind, fact.value, fact.unit) for fact in told}) == len(told)
    for fact in told:
        quote = story[fact.start : fact.end]
        assert quote
        assert quote in fact.sentence
        assert len(fact.sentence) <= MAX_QUOTE
        assert fact.sentence in title or fact.sentence in text
        assert isinstance(fact.value, str) or fact.value > 0


HOSTILE = {
    "digits": "1",
    "spaced digits": "1 ",
    "groups": "1 111",
    "points": "1.1,",
    "figures": "250 kW ",
    "ranges": "range 1-500 km, ",
    "chains": "1 - ",
    "lists": "1 or ",
    "spaces": " ",
    "lines": "\n",
    "stops": ". ",
    "dots": ".",
    "letters": "a",
    "charging": "charge 10-80 % in 5 min ",
    "cells": "4680 solid-state battery ",
    "money": "$1 ",
    "units": "kWh",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(2):
            began = time.process_time()
            facts.find("", text)
            best = min(best, time.process_time() - began)
        return best

    facts.find("", piece)
    gc.collect()
    # A quadratic search would take four times as long; chance alone seldom makes three.
    assert seconds(200_000) < 3.3 * seconds(100_000) + 0.05


def test_a_megabyte_of_figures_is_read_in_seconds() -> None:
    began = time.process_time()
    facts.find("", "The motor gives 250 kW and the range is 500 km. " * 20_000)
    assert time.process_time() - began < 5


def test_a_figure_told_again_in_two_units_is_told_once() -> None:
    # Given a sentence that a story repeats, with a power in round kW and hp
    sentence = "The new motor makes 250 kW (340 hp). "
    # Then there is one power, in the unit of the trade
    assert [(each.value, each.unit) for each in facts.find("", sentence * 3)] == [
        (250, "kW")
    ]
