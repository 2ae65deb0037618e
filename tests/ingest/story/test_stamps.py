# ruff: noqa: RUF001 - typographic dashes are meant

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest.story import stamps

UPDATED = {
    "Article updated on June 5, 2019 at 9:34 AM PDT": "2019-06-05T16:34",
    "Updated 9:34 a.m. ET, Wednesday June 5, 2019": "2019-06-05T13:34",
    "Updated 9:34 a.m. ET, Tuesday January 8, 2019": "2019-01-08T14:34",
    "Updated 9 a.m. CT, March 9, 2019": "2019-03-09T15:00",
    "Updated 9 a.m. CT, March 10, 2019": "2019-03-10T14:00",
    "Updated 9 a.m. PT, November 2, 2019": "2019-11-02T16:00",
    "Updated 9 a.m. PT, November 3, 2019": "2019-11-03T17:00",
    "Last updated: 5 June 2019 16:34 BST": "2019-06-05T15:34",
    "This story was last updated on 5th of June 2019, 16:34 GMT": "2019-06-05T16:34",
    "UPDATED Wed, Jun. 5, 2019, 4:34 pm (UTC+2)": "2019-06-05T14:34",
    "Updated 1634 GMT (0034 HKT) June 5, 2019": "2019-06-05T16:34",
    "Updated: 2019-06-05T16:34:20+02:00": "2019-06-05T14:34:20",
    "Updated 06/05/2019 9:34 pm EDT": "2019-06-06T01:34",
    "updated 5 June 2019": "2019-06-05T00:00",
    "Published June 1, 2019 Updated June 5, 2019 12:15 a.m.": "2019-06-05T00:15",
    "Aktualisiert am 5. Juni 2019, 16:34 Uhr": "2019-06-05T16:34",
    "Zuletzt aktualisiert: Mittwoch, 05.06.2019 | 16:34 Uhr MESZ": "2019-06-05T14:34",
    "Stand: 05.06.2019, 16.34 Uhr": "2019-06-05T16:34",
    "Update vom 5. März 2019, 16 Uhr": "2019-03-05T16:00",
    "Mis à jour le 5 juin 2019 à 16h34": "2019-06-05T16:34",
    "Publié le 1er juin 2019 à 10h00 – Mis à jour le 5 juin 2019 à 16 h 34": (
        "2019-06-05T16:34"
    ),
    "Mise à jour : mercredi 5 juin 2019 16:34": "2019-06-05T16:34",
    "Modifié le 05/06/2019 à 16:34": "2019-06-05T16:34",
    "Actualizado el 5 de junio de 2019 a las 16:34": "2019-06-05T16:34",
    "Última actualización: 05/06/2019 - 16:34 h": "2019-06-05T16:34",
    "Aggiornato il 5 giugno 2019 alle ore 16:34": "2019-06-05T16:34",
    "Ultimo aggiornamento: mercoledì 5 giugno 2019, 16.34": "2019-06-05T16:34",
    "Bijgewerkt op woensdag 5 juni 2019 om 16.34 uur": "2019-06-05T16:34",
    "Laatst gewijzigd: 5-6-2019 16:34 CEST": "2019-06-05T14:34",
    "Atualizado em 5 de junho de 2019 às 16h34": "2019-06-05T16:34",
    "Última atualização: 05/06/2019 16h34": "2019-06-05T16:34",
    "The headline\nUpdated on 5 June 2019\nThe text.": "2019-06-05T00:00",
    "The software was updated on June 5, 2019, and runs again.": None,
    "Updated versions of the motor came on June 5, 2019.": None,
    "Updated 2 hours ago": None,
    "Updated February 30, 2019": None,
    "Published June 5, 2019": None,
    "outdated 5 June 2019": None,
    "": None,
}
PUBLISHED = {
    "Published June 5, 2019 at 9:34 AM PDT": "2019-06-05T16:34",
    "First published on 5 June 2019 16:34 BST": "2019-06-05T15:34",
    "Posted on 5 June 2019, 4 pm": "2019-06-05T16:00",
    "Publication date: 2019-06-05": "2019-06-05T00:00",
    "Veröffentlicht am 5. Juni 2019 um 16:34 Uhr": "2019-06-05T16:34",
    "Publié le 5 juin 2019 à 16h34, mis à jour le 6 juin 2019": "2019-06-05T16:34",
    "Publicado el 5 de junio de 2019 a las 16:34": "2019-06-05T16:34",
    "Publicado em 05/06/2019 às 16h34": "2019-06-05T16:34",
    "Pubblicato il 5 giugno 2019 alle 16:34": "2019-06-05T16:34",
    "Gepubliceerd op 5 juni 2019 om 16:34": "2019-06-05T16:34",
    "Updated June 5, 2019": None,
    "A study published June 5, 2019": None,
}


def _told(when: str | None) -> datetime | None:
    return datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None


@pytest.mark.parametrize("text", UPDATED)
def test_a_visible_change_is_read_to_the_minute(text: str) -> None:
    assert stamps.visible_updated(text) == _told(UPDATED[text])


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_visible_publication_is_read_to_the_minute(text: str) -> None:
    assert stamps.visible_published(text) == _told(PUBLISHED[text])


PIECES = [
    *" :,./(\n-",
    "Updated",
    "published",
    "le",
    "5",
    "06",
    "2019",
    "June",
    "9:34",
    "pm",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_a_time_in_utc_or_none(text: str) -> None:
    for when in (stamps.visible_updated(text), stamps.visible_published(text)):
        assert when is None or when.utcoffset() == UTC.utcoffset(None)


@pytest.mark.parametrize(
    "text",
    [
        "Updated " * 10**5,
        "Updated on 5 " * 10**5,
        "Updated 9:34 " + "mon " * 10**5,
        "last " * 10**5 + "updated",
        "İ" * 10**5 + "Updated June 5, 2019",
        "\n" * 10**6,
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    stamps.visible_updated(text)
    assert time.process_time() - start < 1
