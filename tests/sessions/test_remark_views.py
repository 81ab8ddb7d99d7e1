"""Whoever attended reads the draft by a link of their own and remarks on it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from sessions.choices import RemarkState
from sessions.models import Acta, Circulation, Intervention, Reader, Remark
from tests.sessions import circulated, kit

pytestmark = pytest.mark.django_db

OTHER = "Preguntó por los plazos del plan."


@pytest.fixture
def acta():
    acta = circulated.draft()
    circulated.circulate(acta, message="Con cuidado.")
    return acta


@pytest.fixture
def olga(acta):
    return circulated.reader()


@pytest.fixture
def said():
    return Intervention.objects.get()


def address(reader: Reader, row: Intervention) -> str:
    return f"{reader.get_absolute_url()}intervencion/{row.pk}/"


def late(settings) -> None:
    settings.TODAY = "2020-02-11"


# --- The link -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["sin-firma", "a.b", "%00", "x" * 3000])
def test_a_key_that_is_none_of_ours_is_told(client, acta, key):
    base = f"/actas/observar/{key}/"
    for path in (base, f"{base}general/", f"{base}informe/1/", f"{base}observaciones/1/"):
        assertContains(client.get(path), "Este enlace no es válido", status_code=404)
    for path in ("abrir/", "conforme/", "observaciones/1/retirar/"):
        assert client.post(f"{base}{path}").status_code == 404


def test_opening_the_draft_is_an_act_of_the_reader(client, acta):
    found = Reader.objects.get(attendance__person__given_names="Olga")
    path = found.get_absolute_url()
    page = client.get(path)
    assertContains(page, "Esta página es solo para Olga OIT 120 (OIT).")
    assertContains(page, "no lo difunda ni comparta este enlace")
    assertContains(page, "Con cuidado.")
    assertNotContains(page, circulated.SAID)
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    found.refresh_from_db()
    assert found.opened_at is None
    page = client.post(f"{path}abrir/", follow=True)
    assertContains(page, "BORRADOR")
    assertContains(page, circulated.SAID)
    found.refresh_from_db()
    first = found.opened_at
    client.post(f"{path}abrir/")
    found.refresh_from_db()
    assert (first is not None, found.opened_at) == (True, first)


def test_each_text_can_be_observed(client, olga, said):
    page = client.get(olga.get_absolute_url())
    assertContains(page, f'href="{address(olga, said)}">Observar<span class="visually-hidden">: ')
    # The opening, a report, what was said, and the closing; the point has no introduction.
    assertContains(page, 'class="observe no-print"', 4)
    assertContains(page, "Observar otra parte")


def test_the_draft_of_the_secretary_has_no_such_links(client, olga):
    client.force_login(kit.User.objects.get(username="secretary"))
    assertNotContains(client.get("/sesiones/so-120/acta/"), "observe no-print")


def test_after_the_deadline_it_is_only_read(client, olga, said, settings):
    circulated.remark(olga)
    late(settings)
    page = client.get(olga.get_absolute_url())
    assertContains(page, "<strong>El plazo venció</strong> el lunes 10 de febrero de 2020")
    assertContains(page, circulated.SAID)
    assertNotContains(page, "observe no-print")
    assertNotContains(page, "Conforme, sin observaciones")
    assertNotContains(page, "Retirar")


def test_what_was_closed_early_is_only_read(client, olga):
    Circulation.objects.update(closed_at=circulated.NOW, closed_by=circulated.act().by)
    assertContains(client.get(olga.get_absolute_url()), "Ya no se reciben observaciones.")


def test_after_the_approval_it_leads_to_the_acta(client, acta, olga, said):
    kit.approve(acta)
    for path in (olga.get_absolute_url(), address(olga, said)):
        assertRedirects(client.get(path), "/sesiones/so-120/acta/", fetch_redirect_response=False)
    response = client.post(address(olga, said), {"comment": "Tarde."})
    assertContains(response, "Tarde.", status_code=409)


# --- Remarks --------------------------------------------------------------------------------


def test_a_text_is_proposed(client, olga, said):
    path = address(olga, said)
    page = client.get(path)
    assertContains(page, "Observar: Punto 1, intervención 1")
    assertContains(page, f">\n{circulated.SAID}</textarea>")
    sent = {"comment": "Falta de qué.", "proposal": OTHER, "version": said.version}
    response = client.post(path, sent, follow=True)
    assertContains(response, "Gracias: su observación quedó registrada.")
    assertContains(response, '<ins><span class="visually-hidden"> [se agrega: </span> del plan')
    assertContains(response, '<span class="observed">(1 suya)</span>')
    remark = Remark.objects.get()
    assert (remark.kind, remark.block, remark.place, remark.before, remark.proposal) == (
        "intervencion",
        said.pk,
        "Punto 1, intervención 1",
        circulated.SAID,
        OTHER,
    )
    said.refresh_from_db()
    assert said.body == circulated.SAID


def test_the_text_left_as_it_was_proposes_nothing(client, olga, said):
    sent = {"comment": "No fue así.", "proposal": circulated.SAID, "version": said.version}
    client.post(address(olga, said), sent)
    assert (Remark.objects.get().comment, Remark.objects.get().proposal) == ("No fue así.", "")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Escriba un comentario o proponga otro texto."),
        ({"proposal": circulated.SAID}, "Escriba un comentario o proponga otro texto."),
        ({"proposal": "a" * 200_001}, "tiene 200001 caracteres"),
        ({"comment": "a" * 10_001}, "10001"),
        ({"comment": "a\x00b"}, "Los caracteres nulos no están permitidos."),
        ({"comment": "Sí.", "version": "x"}, "Introduzca un número entero"),
    ],
)
def test_what_cannot_be_is_refused(client, olga, said, sent, message):
    response = client.post(address(olga, said), {"version": said.version, **sent})
    assertContains(response, message)
    assert Remark.objects.count() == 0


def test_two_hundred_thousand_characters_fit(client, olga, said):
    sent = {"proposal": "á" * 200_000, "version": said.version}
    assert client.post(address(olga, said), sent).status_code == 302
    assert len(Remark.objects.get().proposal) == 200_000


def test_html_is_literal(client, olga, said):
    evil = "<img src=x onerror=alert(1)>"
    sent = {"comment": evil, "proposal": evil, "version": said.version}
    page = client.post(address(olga, said), sent, follow=True)
    assertNotContains(page, evil)
    assertContains(page, "&lt;img src=x onerror=alert(1)&gt;")


def test_a_text_that_changed_meanwhile_is_read_again_before_it_is_sent(client, olga, said):
    read = said.version
    Intervention.objects.update(body="Preguntó por las fechas.", version=read + 1)
    sent = {"comment": "No.", "proposal": OTHER, "version": read}
    response = client.post(address(olga, said), sent)
    assertContains(response, "El texto cambió mientras usted escribía.", status_code=409)
    assertContains(response, "Preguntó por las fechas.", status_code=409)
    assertContains(response, OTHER, status_code=409)
    assert Remark.objects.count() == 0
    client.post(address(olga, said), sent | {"version": read + 1})
    assert Remark.objects.get().before == "Preguntó por las fechas."


def test_a_text_removed_meanwhile_gives_back_what_was_written(client, olga, said):
    path = address(olga, said)
    said.delete()
    response = client.post(path, {"comment": "No fue así.", "proposal": OTHER, "version": 1})
    for words in ("Ese texto ya no está en el acta", "No fue así.", OTHER, "acta en general"):
        assertContains(response, words, status_code=404)
    assertContains(client.get(path), "No se puede observar ese texto", status_code=404)


def test_what_is_sent_too_late_is_given_back(client, olga, said, settings):
    late(settings)
    response = client.post(address(olga, said), {"comment": "No fue así.", "proposal": OTHER})
    for words in ("El plazo para observar el borrador ya terminó.", "No fue así.", OTHER):
        assertContains(response, words, status_code=409)
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("path", ["informe/99999999999999999999/", "acuerdo/1/", "informe/0/"])
def test_a_text_that_is_not_there(client, olga, path):
    assert client.get(f"{olga.get_absolute_url()}{path}").status_code == 404


def test_the_acta_at_large_is_remarked_on_without_a_text(client, olga):
    path = f"{olga.get_absolute_url()}general/"
    assertNotContains(client.get(path), "Texto que propone")
    assertContains(client.post(path, {"comment": " "}), "Escriba su observación.")
    page = client.post(path, {"comment": "Mi nombre lleva tilde.", "proposal": "x"}, follow=True)
    assertContains(page, "El acta en general")
    remark = Remark.objects.get()
    assert (remark.kind, remark.block, remark.proposal) == ("", None, "")


# --- One's own ------------------------------------------------------------------------------


def test_a_remark_is_changed_and_withdrawn_until_it_is_decided(client, olga, said):
    remark = circulated.remark(olga)
    path = f"{olga.get_absolute_url()}observaciones/{remark.pk}/"
    assertContains(client.get(path), "No fue así.")
    client.post(path, {"comment": "Fue así.", "proposal": OTHER, "version": said.version})
    remark.refresh_from_db()
    assert (remark.comment, remark.proposal) == ("Fue así.", OTHER)
    page = client.post(f"{path}retirar/", follow=True)
    assertContains(page, "Su observación está retirada.")
    assertNotContains(page, "Fue así.")
    assert client.get(path).status_code == 404
    assert Remark.objects.get().state == RemarkState.WITHDRAWN


def test_a_decided_remark_stays_and_shows_its_answer(client, olga, said):
    remark = circulated.remark(
        olga,
        state=RemarkState.ANSWERED,
        answer="Así consta en el audio.",
        decided_at=circulated.NOW,
        decided_by=circulated.act().by,
    )
    page = client.get(olga.get_absolute_url())
    assertContains(page, "Respuesta de la Secretaría Técnica:</strong> Así consta en el audio.")
    path = f"{olga.get_absolute_url()}observaciones/{remark.pk}/"
    response = client.post(path, {"comment": "Insisto.", "version": said.version})
    assertContains(response, "La Secretaría Técnica ya atendió esta observación", status_code=409)
    assertContains(response, "Insisto.", status_code=409)
    assertContains(client.post(f"{path}retirar/", follow=True), "ya atendió esta observación")
    assert Remark.objects.get().comment == "No fue así."


def test_a_remark_on_a_text_gone_is_still_changed_and_keeps_its_words(client, olga, said):
    remark = circulated.remark(olga)
    said.delete()
    path = f"{olga.get_absolute_url()}observaciones/{remark.pk}/"
    assertContains(client.get(path), "Ese texto ya no está en el borrador.")
    client.post(path, {"comment": "Que vuelva."})
    remark.refresh_from_db()
    assert (remark.comment, remark.before) == ("Que vuelva.", circulated.SAID)
    assertContains(client.get(olga.get_absolute_url()), "Ese texto ya no está en el borrador")


def test_the_remarks_of_others_are_not_shown(client, olga):
    tita = circulated.reader("Tita")
    remark = circulated.remark(tita, comment="Lo dice Tita.")
    assertNotContains(client.get(olga.get_absolute_url()), "Lo dice Tita.")
    path = f"{olga.get_absolute_url()}observaciones/{remark.pk}/"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    assert client.post(f"{path}retirar/").status_code == 404
    assert Remark.objects.get().state == RemarkState.OPEN


def test_a_reader_agrees_until_they_remark(client, olga, said):
    path = olga.get_absolute_url()
    page = client.post(f"{path}conforme/", follow=True)
    assertContains(page, "<strong>Usted está conforme, sin observaciones.</strong>")
    assertNotContains(page, ">Conforme, sin observaciones</button>")
    client.post(address(olga, said), {"comment": "Pero…", "version": said.version})
    assert Reader.objects.get(pk=olga.pk).agreed_at is None
    page = client.post(f"{path}conforme/", follow=True)
    assertContains(page, "Usted ya hizo observaciones: retírelas para dar su conformidad.")


def test_nobody_agrees_too_late_or_without_opening(client, acta, olga, settings):
    tita = Reader.objects.get(attendance__person__given_names="Tita")
    page = client.post(f"{tita.get_absolute_url()}conforme/", follow=True)
    assertContains(page, "Nadie da su conformidad sin abrir el borrador.")
    late(settings)
    page = client.post(f"{olga.get_absolute_url()}conforme/", follow=True)
    assertContains(page, "El plazo para observar el borrador ya terminó.")
    assert set(Reader.objects.values_list("agreed_at", flat=True)) == {None}


# --- With an account ------------------------------------------------------------------------


def test_what_is_asked_of_a_person_is_what_still_circulates(acta, olga):
    person = olga.attendance.person
    assert list(Reader.objects.asked_of(person, circulated.NOW)) == [olga]
    assert list(Reader.objects.asked_of(kit.person("Otra"), circulated.NOW)) == []
    after = circulated.DEADLINE.replace(hour=19)
    assert list(Reader.objects.asked_of(person, after)) == []
    kit.approve(acta)
    assert list(Reader.objects.asked_of(person, circulated.NOW)) == []
    Acta.objects.get().reopen(at=circulated.NOW, by=None, reason="Falta un nombre.")
    assert list(Reader.objects.asked_of(person, circulated.NOW)) == []


def test_the_home_of_a_representative_leads_to_the_draft(client, acta):
    found = Reader.objects.get(attendance__person__given_names="Tita")
    person = found.attendance.person
    person.designations.create(entity=found.attendance.entity, capacity="T")
    client.force_login(kit.user(Role.REPRESENTATIVE, person=person))
    page = client.get("/")
    assertContains(page, f'href="{found.get_absolute_url()}"')
    assertContains(page, "hasta el lunes 10 de febrero de 2020, 06:00 p.m.")
