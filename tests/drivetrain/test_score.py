"""A story is judged by what its words say, by where they stand, and by nothing else."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.drivetrain import lexicon, score

# In five languages each: drive units, e-axles, motors, power electronics, gearing, packs
# and cells, cell plants, voltage, platforms, hybrids, fuel cells, regeneration, heat.
ABOUT = [
    ("Magna shows its third drive unit", "The electric drive unit weighs 15 kg less."),
    (
        "ZF baut E-Antriebe in Serie",
        "Die neue Antriebseinheit ist für Elektroautos gedacht.",
    ),
    ("Un groupe motopropulseur électrique pour la citadine", "Valeo le fournit dès mai."),
    ("La unidad de propulsión del nuevo eléctrico", "Pesa menos y rinde más que antes."),
    ("Nuova unità di trazione per il furgone elettrico", "La costruisce un fornitore."),
    # e-axles
    ("Supplier wins order for e-axles", "A truck maker takes 40,000 of them a year."),
    ("E-Achsen für schwere Lkw gehen in Serie", "Der Zulieferer liefert ab Herbst."),
    ("Un essieu électrique pour les camions", "Il remplace le pont arrière classique."),
    ("El eje eléctrico que moverá camiones", "El proveedor empieza en otoño."),
    ("Un assale elettrico per gli autobus", "La fornitura parte in autunno."),
    ("Startup's axial-flux motor is thin as a pizza", "It fits between wheel and gearbox."),
    ("BMW fertigt Elektromotoren ohne Seltene Erden", "Die Synchronmaschine dreht höher."),
    ("Le moteur électrique sans aimants permanents", "Le stator est refroidi à l'huile."),
    ("Así es el motor eléctrico sin imanes permanentes", "Gira más rápido y pesa menos."),
    ("Il motore elettrico senza terre rare", "Il rotore è avvolto, lo statore a olio."),
    ("Carmaker orders silicon carbide for its next EV", "The inverter wastes less."),
    (
        "Leistungselektronik aus eigenem Haus",
        "Der Wechselrichter fürs E-Auto wird kleiner.",
    ),
    ("L'électronique de puissance en carbure de silicium", "L'onduleur perd moins."),
    ("Electrónica de potencia para coches", "El inversor usa carburo de silicio."),
    ("Elettronica di potenza per le auto", "L'inverter usa il carburo di silicio."),
    ("Why this electric coupe has a two-speed gearbox", "The reduction gear saves energy."),
    ("Elektroauto mit Zweigang-Getriebe", "Das Getriebe schaltet bei 90 km/h."),
    ("Une boîte à deux rapports pour la sportive électrique", "Le réducteur est à part."),
    ("Una caja de dos velocidades para el eléctrico", "La reductora pesa ocho kilos."),
    ("Un cambio a due rapporti per la sportiva elettrica", "Il riduttore è nuovo."),
    ("Toyota to build batteries with a Japanese partner", "Cells come from a new line."),
    ("Neue Batteriezellen für den kleinen Stromer", "Das Format ist eine Rundzelle."),
    ("Une nouvelle batterie solide pour la voiture", "La densité énergétique double."),
    ("Baterías de estado sólido para coches", "La densidad energética se duplica."),
    ("Batterie allo stato solido per le auto", "La densità energetica raddoppia."),
    ("Carmaker and cell maker plan a battery plant", "It makes 40 GWh a year from 2028."),
    ("Batteriefabrik bekommt grünes Licht", "Die Zellfertigung für Autos startet 2028."),
    ("Une usine de batteries dans le Nord", "Les cellules équiperont les voitures."),
    ("Una fábrica de baterías en Valencia", "Las celdas irán a coches eléctricos."),
    ("Una fabbrica di batterie in Molise", "Le celle andranno alle auto elettriche."),
    ("Why 800-volt cars run cooler", "The high-voltage architecture halves the current."),
    ("800-Volt-Technik wird billiger", "Das Hochvolt-System zieht in kleine E-Autos ein."),
    ("L'architecture 800 volts descend en gamme", "Les batteries haute tension suivent."),
    (
        "La arquitectura de 800 voltios se abarata",
        "La alta tensión llega a los eléctricos.",
    ),
    ("L'architettura a 800 volt scende di prezzo", "L'alta tensione per le elettriche."),
    ("An EV platform to be shared by two brands", "The skateboard platform is sold on."),
    ("Eine Elektro-Plattform für drei Marken", "Der Baukasten trägt Akku und Motoren."),
    ("Une plateforme électrique pour trois marques", "Elle porte moteur et batterie."),
    ("Una plataforma eléctrica para tres marcas", "Lleva la batería en el suelo."),
    ("Una piattaforma elettrica per tre marchi", "Porta la batteria nel pavimento."),
    ("How the range extender of the new SUV works", "A generator feeds the battery."),
    ("Mildhybrid mit Startergenerator", "Der Hybridantrieb spart im Stadtverkehr."),
    ("Le système hybride explique ses secrets", "L'alterno-démarreur épaule le moteur."),
    ("El sistema híbrido por dentro", "Dos motores eléctricos y una batería pequeña."),
    ("Il sistema ibrido visto da vicino", "Due motori elettrici e una batteria piccola."),
    ("Truck makers share a fuel cell", "The stack goes into lorries from 2029."),
    ("Brennstoffzelle für Lkw geht in Serie", "Zwei Konzerne bauen sie gemeinsam."),
    ("La pile à combustible monte en puissance", "Deux constructeurs la partagent."),
    ("La pila de combustible gana potencia", "Dos fabricantes la comparten."),
    ("La cella a combustibile cresce", "Due costruttori la condividono."),
    ("One-pedal driving explained", "Regenerative braking slows the car to a halt."),
    ("Rekuperation: so bremst das E-Auto", "Der Motor wird zum Generator."),
    ("Le freinage régénératif en hiver", "La voiture récupère moins quand il gèle."),
    ("La frenada regenerativa en invierno", "El coche recupera menos con frío."),
    ("La frenata rigenerativa d'inverno", "L'auto recupera meno quando gela."),
    ("Immersion cooling for EV packs", "Battery cooling with oil keeps the cells even."),
    ("Thermomanagement im Elektroauto", "Die Wärmepumpe kühlt Akku und Motor."),
    ("La gestion thermique de la voiture électrique", "La pompe à chaleur et la batterie."),
    ("La gestión térmica del coche eléctrico", "La bomba de calor y la batería."),
    ("La gestione termica dell'auto elettrica", "La pompa di calore e la batteria."),
    ("Electric crossover recalled for battery fires", "Damaged cells may short circuit."),
    ("What a battery pack costs now", "Prices per kWh fell for electric cars again."),
]

NOT_ABOUT = [
    ("The best hard drives of the year", "The largest hard drive holds 30 TB."),
    ("Geneva motor show opens its doors", "Brands show cars and concepts on their stands."),
    (
        "How a solar inverter works",
        "The inverter turns current of the roof into mains power.",
    ),
    ("Hybrid cloud grows up", "Enterprises keep servers and use the cloud beside them."),
    ("Guard locked in prison cell", "The prison cell was shut for an hour."),
    ("Man charged with assault and battery", "The court hears the case in May."),
    ("A new e-bike with a stronger drive unit", "The bicycle's battery lasts 90 km."),
    ("Charging network adds 500 stations", "Fast chargers for electric cars on motorways."),
    ("EV tax credit ends in September", "Buyers of electric cars hurry to dealers."),
    ("A ten-speed automatic transmission for trucks", "The gearbox suits the diesel V8."),
    ("Sedan recalled over airbags", "The airbag inflator of 40,000 cars may burst."),
    ("EV sales rise by a fifth", "Registrations of electric cars grew in May."),
    ("Why your 12-volt battery dies in winter", "Have the alternator of your car tested."),
    ("Electric plane makes first flight", "The aircraft has two electric motors."),
    ("Home battery for your roof", "Solar power at night, with 10 kWh of storage."),
    ("Plant recycles old batteries", "Recycling of electric car packs begins in June."),
]

PADDING = (
    "The morning was grey and the road to the coast was empty, so we took our time. "
    "There is a café in the village where the owner remembers every guest by name. "
)


def words() -> st.SearchStrategy[str]:
    """Random characters, and random mixes of what the lexicon looks for."""
    known = (
        "battery Batterie e-axle 800 V kWh 1,000-volt SiC électrique solar E\u2011Achse "
    )
    mixed = st.lists(
        st.sampled_from([*known.split(), "\u00ad", "\u200b", ".", "-", "\n", "İ", "ﬁ", "Һ"])
    )
    return st.one_of(st.text(), mixed.map(" ".join), mixed.map("".join))


@pytest.mark.parametrize(("title", "text"), ABOUT, ids=lambda part: part[:40])
def test_a_story_about_the_drivetrain_is_suggested(title: str, text: str) -> None:
    judged = score.judge(title, text)
    assert judged.suggest, judged
    assert judged.missing == ""


@pytest.mark.parametrize(("title", "text"), NOT_ABOUT, ids=lambda part: part[:40])
def test_a_story_about_something_else_is_not_suggested(title: str, text: str) -> None:
    judged = score.judge(title, text)
    assert not judged.suggest, judged
    assert judged.missing


@settings(max_examples=300, deadline=None)
@given(words(), words())
def test_every_quote_is_what_stands_at_its_place(title: str, text: str) -> None:
    judged = score.judge(title, text)
    whole = f"{title}\n\n{text}"
    assert 0 <= judged.score <= 1
    assert judged.suggest == (judged.score >= score.THRESHOLD)
    assert bool(judged.missing) != judged.suggest
    for each in judged.evidence:
        assert each.quote == whole[each.start : each.end] != ""
        assert each.cue in judged.cues


def test_the_strongest_evidence_comes_first_for_and_against() -> None:
    judged = score.judge("E-axle for trucks", "The dealer likes the inverter of the EV.")
    weights = [abs(each.weight) for each in judged.evidence]
    assert weights == sorted(weights, reverse=True)
    assert {"e_axle", "inverter"} <= {
        each.cue for each in judged.evidence if each.weight > 0
    }
    assert any(each.weight < 0 for each in judged.evidence)


def test_of_one_cue_the_three_strongest_passages_are_quoted() -> None:
    judged = score.judge("E-axle and inverter", "An e-axle, an e-axle, an e-axle again.")
    cues = [each.cue for each in judged.evidence]
    assert cues.count("e_axle") == 3
    assert "inverter" in cues


def test_a_word_against_counts_less_aside_least_where_the_title_names_a_part() -> None:
    def against(title: str, text: str) -> float:
        return score.judge(title, text).cues["market"]

    told = against("Sales", "")
    aside = against("News of the week", "Sales of an e-axle.")
    part = against("News of the e-axle", "Sales of an e-axle.")
    assert 0 < part < aside < told / 2


def test_what_is_met_is_not_lacking() -> None:
    # The plane outweighs the gearing, for which there is an electric word.
    missing = score.judge("Electric plane", "Its transmission, at the airport.").missing
    assert "electric context" not in missing


def test_the_cues_and_their_weights_make_the_sum() -> None:
    judged = score.judge("E-axle for trucks", "The dealer likes the inverter of the EV.")
    nothing = score.judge("", "x").raw
    cues = lexicon.standard().cues
    total = sum(cues[name].weight * value for name, value in judged.cues.items())
    assert judged.raw == pytest.approx(nothing + total)
    assert judged.score == score.logistic(judged.raw)


def test_the_title_counts_more_than_the_text() -> None:
    told, other = "The e-axle is ready", "A word from the editor"
    assert score.judge(told, other).raw > score.judge(other, told).raw


def test_a_repeat_adds_less_than_the_first_mention() -> None:
    once, twice, thrice = (
        score.judge("News", "The e-axle. " * times).raw for times in (1, 2, 3)
    )
    assert 0 < thrice - twice < twice - once < once - score.judge("News", "The").raw


def test_one_passing_mention_leaves_a_long_story_what_it_is() -> None:
    passing = PADDING * 20 + "The car has an electric motor. " + PADDING * 5
    assert not score.judge("A weekend by the sea", passing).suggest


def test_a_long_story_that_keeps_to_it_is_suggested() -> None:
    steady = (PADDING + "The electric motor and the inverter of the e-axle hummed. ") * 12
    assert score.judge("A weekend by the sea", steady).suggest


def test_mentions_far_down_are_worth_less_than_one_in_the_title() -> None:
    often = PADDING * 4 + "An e-axle. " * 200
    assert (
        score.judge("News", often).cues["e_axle"] < score.judge("e-axle", "").cues["e_axle"]
    )


def test_a_homonym_counts_for_nothing() -> None:
    assert score.judge("Elektroauto mit Allradantrieb", "").cues == {}


def test_a_strong_part_wins_over_one_weak_word_against() -> None:
    text = "The silicon carbide inverter of the e-axle was praised; the price was not."
    assert score.judge("A drive unit for vans", text).suggest


def test_a_gearbox_counts_only_beside_an_electric_word() -> None:
    shut = score.judge("The transmission of tomorrow", "Its gears are ground twice.")
    opened = score.judge("The EV transmission of tomorrow", "Its gears are ground twice.")
    assert shut.missing == "no electric context for 'transmission'"
    assert "gearing" not in shut.cues
    assert opened.suggest


def test_a_story_says_what_it_lacks_and_what_speaks_against_it() -> None:
    assert score.judge("Aquarelle", "Bilder").missing == "no word of an electric drivetrain"
    missing = score.judge("Electric plane with axial-flux motors", "It can fly.").missing
    assert "'plane'" in missing


def test_an_adjustment_silences_a_lone_cue() -> None:
    title, text = "One-pedal mode for all", "Nothing more is known."
    before, weight = (
        score.judge(title, text),
        lexicon.standard().cues["regeneration"].weight,
    )
    assert before.suggest
    assert list(before.cues) == ["regeneration"]
    silenced = score.judge(title, text, {"regeneration": -weight})
    assert not silenced.suggest
    assert silenced.evidence == ()
    assert score.judge(title, text, {"regeneration": -50.0}).score < 0.01


def test_an_adjustment_of_a_cue_that_is_not_met_changes_nothing() -> None:
    told = ("E-axle", "For trucks.")
    assert score.judge(*told, {"sport": 3.0, "no such": 1.0}) == score.judge(*told)


@pytest.mark.parametrize(
    "spelt",
    [
        "e-axle",
        "e\u2011axle",
        "E\u2013Axle",
        "eAxle",
        "e axle",
        "E-AXLES",
        "e-\u0430xle",
        "e-\u00adaxle",
    ],
)
def test_typography_hides_nothing(spelt: str) -> None:
    judged = score.judge(f"The {spelt} is here", "")
    assert [each.cue for each in judged.evidence] == ["e_axle"]
    assert judged.evidence[0].quote == spelt


def test_accents_make_no_difference() -> None:
    plain = score.judge("MOTEUR ELECTRIQUE", "")
    assert plain.raw == score.judge("Moteur électrique", "").raw
    assert plain.raw == score.judge("Moteur e\u0301lectrique", "").raw


@pytest.mark.parametrize(
    "hostile",
    ["e", "e-", "battery ", "-", "\n", "800 V 1,000 V ", "motor electric ", "\u0301", "İ"],
)
def test_twice_the_text_takes_about_twice_the_time(hostile: str) -> None:
    def seconds(size: int) -> float:
        text = (hostile * size)[:size]
        return min(_timed(text) for _ in range(3))

    assert seconds(200_000) < 3 * seconds(100_000) + 0.1


def _timed(text: str) -> float:
    start = time.process_time()
    score.judge("A title", text)
    return time.process_time() - start


def test_the_evaluation_is_what_the_textbooks_say() -> None:
    yes, no = ("E-axle", "For trucks."), ("Garden", "Roses.")
    rows = [(*yes, True), (*yes, False), (*no, True), (*no, False)]
    found = score.evaluate(rows)
    assert (found.precision, found.recall, found.f1, found.n) == (0.5, 0.5, 0.5, 4)
    # Of equals the negative is ranked first: no, yes, no, yes.
    assert found.average_precision == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert found.threshold == score.THRESHOLD
    assert score.evaluate([]) == score.Evaluation(0, 0, 0, 0, score.THRESHOLD, 0)
