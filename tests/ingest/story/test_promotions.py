import time

import pytest

from autotui.ingest.story import promotions

LINES = """
Advertisement|Sponsored|Story continues below|See all photos|Enlarge Image|View gallery
1 of 14|Share this article|Copy link|Leave a comment|Related stories|You might also like
Read next|Why You Can Trust Outlet|See full bio|All rights reserved|3 min read|Back to top
Anzeige|Artikel teilen|Mehr zum Thema|Lesen Sie auch|Nach oben|Zur Startseite|12 Kommentare
Publicité|À lire aussi|Partager l'article|Sur le même sujet|Les plus lus|S'abonner
Publicidad|Te puede interesar|Noticias relacionadas|Compartir en redes|Lo más leído
Pubblicità|Leggi anche|Potrebbe interessarti|Articoli correlati|Condividi|I più letti
Advertentie|Lees ook|Gerelateerde artikelen|Meest gelezen|Delen|Volg ons op de voet
Publicidade|Leia também|Notícias relacionadas|Compartilhe|Mais lidas|Veja também
"""
PROSE = [
    "Share prices fell on Monday.",
    "Related parts of the motor wear as well.",
    "Read more than the label before you buy a charger.",
    "More from the battery is what everybody wants.",
    "Sign language is built into the car.",
    "Watch the needle: it moves to the left.",
    "Die Anzeige im Auto zeigt die Reichweite.",
    "Le partage de la voiture coûte peu.",
    "El anuncio llegó tarde para los obreros.",
    "Contents of the battery: lithium, iron and patience.",
    "What it costs",
    "Gears",
]


@pytest.mark.parametrize(
    "line", [each for row in LINES.split("\n") for each in row.split("|")]
)
def test_lines_of_the_pages_own_are_known(line: str) -> None:
    if line:
        assert promotions.is_line(line)
        assert promotions.is_line(f"  {line.upper()} »")


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_none_of_it(line: str) -> None:
    assert not promotions.is_line(line)
    assert not promotions.is_tail(line)
    assert not promotions.is_notice(line)
    assert not promotions.is_trust(line)
    assert not promotions.is_offer(line)


@pytest.mark.parametrize(
    "heading",
    [
        "Related articles",
        "More from Outlet",
        "Mehr zum Thema",
        "À lire aussi",
        "Te puede interesar",
        "Leggi anche",
        "Lees ook",
        "Leia também",
    ],
)
def test_the_tail_of_a_page_is_known_by_its_heading(heading: str) -> None:
    assert promotions.is_tail(heading)
    assert not promotions.is_tail(heading + " and then a sentence that goes on and on" * 2)


@pytest.mark.parametrize(
    "notice",
    [
        "This website uses cookies to make it better for you.",
        "If you buy something through our links, we may earn a commission.",
        "Sign up for our newsletter and get it delivered to your inbox.",
        "Mit dem Absenden akzeptieren Sie die Datenschutzerklärung.",
        "Recevez chaque vendredi toute l'actualité.",
        "Consulta nuestra política de privacidad.",
        "Riproduzione riservata",
        "Schrijf je in en ontvang onze nieuwsbrief.",
        "Conheça a nossa política de privacidade.",
    ],
)
def test_notices_are_known_by_what_they_are_about(notice: str) -> None:
    assert promotions.is_notice(notice)


def test_what_was_paid_for_is_told_from_other_lines() -> None:
    assert promotions.is_advertisement("Sponsored content")
    assert not promotions.is_advertisement("Share this article")


@pytest.mark.parametrize(
    "word", ["read more ", "share ", "newsletter ", "a", " ", "see all "]
)
def test_long_lines_cost_nothing(word: str) -> None:
    line = word * 100_000
    began = time.process_time()
    for test in (
        promotions.is_line,
        promotions.opens,
        promotions.is_notice,
        promotions.is_tail,
        promotions.is_trust,
        promotions.is_offer,
    ):
        test(line)
        test(line[:59])
        test(line[:119])
        test(line[:499])
    assert time.process_time() - began < 0.5
