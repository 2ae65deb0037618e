"""Whether a page gave its story, and what to do where it did not.

Judged by what is left as the story: a notice on cookies or a form for comments is on
every page, but where it is all there is, it is what the page is.
"""

import re
from typing import Final, NamedTuple

from autotui.document import count_words
from autotui.ingest.endings import breaks_off
from autotui.model import Completeness

_FEW: Final = 150
"""Words of a page that may be nothing but a gate."""
_HARDLY: Final = 25
"""Words below which the whole page is looked at, not what is left of it."""
_PART: Final = 350
"""Words of a story that a paywall may have cut."""
_SHORT: Final = 100
_LOOKED_AT: Final = 6_000
_HARDLY_LONGER: Final = 1.2
_CONSENT: Final = 3
"""Words about consent that make a short text a wall of it."""

_GATE: Final = re.compile(
    r"checking (?:your browser|if the site connection is secure)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a)|are you (?:a )?(?:robot"
    r"|human)|not a (?:ro)?bot\b|unusual (?:traffic|activity)|access (?:to this (?:page"
    r"|site) )?(?:has been |is )?denied|attention required|ddos protection|(?:enable"
    r"|turn on|activate|requires?|without) (?:javascript|js)\b"
    r"|javascript (?:is )?(?:disabled|required|must be)|enable cookies"
    r"|request (?:has been |was )?blocked|you have been blocked|security (?:check"
    r"|of your connection)|pardon our interruption|(?:complete|solve) the captcha"
    r"|just a moment\b|error 1020|browser is (?:not supported|out of date)"
    r"|sicherheits(?:über)?prüfung|javascript (?:ist )?(?:deaktiviert|aktivieren"
    r"|zu aktivieren|erforderlich)|(?:aktivieren|schalten) sie (?:bitte )?javascript"
    r"|zugriff (?:wurde )?(?:verweigert|gesperrt)|(?:sind sie|dass sie) (?:ein"
    r"|kein) (?:mensch|roboter)|ihr(?:en)? browser (?:wird )?(?:überprüf|geprüf)"
    r"|vérification (?:de (?:votre navigateur|sécurité)|que vous êtes)|activer? javascript"
    r"|accès (?:a été )?(?:refusé|interdit|bloqué)|(?:êtes-vous|vous êtes"
    r"|n['\u2019]êtes pas) un (?:humain|robot)|verifica(?:ndo|r)? (?:que (?:eres|no eres)"
    r"|tu navegador|su navegador)|(?:active|activa|activar"
    r"|habilit[ae]r?) (?:el )?javascript|acceso (?:ha sido )?(?:denegado|bloqueado)"
    r"|eres un robot|verifica (?:di sicurezza|che sei|del browser)|(?:abilita(?:re)?"
    r"|attiva(?:re)?) javascript|accesso (?:è stato )?(?:negato|bloccato)|sei un robot"
    r"|toegang geweigerd|(?:schakel|zet) javascript|ben je een robot"
    r"|acesso (?:foi )?(?:negado|bloqueado)|(?:ative|ativar|habilite) o? ?javascript"
)
_CONSENTS: Final = re.compile(
    r"cookies?\b|consent|our partners|personali[sz]ed ads|einwillig|zustimm"
    r"|unseren? partner|personalisierte|widerruf|pur-abo|consentement|nos partenaires"
    r"|accepter|consentimiento|nuestros socios|aceptar|consenso|nostri partner|accetta"
    r"|toestemming|onze partners|consentimento|nossos parceiros|tracking|datenschutz"
    r"|privacy|werbung"
)
_GONE: Final = re.compile(
    r"(?:\W|^)(?:error |fehler |erreur |errore |fout |erro )?(?:404|410)(?:\W|$)(?!\w)"
    r"|(?:page|article|story|post|content|url) (?:was |is |could |has )?(?:not |been "
    r"|no longer ){0,3}(?:be )?(?:found|removed|deleted|available)\b|(?:page|article"
    r"|story) (?:does not|doesn['\u2019]t) exist|not found|no longer (?:available|exists)"
    r"|can['\u2019]t (?:be found|find (?:that|this|the) page)|(?:seite|artikel|beitrag"
    r"|inhalt)(?: \w+){0,3} nicht (?:\w+ )?(?:gefunden|verfügbar|vorhanden|mehr)"
    r"|page (?:introuvable|non trouvée|inexistante)|n['\u2019]existe (?:plus|pas)"
    r"|(?:article|contenu) introuvable|página no (?:encontrada|existe|disponible)"
    r"|no (?:se ha )?encontra(?:do|mos) la página|pagina non (?:trovata|disponibile"
    r"|esiste)|non (?:è stata |abbiamo )?trovat[ao]|pagina niet gevonden|bestaat niet"
    r"|página não (?:encontrada|existe)"
)
_GONE_TEXT: Final = re.compile(
    r"(?:page|article|story|link)(?: that)?(?: you| you['\u2019](?:re|ve))? (?:are |were "
    r"|have )?(?:looking for|requested|followed|tried)[^.]{0,60}(?:exist|found|moved"
    r"|removed|deleted|unavailable|gone)|(?:page|article) (?:has been|was"
    r"|may have been) (?:moved|removed|deleted)|(?:gesuchte|aufgerufene|angeforderte"
    r"|gewünschte) (?:seite|artikel|inhalt)|page (?:que vous|demandée)"
    r"|página (?:que (?:busca|está|estás|intentas)|solicitada|que procura)"
    r"|pagina (?:che (?:cerch|stai|hai)|richiesta|die (?:u|je) zoekt)"
)
_WALL: Final = re.compile(
    r"(?<!scroll )to (?:continue|keep) reading|(?:subscribe|register|sign in"
    r"|log in) to (?:continue|read|unlock|keep)|(?:article|story|content) is (?:only "
    r"|exclusively )?(?:for|available (?:only )?to|reserved for"
    r"|exclusive to) (?:\w+ )?(?:subscribers|members)|(?:for )?(?:subscribers"
    r"|members)[- ]only|unlock (?:this|the) (?:article|story)|become a (?:subscriber"
    r"|member) to|exclusive (?:to|for) (?:our )?subscribers|keep reading for"
    r"|jetzt weiterlesen|weiterlesen mit|mit (?:einem )?(?:\w+-)?abo (?:weiter)?lesen"
    r"|nur für (?:\w+-)?abonnent|exklusiv für (?:\w+-)?abonnent"
    r"|sie haben bereits ein (?:\w+-)?abo|artikel freischalten"
    r"|um (?:den artikel )?weiterzulesen|réservé aux abonnés|abonnez-vous pour (?:lire"
    r"|continuer|accéder)|il vous reste \d{1,3} ?% |pour lire la suite|article abonnés?"
    r"|(?:solo|exclusivo) para suscriptores|suscríbete para (?:seguir|leer|continuar)"
    r"|para seguir leyendo|hazte suscriptor|riservat[oa] agli abbonati"
    r"|abbonati per (?:leggere|continuare)|per continuare a leggere|contenuto riservato"
    r"|alleen voor abonnees|om verder te lezen|exclusivo para assinantes"
    r"|assine para (?:ler|continuar)|para continuar (?:a ler|lendo)"
)


class State(NamedTuple):
    """How complete a story is, and in words what to do where it is not."""

    completeness: Completeness = "full"
    note: str = ""


class Seen(NamedTuple):
    """What of a page tells its state."""

    title: str
    heading: str
    """Its first headline as shown."""
    text: str
    """What is left as the story."""
    page: str
    """All text of the page, cut to what is looked at."""
    unseen: str = ""
    """What browsers show that run no scripts."""
    free: bool | None = None
    """Whether the publisher says that reading is free."""


FULL: Final = State()
BLOCKED: Final = State(
    "blocked", "the site wants to see a browser first; o opens the page in one"
)
CONSENT: Final = State(
    "blocked", "the site asks for consent to cookies first; o opens the page in a browser"
)
EMPTY: Final = State(
    "blocked", "no story in the page: it may need scripts; o opens it in a browser"
)
GONE: Final = State("gone", "the page is gone; what the feed gave stays")
PAYWALL: Final = State(
    "paywall", "the rest is for subscribers; o opens the page in a browser"
)
TEASER: Final = State(
    "teaser", "the page gives only the beginning; o opens it in a browser"
)


def judged(seen: Seen, feed_text: str = "") -> State:
    """Tell a page's state; ``feed_text`` is what the feed gave of the story."""
    words = count_words(seen.text)
    if words < _FEW and (state := _barred(seen, words)):
        return state
    if words < _PART and _cut(seen):
        return PAYWALL
    if breaks_off(seen.text) or _hardly_longer(words, feed_text):
        return TEASER
    return FULL


def _barred(seen: Seen, words: int) -> State | None:
    """Tell which gate a page is that has hardly any story, if it is one."""
    heads = f"{seen.title}\n{seen.heading}".lower()
    if words < _HARDLY:
        body = f"{seen.text}\n{seen.page}\n{seen.unseen}"[: 2 * _LOOKED_AT].lower()
    else:
        body = seen.text.lower()
    if _GONE.search(heads) or _GONE_TEXT.search(body):
        return GONE
    if _GATE.search(heads) or _GATE.search(body):
        return BLOCKED
    consents = {found[0] for found in _CONSENTS.finditer(body)}
    if len(consents) >= _CONSENT and (words >= _HARDLY or "cookie" in body):
        return CONSENT
    return None if words else EMPTY


def _cut(seen: Seen) -> bool:
    """Whether a paywall stands where the rest of the story would be."""
    return seen.free is False or _WALL.search(seen.page.lower()) is not None


def _hardly_longer(words: int, feed_text: str) -> bool:
    """Whether a page gives no more than the feed's own teaser."""
    known = count_words(feed_text)
    if not known or words > _HARDLY_LONGER * known:
        return False
    return words < _SHORT and (breaks_off(feed_text) or words < _SHORT // 2)
