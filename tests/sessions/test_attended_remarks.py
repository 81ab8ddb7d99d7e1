"""The Secretaría attends to what is said of the draft of an acta."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from members.choices import Role
from sessions.choices import RemarkState
from sessions.models import Intervention, Remark
from sessions.review import blocking
from tests.sessions import circulated, kit

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-120/acta/observaciones/"
OTHER = "Preguntó por los plazos del plan."


@pytest.fixture
def acta():
    return circulated.draft()


@pytest.fixture
def secretary(client):
    account = kit.user(Role.SECRETARY, person=kit.person("Sara", "Tello"))
    client.force_login(account)
    return account


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    def send(path: str, **data):
        """The page that follows, once what waits for the end of the transaction is done."""
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(path, data)
        return client.get(response.url) if response.status_code == 302 else response

    return send


def test_remarks_are_listed_in_the_order_of_the_acta(client, secretary, acta):
    circulated.circulate(acta)
    olga = circulated.reader()
    circulated.remark(olga, kind="", block=None, before="", place="El acta en general")
    said = circulated.remark(olga)
    circulated.remark(circulated.reader("Tita"), kind="instalacion", block=acta.pk, place="Quórum")
    circulated.remark(olga, comment="Retirada.", state=RemarkState.WITHDRAWN)
    page = client.get(PAGE)
    assert [row.remark.place for row in page.context["seen"]] == [
        "Quórum",
        "Punto 1, intervención 1",
        "El acta en general",
    ]
    assertContains(page, f'/acta/editar/#b-intervencion-{said.block}">Punto 1, intervención 1</a>')
    assertContains(page, "La representante de la Entidad OIT, Olga OIT 120")
    assertNotContains(page, "Retirada.")


def test_what_is_accepted_is_written_with_its_author(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    path = f"{PAGE}{remark.pk}/"
    page = client.get(path)
    assertContains(page, '<ins><span class="visually-hidden"> [se agrega: </span> del plan')
    version = page.context["row"].text.version
    response = send(path, decision="accepted", adopted=OTHER, version=version, answer="")
    said = Intervention.objects.get()
    assert (said.body, said.version, said.edited_by) == (OTHER, version + 1, secretary)
    assertContains(response, "Propuesto por la representante de la Entidad OIT")
    assertContains(response, "aceptado por Sara Tello el 3 de febrero de 2020")
    assertRedirects(
        client.get(path), f"{PAGE}#observacion-{remark.pk}", fetch_redirect_response=False
    )


def test_a_text_changed_since_is_shown_three_times_and_never_written_over_unread(
    client, secretary, acta, send
):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    path = f"{PAGE}{remark.pk}/"
    read = client.get(path).context["row"].text.version
    Intervention.objects.update(body="Preguntó por las fechas.", version=read + 1)
    response = send(path, decision="accepted", adopted=OTHER, version=read)
    assertContains(response, "Otra persona cambió el texto mientras usted decidía", status_code=409)
    for words in ("Como lo leyó", "Como está ahora", "Como lo propone", "Preguntó por las fechas."):
        assertContains(response, words, status_code=409)
    assert Remark.objects.get().state == RemarkState.OPEN
    assert Intervention.objects.get().body == "Preguntó por las fechas."
    send(path, decision="accepted", adopted=OTHER, version=read + 1)
    assert Intervention.objects.get().body == OTHER


def test_a_remark_on_a_text_that_is_gone_keeps_its_words_and_is_answered(
    client, secretary, acta, send
):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    Intervention.objects.get().delete()
    assertContains(client.get(PAGE), "Ese texto ya no está en el acta")
    path = f"{PAGE}{remark.pk}/"
    assertContains(client.get(path), circulated.SAID)
    response = send(path, decision="accepted", adopted=OTHER, version=1)
    assertContains(response, "No hay un texto del acta que cambiar: responda la observación.")
    assertContains(send(path, decision="answered", answer="Se quitó."), "Se quitó.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Diga si la acepta o la responde."),
        ({"decision": "borrar"}, "Diga si la acepta o la responde."),
        ({"decision": "answered"}, "Escriba la respuesta: la lee quien hizo la observación."),
        ({"decision": "accepted", "adopted": " "}, "El texto no puede quedar vacío."),
        ({"decision": "accepted", "adopted": "a" * 200_001}, "tiene 200001 caracteres"),
        ({"decision": "answered", "answer": "a" * 10_001}, "10001"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(client, secretary, acta, data, message):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    assertContains(client.post(f"{PAGE}{remark.pk}/", {"version": "1", **data}), message)
    assert Remark.objects.get().state == RemarkState.OPEN


def test_a_decision_without_the_version_read_writes_nothing(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    data = {"decision": "accepted", "adopted": OTHER}
    assert client.post(f"{PAGE}{remark.pk}/", data).status_code == 409
    assert Intervention.objects.get().body == circulated.SAID


def test_a_remark_of_another_acta_is_not_there(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    kit.acta(kit.session(121), approved=False)
    path = f"/sesiones/so-121/acta/observaciones/{remark.pk}/"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_a_decision_after_the_approval_is_refused(client, secretary, acta):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    kit.approve(acta)
    data = {"decision": "accepted", "adopted": OTHER, "version": "1"}
    assert client.post(f"{PAGE}{remark.pk}/", data).status_code == 403
    assert Intervention.objects.get().body == circulated.SAID


def test_markup_that_tries_to_be_html_is_literal(client, secretary, acta):
    circulated.circulate(acta)
    evil = "<script>alert(1)</script>"
    remark = circulated.remark(circulated.reader(), comment=evil, proposal=evil, before=evil)
    for path in (PAGE, f"{PAGE}{remark.pk}/"):
        page = client.get(path)
        assertNotContains(page, evil)
        assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")


def test_the_editor_shows_it_beside_the_text(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader(), proposal=OTHER)
    beside = f'data-beside="b-intervencion-{remark.block}"'
    page = client.get("/sesiones/so-120/acta/editar/")
    assertContains(page, beside)
    assertContains(page, "por atender, de la representante de la Entidad OIT.")
    send(f"{PAGE}{remark.pk}/", decision="accepted", adopted=OTHER, version=1)
    page = client.get("/sesiones/so-120/acta/editar/")
    assertContains(page, beside)
    assertContains(page, "texto propuesto por la representante de la Entidad OIT, aceptado por")


def test_the_reviewer_finds_what_is_not_attended_to(client, secretary, acta, send):
    circulated.circulate(acta)
    remark = circulated.remark(circulated.reader())
    review = "/sesiones/so-120/acta/revision/"
    page = client.get(review)
    assertContains(page, "La representante de la Entidad OIT lo observó y todavía no se le respon")
    assertContains(page, f'href="{PAGE}">Corregir')
    assertContains(page, "Descartar<span")
    assert [f.rule for f in blocking(acta)].count("open_remark") == 0
    send(f"{PAGE}{remark.pk}/", decision="answered", answer="Así consta.")
    assertNotContains(client.get(review), "todavía no se le responde")
