"""Numbers and units as they are written, without judgement."""

import pytest

from autotui.drivetrain import figures, numerals, sentences


def scan(text: str) -> list[tuple[str, float, str]]:
    normal = sentences.normalised(text)
    return [
        (text[figure.start : figure.end], round(figure.readings[0].value, 2), figure.unit)
        for figure in figures.scan(normal, normal.lower())
    ]


@pytest.mark.parametrize(
    ("number", "english", "values"),
    [
        ("77", True, [77]),
        ("77.4", True, [77.4]),
        ("77,4", False, [77.4]),
        ("77,4", True, [77.4]),
        ("1,085", True, [1085]),
        ("1.085", True, [1.085, 1085]),
        ("1.085", False, [1085]),
        ("1,085", False, [1.085, 1085]),
        ("1.500", True, [1500]),
        ("0,125", True, [0.125]),
        ("1.234,5", False, [1234.5]),
        ("1,234.5", True, [1234.5]),
        ("1,234,567", True, [1234567]),
        ("1.234.567", False, [1234567]),
        ("0.000,000.0", True, [0]),
        ("1'000", False, [1000]),
        ("1 500", False, [1500, 500]),
        ("1 500,5", False, [1500.5, 500.5]),
    ],
)
def test_numbers_are_read_by_the_habit_of_their_language(
    number: str, *, english: bool, values: list[float]
) -> None:
    read = numerals.readings(number, 0, english=english)
    assert [each.value for each in read] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("77.4kWh", [("77.4kWh", 77.4, "kWh")]),
        ("a 77-kWh-Akku", [("77-kWh", 77, "kWh")]),
        ("84 kilowatt-hours", [("84 kilowatt-hours", 84, "kWh")]),
        ("84 Kilowattstunden", [("84 Kilowattstunden", 84, "kWh")]),
        ("84 kilovatios hora", [("84 kilovatios hora", 84, "kWh")]),
        ("300 hp", [("300 hp", 223.71, "kW")]),
        ("300 PS", [("300 PS", 220.65, "kW")]),
        ("300 pound-feet", [("300 pound-feet", 406.74, "Nm")]),
        ("1.5 TWh", [("1.5 TWh", 1500, "GWh")]),
        ("250-300 kW", [("250-300 kW", 300, "kW")]),
        ("between 250 and 300 kW", [("250 and 300 kW", 300, "kW")]),
        ("250 and 300 kW", [("250", 250, "kW"), ("300 kW", 300, "kW")]),
        ("400/800 V", [("400", 400, "V"), ("800 V", 800, "V")]),
        ("the 5 and 84 kWh", [("84 kWh", 84, "kWh")]),
        ("2 - 84 kWh", [("84 kWh", 84, "kWh")]),
        ("10 % to 80 %", [("10 % to 80 %", 80, "%")]),
        ("von 10 auf 80 Prozent", [("10 auf 80 Prozent", 80, "%")]),
        ("1 h 30", [("1 h 30", 90, "min")]),
        ("1h30", [("1h30", 90, "min")]),
        ("2 hours and 15 minutes", [("2 hours and 15 minutes", 135, "min")]),
        ("2 hours and 15 cars", [("2 hours", 120, "min")]),
        ("Polestar 2 300 kW", [("300 kW", 300, "kW")]),
        ("$39,990", [("$39,990", 39990, "USD")]),
        ("US$45k", [("US$45k", 45000, "USD")]),
        ("30,5 Mio. Euro", [("30,5 Mio. Euro", 30500000, "EUR")]),
        ("40 000 euros", [("40 000 euros", 40000, "EUR")]),
        ("2 millions d'euros", [("2 millions d'euros", 2000000, "EUR")]),
        ("115 $/kWh", [("115 $/kWh", 115, "USD/kWh")]),
        ("€90 per kilowatt-hour", [("€90 per kilowatt-hour", 90, "EUR/kWh")]),
        (
            "200,000 yuan or ¥210,000",
            [("200,000 yuan", 2e5, "CNY"), ("¥210,000", 2.1e5, "CNY")],
        ),
        ("¥5,000,000", [("¥5,000,000", 5e6, "JPY")]),
        ("CHF 45'000", [("CHF 45'000", 45000, "CHF")]),
        ("52 million won", [("52 million won", 52e6, "KRW")]),
        ("350 Wh/kg", [("350 Wh/kg", 350, "Wh/kg")]),
        ("18.000 U/min", [("18.000 U/min", 18000, "rpm")]),
    ],
)
def test_figures_are_found_as_written(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert scan(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("100 km/h", "15 kWh/100 km", "15 kWh per 100 miles", "16 kWh aux 100 km"),
        *("2.6 kW/kg", "100 kilometres per hour", "100 Kilometer pro Stunde", "7 nm"),
        *("iDM220 kW", "$300 per month", "90 Euro im Monat", "31,000 Nm per degree"),
        *("kWh", "12", "", "7 CV fiscaux", "5 kWh a day", "1234567890123 kW"),
        *("120 km orari", "400 Wh", "2 MWh", "345 kV", "3 mW"),
    ],
)
def test_rates_and_other_units_are_no_figures(text: str) -> None:
    assert scan(text) == []
