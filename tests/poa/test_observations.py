from datetime import date

import pytest

from cnlctf.lib.text import to_plain
from poa.choices import ObservationLayout
from poa.models import ActionLine
from poa.observations import ListedEvent, Passage, lines_observations, observations_text
from tests.poa.annex import annex_rows, sequences

PUNO = ListedEvent(date(2019, 10, 11), region="Puno")
ICA = ListedEvent(date(2019, 11, 5), region="Ica")
CUSCO = ListedEvent(date(2019, 11, 22), region="Cusco")


def text(*passages):
    return observations_text(passages).splitlines()


def test_no_passage_says_nothing():
    assert observations_text([]) == ""
    assert observations_text([Passage()]) == ""


def test_remarks_stand_around_the_events():
    passage = Passage([PUNO], preface="Antes.", closing="Después.")
    assert text(passage) == ["Antes.", "* Octubre:", "• Evento 1 (11/10/2019): Puno.", "Después."]


def test_the_description_follows_the_first_month():
    assert text(Passage([PUNO, ICA], description="Taller.")) == [
        "* Octubre: Taller.",
        "• Evento 1 (11/10/2019): Puno.",
        "* Noviembre:",
        "• Evento 2 (05/11/2019): Ica.",
    ]


def test_a_bullet_says_where_and_what_as_far_as_known():
    day = date(2019, 9, 18)
    events = [
        ListedEvent(day),
        ListedEvent(day, wording="Charla."),
        ListedEvent(day, place="Pucallpa"),
        ListedEvent(day, region="Ucayali", place="Pucallpa", wording="Se capacitaron 5 personas."),
    ]
    assert text(Passage(events)) == [
        "* Setiembre:",
        "• Evento 1 (18/09/2019).",
        "• Evento 2 (18/09/2019): Charla.",
        "• Evento 3 (18/09/2019): Pucallpa.",
        "• Evento 4 (18/09/2019): Ucayali (Pucallpa) – Se capacitaron 5 personas.",
    ]


def test_a_month_of_one_report_says_it_and_the_region_once():
    def event(day):
        return ListedEvent(
            date(2019, 7, day), "San Martín", "Moyobamba", "Informe N° 004", f"{day} personas."
        )

    assert text(Passage([event(9), event(10)])) == [
        "* Julio (Informe N° 004) – Región San Martín (Moyobamba):",
        "• Evento 1 (09/07/2019): 9 personas.",
        "• Evento 2 (10/07/2019): 10 personas.",
    ]


def test_a_month_of_several_reports_heads_each_of_them():
    events = [
        ListedEvent(date(2019, 11, 19), "Ucayali", report_number="Informe N° 013"),
        ListedEvent(date(2019, 11, 21), report_number="Informe N° 015"),
        ListedEvent(date(2019, 11, 22), "Cusco"),
    ]
    assert text(Passage(events)) == [
        "* Noviembre:",
        "Informe N° 013 – Región Ucayali:",
        "• Evento 1 (19/11/2019).",
        "Informe N° 015:",
        "• Evento 2 (21/11/2019).",
        "• Evento 3 (22/11/2019): Cusco.",
    ]


@pytest.mark.parametrize(("continues", "number"), [(False, 1), (True, 2)])
def test_numbers_restart_unless_they_go_on(continues, number):
    second = Passage([CUSCO], continues_numbering=continues)
    assert text(Passage([PUNO]), second)[-1] == f"• Evento {number} (22/11/2019): Cusco."


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([], ""),
        ([PUNO], "Región visitada (1 región): Puno (11/10/2019)."),
        (
            [PUNO, CUSCO],
            "Regiones visitadas (2 regiones): Puno (11/10/2019) y Cusco (22/11/2019).",
        ),
        (
            [PUNO, CUSCO, PUNO, ICA],
            (
                "Regiones visitadas (3 regiones): Puno (11/10/2019), Cusco (22/11/2019), "
                "Puno (11/10/2019) e Ica (05/11/2019)."
            ),
        ),
    ],
)
def test_places_make_one_sentence(events, sentence):
    assert observations_text([Passage(events, layout=ObservationLayout.PLACES)]) == sentence


def test_names_are_literal_and_remarks_are_markup():
    event = ListedEvent(date(2019, 7, 9), "Puno", "**Juli**", "_Informe_", "**Bien**.")
    lines = text(Passage([event]))
    assert to_plain("\n".join(lines)).splitlines() == [
        "* Julio (_Informe_) – Región Puno (**Juli**):",
        "• Evento 1 (09/07/2019): Bien.",
    ]


@pytest.mark.django_db
def test_what_is_generated_has_the_words_of_the_annex(demo):
    """Every six words in a row of every cell of Observaciones, in this order (L210–221)."""
    codes = {one.pk: one.prefix for one in ActionLine.objects.all()}
    generated = {codes[pk]: text for pk, text in lines_observations(demo).items()}
    missing = {
        (code, *sequence)
        for code, cells in annex_rows()
        for sequence in set(sequences(cells[-1])) - set(sequences(generated[code]))
    }
    assert missing == set()
    assert len(generated) == 9


@pytest.mark.django_db
def test_nothing_is_generated_that_the_annex_does_not_say(demo):
    """An event of two indicators is one bullet; nothing is repeated."""
    codes = {one.pk: one.prefix for one in ActionLine.objects.all()}
    original = dict(reversed(annex_rows()))
    for pk, text in lines_observations(demo).items():
        assert sorted(sequences(text)) == sorted(sequences(original[codes[pk]][-1]))


@pytest.mark.django_db
def test_all_lines_take_three_queries(demo, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(lines_observations(demo)) == 9
    line = ActionLine.objects.get_by_natural_key("III PNLCTF", 2, 1, 1)
    with django_assert_num_queries(3):
        assert lines_observations(demo, line) == {
            line.pk: "El Plan se elaboró en el mes de diciembre de 2019."
        }
