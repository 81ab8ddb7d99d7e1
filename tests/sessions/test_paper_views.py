"""The papers of the agenda: handed in by whom it concerns, read by whoever takes part."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.documents.models import StoredFile
from members.choices import Role
from members.models import User
from sessions.choices import AgendaState, SummonsKind
from sessions.models import AgendaItem, AgendaPaper, Session
from sessions.summoning import send
from tests.lib.files import PDF, SHEETS, WORD, office, old
from tests.sessions import kit, summoned

pytestmark = pytest.mark.django_db

PAGE = "/sesiones/so-121/agenda/"
SESSION = "/sesiones/so-121/"


@pytest.fixture
def session() -> Session:
    summoned.commission()
    return summoned.coming()


@pytest.fixture
def point(session) -> AgendaItem:
    return session.agenda_items.get()


@pytest.fixture
def secretary(client) -> User:
    account = summoned.act().by
    client.force_login(account)
    return account


@pytest.fixture
def tita(session) -> User:
    """The representative of MINAM."""
    return kit.user(Role.REPRESENTATIVE, session_person("Tita"))


def session_person(name: str):
    return summoned.Person.objects.get(given_names=name)


def sent(name: str = "Plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def attach(client, point, *files: SimpleUploadedFile, title: str = ""):
    return client.post(
        f"{PAGE}{point.pk}/documentos/", {"papers": files, "title": title}, follow=True
    )


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def titles(point: AgendaItem) -> list[str]:
    return [paper.title for paper in point.papers.all()]


def of(paper: AgendaPaper, page: str = "") -> str:
    return f"{SESSION}documentos/{paper.pk}/{page}"


# --- Handing them in ------------------------------------------------------------------------


def test_several_are_attached_at_once(client, secretary, point):
    response = attach(client, point, sent(), sent("Matriz de metas.xlsx", office(SHEETS)))
    assertRedirects(response, f"{PAGE}#punto-1")
    assert said(response) == ["Se adjuntaron «Plan», «Matriz de metas»."]
    assertContains(response, '<span class="muted small">libro de Excel, 1 KB</span>')
    plan, goals = point.papers.all()
    assert (plan.position, goals.position, plan.file.uploaded_by) == (1, 2, secretary)
    response = attach(client, point, sent("v3 final.pdf"), title="Línea de base")
    assert said(response) == ["Se adjuntó «Línea de base»."]
    assert titles(point) == ["Plan", "Matriz de metas", "Línea de base"]


def test_a_point_comes_with_its_papers(client, secretary, session):
    data = {"title": "Otro punto", "kind": "approval", "papers": [sent(), sent("Anexo.pdf")]}
    assertRedirects(client.post(PAGE, data), PAGE)
    assert titles(session.agenda_items.last()) == ["Plan", "Anexo"]


def test_a_representative_hands_them_in_with_the_proposal(client, session, tita, secretary):
    client.force_login(tita)
    data = {"title": "Lo mío", "kind": "approval", "papers": [sent("Sustento.pdf")]}
    assertRedirects(client.post(f"{PAGE}proponer/", data), f"{SESSION}#propuestas")
    paper = AgendaPaper.objects.get()
    assert (paper.title, paper.file.uploaded_by) == ("Sustento", tita)
    assertContains(client.get(SESSION), of(paper))
    assert client.get(of(paper)).status_code == 200
    client.force_login(secretary)
    assertContains(client.get(PAGE), of(paper))
    # Other representatives read it once it is on the agenda.
    other = User.objects.create_user("otro")
    other.groups.set(tita.groups.all())
    client.force_login(other)
    assert client.get(of(paper)).status_code == 404
    paper.agenda_item.accept()
    assert client.get(of(paper)).status_code == 200


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "Elija al menos un archivo."),
        ([("a.pdf", b"")], "«a.pdf» está vacío"),
        ([("a.pdf", office(WORD))], "«a.pdf» se llama .pdf y es un documento de Word"),
        ([("a.docx", old("EncryptedPackage"))], "«a.docx» está protegido con contraseña"),
        ([("a.pdf", PDF), ("b.pdf", b"<html>")], "No se reconoce qué es «b.pdf»"),
        ([("a.pdf", PDF), ("Viejo.pdf", PDF)], "ya tiene un documento llamado «Viejo»"),
        ([(f"{n}.pdf", PDF) for n in range(11)], "Adjunte hasta 10 archivos cada vez."),
    ],
)
def test_what_is_refused_leaves_nothing_behind(client, secretary, point, files, message):
    attach(client, point, sent("Viejo.pdf"))
    attach(client, point, sent("Viejo.xlsx", office(SHEETS)))
    assert titles(point) == ["Viejo", "Viejo.xlsx"]
    response = attach(client, point, *(sent(*file) for file in files), title=" ")
    assertContains(response, message)
    assertContains(response, '<details class="point-attach" open>')
    assert (titles(point), StoredFile.objects.count()) == (["Viejo", "Viejo.xlsx"], 2)


def test_what_is_too_large_is_told(client, secretary, point, settings):
    settings.UPLOAD_MAX_BYTES = 10
    assertContains(attach(client, point, sent()), "«Plan.pdf» pesa 1 KB y el máximo es 1 KB.")
    assert not StoredFile.objects.exists()


def test_one_title_does_not_name_two(client, secretary, point):
    response = attach(client, point, sent("a.pdf"), sent("b.pdf"), title="Anexo")
    assertContains(response, "Con varios archivos deje el título vacío, o adjúntelos uno a uno.")
    assert titles(point) == []


@pytest.mark.parametrize("page", ["", "proponer/"])
def test_a_refused_paper_leaves_the_point_unsaved_and_its_words_typed(
    client, session, tita, secretary, page
):
    client.force_login(tita if page else secretary)
    for papers in ([sent("a.pdf", b"MZ")], [sent("a.pdf"), sent("a.pdf")]):
        data = {"title": "Lo que escribí", "kind": "information", "presenter": "Eva"}
        response = client.post(f"{PAGE}{page}", data | {"papers": papers})
        assertContains(response, "Lo que escribí</textarea>")
        assertContains(response, 'class="errorlist"')
        assert (session.agenda_items.count(), StoredFile.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../Plan.pdf", "Plan.pdf"),
        ("Plan\u202efdp.exe", "Planfdp.exe.pdf"),
        ("ñ" * 300 + ".pdf", None),
    ],
)
def test_a_hostile_name_becomes_a_safe_one(client, secretary, point, name, safe):
    attach(client, point, sent(name))
    stored = StoredFile.objects.get().name
    assert stored == (safe or stored)
    assert (len(stored) <= 150, stored[-4:]) == (True, ".pdf")


# --- Taking them off ------------------------------------------------------------------------


def test_a_paper_is_taken_off_after_asking(client, secretary, point):
    attach(client, point, sent())
    paper = point.papers.get()
    assertContains(client.get(of(paper, "quitar/")), "No se puede deshacer: el archivo se borra.")
    assert titles(point) == ["Plan"]
    response = client.post(of(paper, "quitar/"), follow=True)
    assertRedirects(response, f"{PAGE}#punto-1")
    assert said(response) == ["Se quitó «Plan»."]
    assert not AgendaPaper.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_a_convocatoria_carried_stays_on_record(client, secretary, session, point):
    attach(client, point, sent())
    send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    paper = point.papers.get()
    assertContains(client.get(of(paper, "quitar/")), "queda en el registro de lo enviado")
    client.post(of(paper, "quitar/"))
    assert titles(point) == []
    page = client.get(f"{SESSION}convocatoria/")
    carried = f"{SESSION}convocatoria-1/documentos/1/"
    assertContains(page, carried)
    assertContains(page, "Se retira el documento «Plan» del punto 1.")
    assert client.get(carried).content == PDF
    for nowhere in (
        f"{SESSION}convocatoria-1/documentos/2/",
        f"{SESSION}convocatoria-2/documentos/1/",
    ):
        assert client.get(nowhere).status_code == 404


def test_a_point_that_is_taken_off_takes_its_papers_along(client, secretary, session, point):
    attach(client, point, sent())
    assertRedirects(client.post(f"{PAGE}{point.pk}/quitar/"), PAGE)
    assert not StoredFile.objects.exists()


# --- Reading them ---------------------------------------------------------------------------


def test_a_paper_is_downloaded_and_never_shown(client, secretary, point):
    attach(client, point, sent("Línea «base».pdf"))
    response = client.get(of(point.papers.get()))
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''L%C3%ADnea%20%C2%ABbase%C2%BB.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_public_reads_no_papers(client, secretary, session, point):
    attach(client, point, sent())
    paper = point.papers.get()
    kit.acta(session)
    client.logout()
    assertNotContains(client.get(SESSION), "documentos/")
    assertRedirects(client.get(of(paper)), f"/ingresar/?next={of(paper)}")


def test_a_paper_of_another_session_or_of_none(client, secretary, point):
    attach(client, point, sent())
    kit.session(120)
    elsewhere = of(point.papers.get()).replace("121", "120")
    for path in (elsewhere, f"{SESSION}documentos/{'9' * 30}/", f"{SESSION}documentos/0/"):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}quitar/").status_code == 404


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.OBSERVER, Role.ADMIN])
def test_only_the_secretary_attaches_and_takes_off(client, secretary, point, role):
    attach(client, point, sent())
    client.force_login(kit.user(role))
    paths = (f"{PAGE}{point.pk}/documentos/", of(point.papers.get(), "quitar/"), f"{PAGE}orden/")
    assert [client.post(path).status_code for path in paths] == [403, 403, 403]
    assert titles(point) == ["Plan"]


def test_an_approved_acta_closes_them(client, secretary, session, point):
    attach(client, point, sent())
    kit.acta(session)
    assert attach(client, point, sent("b.pdf")).status_code == 403
    assert client.post(of(point.papers.get(), "quitar/")).status_code == 403
    assert titles(point) == ["Plan"]


# --- By the link of the invitation ----------------------------------------------------------


def test_whoever_holds_the_link_reads_what_was_sent(client, secretary, session, point):
    attach(client, point, sent(), sent("Matriz.xlsx", office(SHEETS)))
    send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    point.papers.first().remove()
    client.logout()
    page = session.invitations.get(person__given_names="Tita").get_absolute_url()
    assertContains(client.get(page), f"{page}documentos/1/")
    response = client.get(f"{page}documentos/1/")
    assert (response.content, response["X-Robots-Tag"]) == (PDF, "noindex")
    assert client.get(f"{page}documentos/2/")["Content-Type"].endswith("sheet")
    for path in (f"{page}documentos/3/", "/convocatoria/x.y/documentos/1/"):
        assert client.get(path).status_code == 404


def test_the_link_expires_for_the_papers_as_well(client, secretary, session, point, settings):
    attach(client, point, sent())
    send(session, summoned.act(), expected=SummonsKind.SUMMONS, reason="")
    page = session.invitations.get(person__given_names="Tita").get_absolute_url()
    settings.TODAY = "2020-02-15"
    assert client.get(f"{page}documentos/1/").status_code == 404


# --- The order ------------------------------------------------------------------------------


def test_the_whole_list_is_put_in_order(client, secretary, session, point):
    for title in ("Dos", "Tres"):
        AgendaItem(session=session, title=title).append()
    AgendaItem(session=session, title="Propuesto", state=AgendaState.PROPOSED).append()
    one, two, three = session.agenda_items.accepted()
    response = client.post(f"{PAGE}orden/", {"punto": [three.pk, one.pk, two.pk]}, follow=True)
    assertRedirects(response, PAGE)
    assert said(response) == ["Se guardó el nuevo orden."]
    assert list(session.agenda_items.accepted()) == [three, one, two]
    assert session.agenda_items.last().title == "Propuesto"


@pytest.mark.parametrize("wrong", ["missing", "twice", "foreign", "words", "nothing"])
def test_an_order_of_other_points_changes_nothing(client, secretary, session, point, wrong):
    AgendaItem(session=session, title="Dos").append()
    foreign = AgendaItem.objects.create(session=kit.session(120), position=1, title="Ajeno")
    one, two = (item.pk for item in session.agenda_items.all())
    order = {
        "missing": [two],
        "twice": [two, two, one],
        "foreign": [two, foreign.pk, one],
        "words": [two, "uno", "²"],
        "nothing": [],
    }[wrong]
    response = client.post(f"{PAGE}orden/", {"punto": order}, follow=True)
    assert said(response)[0].startswith("Mientras tanto cambió el orden del día")
    assert [item.pk for item in session.agenda_items.all()] == [one, two]
