import pytest

from autotui.ingest.story import states
from autotui.ingest.story.states import Seen, judged

PROSE = "The unit joins motor, inverter and gears in one housing made of aluminium. "


def seen(text: str = "", title: str = "", page: str = "", **more: object) -> Seen:
    return Seen(title, title, text, page or text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Attention Required! | Shield",
        "Access denied",
        "Zugriff verweigert",
        "Accès refusé",
        "Acceso denegado",
        "Accesso negato",
    ],
)
def test_a_gate_is_known_by_its_title(title: str) -> None:
    assert judged(seen("Ray 81.", title)) == states.BLOCKED


@pytest.mark.parametrize(
    "words",
    [
        "You need to enable JavaScript to run this app.",
        "Please verify you are a human before you go on.",
        "Bitte aktivieren Sie JavaScript in Ihrem Browser: JavaScript ist deaktiviert.",
        "Veuillez activer JavaScript pour continuer.",
        "Verifica que eres humano para seguir.",
        "Per continuare devi abilitare JavaScript nel browser.",
    ],
)
def test_a_gate_is_known_by_its_words_shown_or_unseen(words: str) -> None:
    assert judged(seen(words, "Outlet")).completeness == "blocked"
    assert judged(seen("", "Outlet", unseen=words)) == states.BLOCKED


@pytest.mark.parametrize(
    "words",
    [
        "We and our partners use cookies for personalised ads. Give your consent.",
        "Wir und unsere Partner setzen Cookies ein. Mit Werbung weiterlesen: zustimmen.",
        "Avec nos partenaires, nous utilisons des cookies. Accepter ? Consentement requis.",
        "Con nuestros socios usamos cookies. Aceptar y dar el consentimiento.",
    ],
)
def test_a_wall_of_consent_is_no_story(words: str) -> None:
    assert judged(seen("", page=words)) == states.CONSENT


@pytest.mark.parametrize(
    "title",
    [
        "404 - Page not found",
        "Fehler 404",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
        "Pagina niet gevonden",
        "Página não encontrada",
    ],
)
def test_an_error_page_with_a_good_status_is_gone(title: str) -> None:
    assert judged(seen("Try the search, or go home.", title)) == states.GONE


def test_a_page_with_nothing_on_it_is_blocked() -> None:
    assert judged(seen()) == states.EMPTY


@pytest.mark.parametrize(
    "offer",
    [
        "Subscribe to continue reading.",
        "Jetzt weiterlesen mit Plus",
        "Cet article est réservé aux abonnés",
        "Contenido solo para suscriptores",
        "Contenuto riservato agli abbonati",
    ],
)
def test_a_short_text_with_an_offer_below_is_behind_a_paywall(offer: str) -> None:
    assert judged(seen(PROSE * 6, page=PROSE * 6 + offer)) == states.PAYWALL


def test_what_is_not_free_but_all_there_is_full() -> None:
    assert judged(seen(PROSE * 6, free=False)) == states.PAYWALL
    assert judged(seen(PROSE * 60, free=False)) == states.FULL


def test_a_text_that_breaks_off_is_a_teaser() -> None:
    assert judged(seen(PROSE * 6 + "And then it …")) == states.TEASER


def test_no_more_than_the_feeds_teaser_is_a_teaser() -> None:
    teaser = PROSE * 2 + "It is …"
    assert judged(seen(PROSE * 2), teaser) == states.TEASER
    assert judged(seen(PROSE * 20), teaser) == states.FULL


@pytest.mark.parametrize(
    "text",
    [
        PROSE * 3,
        PROSE * 20 + "The site asked whether I was a robot. I was not found, it said.",
        "The carmaker has denied access to its data. " * 10,
        "A bakery sells cookies at the charging station. " * 8,
        "A petrol engine is not found in any of its cars. " * 30,
    ],
)
def test_stories_about_such_things_are_stories(text: str) -> None:
    assert judged(seen(text, "A story of cars")) == states.FULL


def test_every_state_but_full_says_what_to_do_or_what_stays() -> None:
    for state in (
        states.BLOCKED,
        states.CONSENT,
        states.EMPTY,
        states.PAYWALL,
        states.TEASER,
    ):
        assert "o opens" in state.note
    assert "stays" in states.GONE.note
    assert states.FULL.note == ""
