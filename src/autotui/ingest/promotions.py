"""Lines that pages put between and around stories, in seven languages.

Three kinds. ``is_line``: nothing else is ever said in these words. ``opens``: so begin
lines of the page's own, but sentences as well; a caller must see by its place or its
links that it is none. ``is_notice``: notices in whole sentences. All are tried on short
texts only, and every repeat is bounded.
"""

import re
from typing import Final

MAX_LINE: Final = 120
MAX_OPENING: Final = 260
MAX_NOTICE: Final = 500
MAX_TAIL: Final = 60

_EDGES: Final = " \t\n.:!?…»«›‹→←↓↑>|•·*-–—()[]\"'“”„#+"

_LINES: Final = r"""
advertisement|advertisements|advert|ads?|ad feedback|sponsored(?: content| post| links?)?
promoted(?: content)?|paid (?:post|content|partnership)|partner content|from our partners?
(?:skip|close) (?:this )?(?:ad|advertisement)|advertisement[\W_]{1,5}(?:continue|scroll).{0,60}
(?:story|article|page) continues(?: below)?(?:[\W_]{0,5}advertisement)?
(?:article|story) continues (?:below|after).{0,30}|scroll (?:down )?to continue.{0,20}
continue reading(?: below)?|(?:see|view|show)(?: all| more)?(?: \d{1,4})? (?:photos?|pictures|images|gallery|comments|slides)
(?:enlarge|expand|zoom)(?: (?:this )?(?:image|photo|picture))?|(?:click|tap|swipe) (?:image |here )?(?:to|for) .{0,30}
open (?:image )?gallery|(?:photo|image|picture) ?gallery|gallery|launch gallery|view full (?:size|screen)
\d{1,4} (?:photos?|images?|pictures?|comments?|shares?|likes?|views?)|(?:image|photo|slide|picture)? ?\d{1,3} ?(?:of|/) ?\d{1,4}
(?:image|photo)s? (?:credits?|gallery)|previous|next|prev(?:ious)? (?:image|slide|story)|next (?:image|slide|story)
share(?: (?:this|the))?(?: (?:article|story|post|page|on|via|with|link).{0,40})?|shares?|tweet(?: this)?|pin it|copy link|link copied.{0,20}
print(?: (?:this|the))?(?: (?:article|story|page))?|email(?: (?:this|the))?(?: (?:article|story))?|save(?: (?:article|story|for later))?
(?:presented|sponsored|powered|supported|brought) (?:to you )?by .{1,40}|(?:präsentiert|unterstützt) von .{1,40}|(?:presentado|patrocinado) por .{1,40}|(?:présenté|proposé) par .{1,40}|offerto da .{1,40}|(?:aangeboden|gesponsord) door .{1,40}
facebook|twitter|x|linkedin|whatsapp|reddit|instagram|pinterest|telegram|youtube|e-?mail|messenger|flipboard
(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties|comentários?)(?: \d{1,5}| \(\d{1,5}\))?
leave a (?:reply|comment)|post a comment|add (?:a )?comment|(?:join|start) the (?:conversation|discussion)|be the first to comment
related(?: (?:articles?|stories|story|posts?|content|topics?|coverage|links?|reading|news|videos?))?|in related news
recommended(?: (?:for you|stories|reading|videos?|articles?|by .{1,30}))?|you (?:may|might) also (?:like|be interested in|enjoy).{0,20}
more (?:stories|news|articles|videos|like this|on this(?: topic| story)?|to (?:read|explore))
most (?:read|popular|viewed|shared)(?: stories| articles)?|trending(?: now| stories| topics| videos?)?|editors['’]? picks?|top stories
(?:read|up|watch|see) next|also read|see also|read also|further reading|don['’]t miss(?: this| it)?|must[- ]reads?|keep reading
(?:latest|breaking) (?:news|stories|articles|posts|videos)|popular (?:posts|stories|articles|now)|around the web|from the web
table of contents|in this (?:article|story)|contents|jump to(?: section)?|on this page|topics?|tags?|filed under|categories|category
about the authors?|about (?:me|us)|written by|(?:see|view|read|show)? ?(?:full|author) (?:bio|profile)|our experts|meet (?:the|our) (?:author|team|experts?)
why (?:you can|to|you should)? ?trust(?: .{1,40})?|how we test|expertise|credentials|our (?:process|promise)
newsletters?|subscribe(?: now| today| here)?|sign up(?: now| today| here)?|log ?in|sign in|register(?: now)?|join (?:now|us)|free newsletter
all rights reserved|(?:back|return|go) to (?:the )?(?:top|gallery|home(?:page)?)|(?:show|load|read|see|view|learn) (?:more|less|all)
(?:play|watch)(?: (?:video|now|the video|trailer))?|now playing|listen(?: to (?:this )?(?:article|story).{0,30})?|(?:video|audio) player.{0,30}
\d{1,3}[- ]?min(?:ute)?s?\.?(?: read)?|(?:reading|read) time.{0,20}|est(?:imated)? read.{0,20}|published|updated|last (?:updated|modified)
follow(?: us)?(?: on .{1,40})?|(?:get|download) (?:the|our) app|accept(?: all)?(?: cookies)?|manage (?:cookies|preferences)|cookie (?:settings|policy|preferences)
(?:photo|image|video)s? (?:by|courtesy(?: of)?|via) .{1,50}|source .{0,20}https?.{1,100}|photo(?:s|graphy)?|getty images|handout
image source|image caption|media caption|this video can(?:not|['’]t) be played|loading(?: .{0,20})?|open in (?:new|app).{0,20}|.{0,20}opens in (?:a )?new (?:window|tab)
anzeige|werbung|sponsored by .{1,40}|(?:artikel|beitrag) (?:teilen|drucken|merken|versenden|anhören|kommentieren|speichern)|teilen|drucken|merken
kommentar(?:e)? (?:schreiben|lesen|anzeigen)|(?:zur|zum) (?:startseite|bildergalerie|galerie|übersicht|fotostrecke|thema)|bildergalerie|fotostrecke|galerie
(?:alle|mehr) (?:bilder|fotos)(?: anzeigen| ansehen)?|\d{1,4} (?:bilder|fotos|kommentare)|(?:bild|foto) \d{1,3} (?:von|/) \d{1,4}|bild vergrößern|vergrößern
mehr zum thema|zum thema|lesen sie (?:auch|mehr|hierzu)|auch interessant|auch lesenswert|das könnte (?:sie|dich) auch interessieren|weiterlesen|weitere (?:artikel|meldungen|themen|nachrichten|beiträge|infos)
(?:am )?meistgelesen|meist gelesen|neueste (?:artikel|nachrichten|beiträge)|verwandte (?:artikel|themen|beiträge)|ähnliche (?:artikel|beiträge)|passend zum thema|relevante themen|empfohlen(?:er redaktioneller inhalt|e artikel)?
inhalt(?:sverzeichnis)?|schlagwörter|stichworte|themen|über den autor|über die autorin|zum autor|newsletter (?:anmelden|abonnieren|bestellen)|jetzt (?:anmelden|abonnieren|lesen|testen|registrieren)|anmelden|abonnieren
folgen sie uns.{0,40}|nach oben|mehr (?:anzeigen|laden|erfahren|lesen)|artikel weiterlesen.{0,20}|zurück|weiter|lesezeit.{0,20}|lesedauer.{0,20}|video (?:abspielen|ansehen)|artikel anhören.{0,20}|alle rechte vorbehalten|autor(?:in)?|von der redaktion
publicité|annonce|contenu sponsorisé|partager(?: (?:l['’]article|sur .{1,30}))?|imprimer|à lire (?:aussi|également|ensuite)|lire (?:aussi|également|plus|la suite)|voir (?:aussi|plus|toutes les photos|la galerie|les commentaires)
sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)|articles? (?:liés?|similaires?|associés?|recommandés?)|les plus lus|les plus populaires|vous aimerez aussi|ça pourrait vous intéresser|à ne pas manquer
sommaire|mots[- ]clés|à propos de l['’]auteur|(?:inscription|s['’]inscrire|abonnez-vous)(?: à (?:la|notre) newsletter)?|s['’]abonner|se connecter|suivez-nous.{0,40}|agrandir(?: l['’]image)?|\d{1,4} (?:commentaires|photos)|temps de lecture.{0,20}|tous droits réservés|haut de page|galerie photos?|diaporama
publicidad|anuncio|contenido patrocinado|compartir(?: (?:en .{1,30}|artículo|noticia))?|imprimir|te puede interesar|también te puede interesar|(?:leer|lee|lea|ver|vea) (?:también|más)|noticias relacionadas|artículos relacionados|relacionad[oa]s?|más (?:noticias|información|leídas?|leídos?|sobre .{1,40})
lo más (?:leído|visto)|no te pierdas|temas(?: relacionados)?|etiquetas|sobre el autor|suscríbete(?: .{0,50})?|suscribirse|iniciar sesión|síguenos(?: .{0,40})?|(?:ver )?galería(?: de (?:fotos|imágenes))?|ver (?:todas las )?fotos|ampliar (?:imagen|foto)|\d{1,4} (?:comentarios|fotos)|tiempo de lectura.{0,20}|todos los derechos reservados|volver arriba|seguir leyendo
pubblicità|contenuto sponsorizzato|condividi(?: (?:su .{1,30}|l['’]articolo))?|stampa|leggi anche|leggi (?:tutto|di più)|potrebbe interessarti(?: anche)?|potrebbero interessarti|ti potrebbe interessare|articoli correlati|notizie correlate|correlati|i più letti|le più lette|più letti|da non perdere
indice|argomenti|l['’]autore|iscriviti(?: .{0,50})?|abbonati(?: .{0,30})?|accedi|seguici(?: .{0,40})?|galleria(?: fotografica)?|fotogallery|guarda (?:tutte le )?(?:foto|la gallery)|ingrandisci(?: .{0,20})?|\d{1,4} (?:commenti|foto)|tempo di lettura.{0,20}|tutti i diritti riservati|torna su|continua a leggere
advertentie|gesponsord(?:e inhoud)?|deel(?: (?:dit|artikel|op).{0,30})?|delen|afdrukken|lees (?:ook|meer|verder)|bekijk ook|gerelateerd(?:e artikelen|e berichten)?|meer (?:nieuws|over .{1,40}|artikelen)|meest gelezen|ook interessant|mis het niet|onderwerpen|inhoudsopgave|over de auteur|meld je aan.{0,50}|schrijf je in.{0,50}|abonneer(?: .{0,30})?|inloggen|volg ons.{0,40}|(?:bekijk )?(?:alle )?foto['’]?s|fotogalerij|vergroot(?: .{0,20})?|\d{1,4} (?:reacties|foto['’]?s)|leestijd.{0,20}|alle rechten voorbehouden|terug naar boven
publicidade|conteúdo patrocinado|compartilh(?:e|ar)(?: .{0,30})?|partilh(?:e|ar)(?: .{0,30})?|leia (?:também|mais)|veja (?:também|mais|todas as fotos)|saiba mais|notícias relacionadas|artigos relacionados|mais (?:lidas|lidos|notícias)|você (?:também )?pode gostar|pode (?:também )?interessar.{0,20}|não perca|tópicos|sobre o autor|inscreva-se(?: .{0,50})?|assine(?: .{0,40})?|subscreva(?: .{0,40})?|entrar|siga-nos(?: .{0,40})?|galeria(?: de fotos| de imagens)?|ampliar (?:imagem|foto)|\d{1,4} (?:comentários|fotos)|tempo de leitura.{0,20}|todos os direitos reservados|voltar ao topo|continue lendo|continuar a ler
広告|関連記事|続きを読む|この記事をシェア|シェア(?:する)?|人気記事|おすすめ記事|写真一覧|画像一覧|相关阅读|相关新闻|相关文章|分享(?:到.{0,10})?|责任编辑.{0,20}|广告|点击查看.{0,20}|推荐阅读|热门文章
"""  # noqa: E501, RUF001 - one alternative follows the other

_OPENINGS: Final = r"""
read (?:more|next|also|the full|our|about)|see (?:more|also|all|our)|related|recommended|also (?:on|read|see|in)|more (?:from|on|about|in)|watch|listen|video|gallery|photos|in pictures
don['’]?t miss|must[- ]read|you (?:may|might) (?:also )?(?:like|be interested)|click here|subscribe|sign up|get (?:the|our|all)|join (?:our|the|us)|newsletter|follow (?:us|me|him|her|them|our)|like (?:this|us|what)
have (?:a tip|you got)|got a (?:tip|story)|share (?:this|your|on|via)|tags|topics|filed under|categories|about the author|written by|reviewed by|edited by|posted (?:by|on|in)|published (?:on|at|by|in)|(?:last )?updated|source|via|image|photo|credit|copyright|©
compare (?:new|used|all)|shop|buy|download (?:the|our)|try|advertisement|sponsored|editor['’]s (?:note|picks?)|this (?:article|story) (?:was|is|has been|originally|first)|originally published
lesen sie|lies auch|mehr (?:zu|aus|über|von|zum)|auch interessant|siehe auch|das könnte|zum thema|video|fotos|quelle|foto|bild|weitere|hier (?:geht|finden|klicken)|jetzt|folgen sie|abonnieren|anzeige|newsletter|teilen
(?:à )?lire|voir aussi|en savoir plus|plus (?:sur|de)|retrouvez|suivez|abonnez|inscrivez|découvrez|crédits?|photo|source|à découvrir|notre (?:essai|dossier)
(?:leer|lea|lee|ver|vea) (?:también|más)|sigue (?:toda|nos)|más (?:sobre|en|de|información)|te puede|síguenos|suscríbete|fuente|fotos?|no te pierdas|descubre|recibe|apúntate
leggi|guarda (?:anche|il video|la)|vedi anche|scopri|iscriviti|seguici|fonte|foto|non perdere|ti potrebbe|approfondisci
lees (?:ook|meer|verder)|bekijk|zie ook|meer (?:over|van|weten)|bron|foto|volg|meld je|schrijf je|abonneer
leia|veja|saiba mais|confira|assista|siga|inscreva|assine|subscreva|fonte|foto|não perca|descubra
関連|出典|続きは|写真|相关|来源|推荐
"""  # noqa: RUF001 - typographic apostrophes are meant

_NOTICES: Final = r"""
all rights reserved|may not be (?:published|reproduced|rewritten|redistributed)|(?:we|this (?:web)?site) uses? cookies|by (?:signing up|subscribing|continuing to|submitting|clicking)|terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice|statement)
if you (?:buy|click|make a purchase) .{0,60}(?:link|commission|through)|may (?:get|earn|receive|collect|be compensated) (?:a |an )?(?:small )?(?:share|commission|affiliate)|affiliate (?:commission|links?|partner)|ethics (?:statement|policy)|editorial(?:ly)? (?:independent|independence|policy|standards)
sign up (?:for|to) (?:our|the|get|receive)|(?:delivered|sent|straight|right|directly) (?:to|in|into) your inbox|subscribe to .{0,60}(?:newsletter|channel|podcast)|unsubscribe|follow (?:her|him|them|us|me) on|(?:may|can) be reached at|contributed to this (?:report|story|article)|like this (?:story|article)\?
(?:spotted|found|seen) (?:a mistake|an error)|cancel any ?time|leave at any time|in your mailbox|(?:rund|haben sie) .{0,20}fehler (?:gefunden|entdeckt)|signaler une erreur|tip de redactie|segnala un errore|has visto un error|encontrou (?:algum|um) erro|jederzeit (?:kündbar|abbestellbar|abmelden)
this copy is for your personal|order presentation-ready|download (?:the|our) .{0,30}app\b|enter your email|your email address will not|invalid email|please (?:enable|turn on) javascript|you need to enable javascript|add us as a preferred|preferred source on
wir verwenden cookies|(?:unseren|zum|den|kostenlosen) newsletter|alle rechte vorbehalten|datenschutz(?:erklärung|bestimmungen|hinweise)|nutzungsbedingungen|mit (?:einem )?(?:sternchen|\*) .{0,40}(?:links?|gekennzeichnet)|affiliate-links?|(?:erhalten|bekommen) wir .{0,40}(?:provision|kommission)|abonnieren sie|melden sie sich .{0,30}an\b.{0,60}newsletter|an dieser stelle finden sie .{0,60}inhalt|externe[rn]? inhalte?.{0,60}(?:angezeigt|zustimm)|personenbezogene daten
nous utilisons des cookies|notre newsletter|politique de confidentialité|tous droits réservés|conditions (?:générales|d['’]utilisation)|recevez .{0,60}(?:newsletter|actualité|boîte mail)|abonnez-vous|inscrivez-vous|liens? affiliés?|ce contenu est bloqué
utilizamos cookies|usamos cookies|nuestra newsletter|nuestro boletín|política de privacidad|todos los derechos reservados|condiciones de uso|suscríbete a|síguenos en|enlaces? de afiliad|recibe .{0,60}(?:correo|newsletter|boletín)
utilizziamo (?:i )?cookie|nostra newsletter|informativa sulla privacy|tutti i diritti riservati|iscriviti alla|seguici su|link di affiliazione|riproduzione riservata
wij gebruiken cookies|we gebruiken cookies|onze nieuwsbrief|privacy(?:beleid|verklaring)|alle rechten voorbehouden|algemene voorwaarden|volg ons op
utilizamos cookies|nossa newsletter|nossa política|política de privacidade|todos os direitos reservados|termos de uso|inscreva-se (?:na|no|em)|siga-nos no|assine (?:a |nossa )newsletter
無断転載|無断複写|版权所有|未经授权|转载请
"""  # noqa: RUF001 - typographic apostrophes are meant

_TAILS: Final = r"""
our experts|why (?:you can|to) trust.{0,40}|about the authors?|related(?: .{1,30})?|more from .{1,50}|more (?:stories|news|articles|in|on) ?.{0,40}|more \w{2,20}(?: \w{2,20})? (?:news|stories)|most (?:popular|read|viewed).{0,30}|you (?:may|might) also.{0,40}|recommended.{0,40}|must[- ]reads?.{0,30}|trending.{0,30}|(?:read|up|watch) next.{0,30}|latest (?:news|stories|articles|posts|videos|from).{0,40}|popular (?:posts|stories|articles|now).{0,20}|from (?:our|around) .{1,30}|sponsored .{1,20}|around the web|comments?(?: \(?\d{1,5}\)?)?|\d{1,5} comments?|leave a (?:reply|comment)|join the (?:conversation|discussion)|share this.{0,30}|tags|topics|newsletters?.{0,40}|sign up .{1,50}|subscribe.{0,50}|don['’]t miss.{0,40}|contact(?: us)?|follow us.{0,40}|site information|quick links|similar (?:articles|stories|posts)|other (?:stories|news|articles).{0,20}|next (?:article|story)|media contacts?|press contacts?|forward[- ]looking statements.{0,20}|notes to editors?|you['’]?ll also like
mehr zum thema.{0,40}|weitere (?:artikel|meldungen|themen|nachrichten|beiträge|links).{0,40}|(?:am )?meistgelesen.{0,30}|das könnte .{1,40}|verwandte .{1,30}|ähnliche .{1,30}|relevante themen|stellenmarkt|neueste .{1,30}|auch interessant.{0,30}|mehr (?:aus|von|zu|über) .{1,40}|kommentare?.{0,20}|lesen sie (?:auch|mehr).{0,30}|über den autor|über die autorin|schlagwörter|themen|newsletter|pressekontakt|passend zum thema|empfehlungen.{0,30}|unsere empfehlungen|beliebte .{1,30}
(?:à )?lire (?:aussi|également).{0,40}|sur le même (?:sujet|thème)|articles? (?:liés?|similaires?|associés?|recommandés?).{0,20}|les plus (?:lus|populaires).{0,30}|vous aimerez aussi.{0,20}|commentaires?.{0,20}|à propos de l['’]auteur|mots[- ]clés|dans la même .{1,30}|plus d['’](?:articles|actualités|infos).{0,30}|nos derniers? .{1,30}
más noticias.{0,30}|noticias relacionadas|artículos relacionados|te puede interesar.{0,30}|también te .{1,40}|lo más (?:leído|visto).{0,30}|comentarios.{0,20}|temas(?: relacionados)?|etiquetas|sobre el autor|más sobre .{1,40}|relacionad[oa]s?
leggi anche.{0,40}|articoli correlati|notizie correlate|potrebbe interessarti.{0,30}|ti potrebbe .{1,40}|i più letti|le più lette|commenti.{0,20}|l['’]autore|argomenti|altri? (?:articoli|notizie).{0,30}|altre notizie.{0,30}
lees ook.{0,40}|gerelateerd.{0,40}|meer (?:over|nieuws|van|uit) ?.{0,40}|meest gelezen|reacties.{0,20}|over de auteur|onderwerpen|ook interessant
leia (?:também|mais).{0,40}|notícias relacionadas|artigos relacionados|mais (?:lidas|lidos|notícias).{0,20}|veja também.{0,30}|você pode gostar.{0,20}|comentários.{0,20}|sobre o autor|mais sobre .{1,40}|tópicos
関連記事|人気記事|おすすめ.{0,10}|相关阅读|相关新闻|推荐阅读
"""  # noqa: E501, RUF001 - one alternative follows the other


def _either(lines: str) -> str:
    return "|".join(line for line in lines.strip().split("\n") if line)


_LINE: Final = re.compile(_either(_LINES))
_OPENING: Final = re.compile(rf"(?:{_either(_OPENINGS)})(?!\w)")
_NOTICE: Final = re.compile(_either(_NOTICES))
_TAIL: Final = re.compile(_either(_TAILS))
_TRUST: Final = re.compile(
    r"why (?:you (?:can|should)|to) trust.{0,40}|our experts?|how we (?:test|review|rate).{0,30}"
    r"|warum (?:sie|du) uns .{1,30}|so testen wir.{0,20}|unsere expert(?:en|innen).{0,20}"
    r"|pourquoi (?:nous|vous) .{0,10}(?:faire )?confiance.{0,20}|nos experts?"
    r"|por qué confiar en .{1,30}|nuestros expertos|perché fidarsi.{0,30}|i nostri esperti"
    r"|waarom .{1,30}vertrouwen.{0,20}|onze experts?|por que confiar.{0,30}|nossos especialistas"
)
_OFFER: Final = re.compile(
    r"(?:sign up|subscribe|register) (?:for|to) .{1,60}|(?:get|join) (?:the|our) .{0,30}newsletter"
    r".{0,30}|.{0,40}newsletter.{0,40}|support (?:our|independent|us).{0,30}|never miss .{1,30}"
    r"|jetzt (?:abonnieren|anmelden|bestellen).{0,30}|unterstützen sie .{1,40}"
    r"|(?:abonnez|inscrivez)-vous.{0,50}|soutenez .{1,40}|suscríbete.{0,50}|apóyanos.{0,30}"
    r"|iscriviti .{1,50}|abbonati.{0,40}|sostieni.{0,40}|(?:meld je|schrijf je) .{1,40}"
    r"|abonneer.{0,40}|(?:nieuwsbrief|boletín).{0,40}|(?:inscreva-se|assine).{0,40}"
)
_NOTICE_WORDS: Final = (
    *("rights", "cookie", "newsletter", "inbox", "privacy", "terms", "affiliat", "commission"),
    *("javascript", "ethics", "editorial", "sign up", "subscri", "follow", "reached at"),
    *("contributed", "like this", "personal", "order pres", "the app", "our app", " app"),
    *("your email", "preferred", "published", "reproduced", "rewritten", "redistributed"),
    *("mistake", "error", "any time", "anytime", "mailbox", "fehler", "erreur", "redactie"),
    *("errore", "erro", "jederzeit"),
    *("signing up", "continuing to", "submitting", "clicking", "compensated", "rechte"),
    *("datenschutz", "nutzungsb", "provision", "kommission", "abonnieren", "inhalt"),
    *("personenbez", "melden sie", "sternchen", "gekennz", "confident", "droits", "contenu"),
    *("conditions", "recevez", "abonnez", "inscrivez", "affili", "boletín", "privacidad"),
    *("derechos", "condiciones", "suscríb", "síguenos", "afiliad", "recibe", "diritti"),
    *("iscriviti", "seguici", "affiliazione", "riproduzione", "nieuwsbrief", "rechten"),
    *("voorwaarden", "volg ons", "política", "direitos", "termos", "inscreva", "siga-nos"),
    *("assine", "無断", "版权", "授权", "转载"),
)
"""One of these is in each of those, and looked for in a twentieth of the time."""


def is_line(text: str) -> bool:
    """Whether a whole text is a line of the page's own, and can be nothing else."""
    if len(text) > MAX_LINE:
        return False
    return _LINE.fullmatch(text.lower().strip(_EDGES)) is not None


def opens(text: str) -> bool:
    """Whether a short text begins as a promotion does: "More from", "Lesen Sie auch"."""
    if len(text) > MAX_OPENING:
        return False
    return _OPENING.match(text[:60].lower().lstrip(_EDGES)) is not None


def is_notice(text: str) -> bool:
    """Whether a short text is about rights, cookies, commissions or newsletters."""
    if len(text) > MAX_NOTICE:
        return False
    small = text.lower()
    if not any(word in small for word in _NOTICE_WORDS):
        return False
    return _NOTICE.search(small) is not None


def is_tail(text: str) -> bool:
    """Whether what follows this heading is no longer the story."""
    if len(text) > MAX_TAIL:
        return False
    return _TAIL.fullmatch(text.lower().strip(_EDGES)) is not None


def is_trust(text: str) -> bool:
    """Whether a box begins here that says why to trust the outlet."""
    if len(text) > MAX_TAIL:
        return False
    return _TRUST.fullmatch(text.lower().strip(_EDGES)) is not None


def is_offer(text: str) -> bool:
    """Whether a box begins here that wants readers to subscribe."""
    if len(text) > MAX_TAIL:
        return False
    return _OFFER.fullmatch(text.lower().strip(_EDGES)) is not None
