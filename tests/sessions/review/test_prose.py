import pytest

from sessions.review import prose
from sessions.review.facts import Kind
from tests.sessions.review.made import AGENDA, facts, marked, passage, said

CUT = "El párrafo termina sin punto: la frase parece cortada."
OPEN = "El párrafo termina en coma: la frase quedó abierta."


# --- Unfinished sentences -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "words"),
    [
        ("indicó que se suspende", CUT, "que se suspende"),
        ("se ejecuta una encuesta, donde se", CUT, "encuesta, donde se"),
        ("el Plan debería ser más ambicioso,", OPEN, "ser más ambicioso,"),
        ("Se aprobó el plan (véase arriba)", CUT, "plan (véase arriba)"),
        ("Las acciones son:", CUT, "Las acciones son:"),
        ("SOP", CUT, "SOP"),
    ],
)
def test_unfinished(text, message, words):
    acta = facts(passage(text))
    assert said(prose.unfinished_sentences, acta) == [message]
    assert marked(prose.unfinished_sentences, acta) == [words]


@pytest.mark.parametrize(
    "lines",
    [
        ["Se aprobó el plan."],
        ["¿Se aprobó el plan?"],
        ["Se publicó el «Plan Operativo Anual.»"],
        ['Es el "Día de la Lucha contra el Trabajo Forzoso".'],
        ["Las acciones son:", "- Una acción.", "- Otra acción."],
        ["Se acordó:", "- aprobar el plan anual;", "- enviar el plan anual, y", "- publicarlo."],
        ["Se visitaron:", "- Puno", "- Madre de Dios"],
        ["Está en la dirección https://www.gob.pe/mtpe"],
        ["Escriba a comision@trabajo.gob.pe"],
        [""],
    ],
)
def test_finished(lines):
    assert said(prose.unfinished_sentences, facts(passage(*lines))) == []


def test_no_lines_are_no_sentence():
    assert said(prose.unfinished_sentences, facts(passage())) == []


def test_a_title_ends_as_it_likes():
    acta = facts(passage("Sobre los talleres", kind=Kind.TITLE))
    assert said(prose.unfinished_sentences, acta) == []


def test_a_colon_leads_on_to_what_follows_in_the_acta():
    introduction = passage("Hubo las siguientes intervenciones:", leads_on=True)
    assert said(prose.unfinished_sentences, facts(introduction)) == []


def test_bullets_that_are_sentences_end_in_a_full_stop():
    acta = facts(passage("- Se visitó Puno con el equipo,", "- Se visitó Lima."))
    assert said(prose.unfinished_sentences, acta) == [OPEN]


# --- Repeated paragraphs --------------------------------------------------------------------

MET = "Se informó el cumplimiento de metas de las líneas de acción. Ver anexo 1."


def test_a_repeated_paragraph():
    acta = facts(passage(MET, name="4.1.4"), passage("Otra cosa.", MET.upper(), name="4.1.7"))
    assert said(prose.repeated_paragraphs, acta) == ["Este párrafo ya está en «4.1.4»."]
    assert [remark.block.name for remark in prose.repeated_paragraphs(acta)] == ["4.1.7"]


def test_what_two_people_say_alike_is_repeated():
    acta = facts(*(passage(MET, section=AGENDA, attribution=who) for who in ("Ana,", "Luis,")))
    assert len(said(prose.repeated_paragraphs, acta)) == 1


@pytest.mark.parametrize(
    "passages",
    [
        [passage("No tiene observaciones."), passage("No tiene observaciones.")],
        [passage(MET, kind=Kind.SET_PHRASE), passage(MET, kind=Kind.SET_PHRASE)],
        [passage(MET), passage(f"Además. {MET}")],
    ],
)
def test_what_may_be_said_again(passages):
    assert said(prose.repeated_paragraphs, facts(*passages)) == []


# --- Offices --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "El Presidente Alternativo de la Comisión, indicó.",
            "Dice «Presidente Alternativo»; el cargo se llama «Presidente alterno».",
        ),
        (
            "La Presidenta alterna abrió.",
            "Dice «Presidenta alterna»; el cargo se llama «Presidente alterno».",
        ),
        (
            "El Secretario Técnico leyó.",
            "Dice «Secretario Técnico»; el cargo se llama «Secretaria Técnica».",
        ),
        (
            "La Secretaria Tecnica leyó.",
            "Dice «Secretaria Tecnica»; el cargo se llama «Secretaria Técnica».",
        ),
    ],
)
def test_a_variant_of_an_office(text, message):
    assert said(prose.office_variants, facts(passage(text))) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "El Presidente Alterno dio inicio.",
        "La SECRETARIA TÉCNICA leyó.",
        "La Secretaría Técnica enviará el acta.",
        "El Presidente de la República y los presidentes regionales.",
    ],
)
def test_the_name_of_an_office(text):
    assert said(prose.office_variants, facts(passage(text))) == []


def test_an_office_that_nobody_held_has_its_name_in_either_gender():
    offices = {"PA": ("Presidenta alterna", "Presidente alterno"), "ST": ()}
    acta = facts(passage("El Presidente Suplente y la Presidenta alterna."), offices=offices)
    assert said(prose.office_variants, acta) == [
        "Dice «Presidente Suplente»; el cargo se llama «Presidenta alterna» o «Presidente alterno»."
    ]


# --- Spelling -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("indico que se suspende.", ["indico"]),
        ("Informo lo siguiente.", ["Informo"]),
        ("indico que sí; asimismo, indico que no.", ["indico", "indico"]),
        ("informó que, en el Plan, señalo que falta.", ["señalo"]),
    ],
)
def test_an_accent_is_missing(text, words):
    acta = facts(passage(text, attribution="La representante del MINJUS"))
    assert marked(prose.missing_accents, acta) == words


@pytest.mark.parametrize(
    "text",
    [
        "indicó que se suspende.",
        "es preciso que se informe, en un saludo que hizo a todos.",
        "expuso el planteo que trajo, de modo expreso.",
    ],
)
def test_no_accent_is_missing(text):
    assert marked(prose.missing_accents, facts(passage(text, attribution="El jefe,"))) == []


def test_out_of_speech_only_before_what_is_said():
    acta = facts(passage("Presento el informe.", "La oficina, informo que irá."))
    assert marked(prose.missing_accents, acta) == ["informo"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Los centros del MINSa.", "Dice «MINSa»; la sigla es «MINSA»."),
        ("Los centros del MinSA.", "Dice «MinSA»; la sigla es «MINSA»."),
    ],
)
def test_odd_capitals(text, message):
    assert said(prose.odd_capitals, facts(passage(text))) == [message]


@pytest.mark.parametrize(
    "text", ["El MINSA y el Minsa.", "La cultura y Cultura.", "Los GOREs y GLs.", "Los TAMBOs."]
)
def test_capitals_as_they_are_written(text):
    assert said(prose.odd_capitals, facts(passage(text))) == []


@pytest.mark.parametrize(
    ("text", "message", "words"),
    [
        ("2019-2022.Esta información.", "Falta el espacio después del punto.", "2022.E"),
        ("Se aprobó.Luego se envió.", "Falta el espacio después del punto.", "bó.L"),
        ("Se aprobó.  Luego.", "Hay dos espacios seguidos.", "␣␣"),
        ("Se  aprobó.", "Hay dos espacios seguidos.", "␣␣"),
    ],
)
def test_spacing(text, message, words):
    acta = facts(passage(text))
    assert said(prose.spacing, acta) == [message]
    assert marked(prose.spacing, acta) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "D.S. N° 015-2019-TR. A las 11:25 a.m. Se cerró.",
        "En https://www.gob.pe/doc.Aspx y en ana.Paz@gob.pe.",
        "El punto 4.1.1. Fin.",
        "S.A.C. y EE.UU. firmaron.",
    ],
)
def test_no_spacing(text):
    assert said(prose.spacing, facts(passage(text))) == []


# --- Annexes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "annexes", "messages"),
    [
        ("Ver anexo 1.", {1}, []),
        ("Ver anexo.", {1}, []),
        ("El Anexo 3 del Reglamento.", set(), []),
        ("Ver anexo 2.", {1}, ["Remite al Anexo 2, y el acta no lo tiene."]),
        ("Véase el Anexo N° 2.", {1}, ["Remite al Anexo 2, y el acta no lo tiene."]),
        ("Ver anexo.", set(), ["Remite al anexo, y el acta no lo tiene."]),
        ("Se adjunta como Anexo 1.", set(), ["Remite al Anexo 1, y el acta no lo tiene."]),
    ],
)
def test_an_annex(text, annexes, messages):
    acta = facts(passage(text), annexes=frozenset(annexes))
    assert said(prose.missing_annexes, acta) == messages
