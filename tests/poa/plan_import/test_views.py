"""From the upload to the imported plan, and everything that may stand in between."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cnlctf.lib.workbook_reading import read
from members.models import User
from poa.models import Indicator, OperatingPlan, PlanUpload
from poa.models.upload import KEPT_FOR
from poa.plan_workbook import plan_workbook
from tests.lib.workbooks import SHEET, plain, rewritten, sheet_of_rows
from tests.poa.plan_import.printed import printed_workbook, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def secretary(client, django_user_model):
    user = User.objects.create_superuser("importa", password="x")
    client.force_login(user)
    return user


def post(client, content: bytes, year=2020, name="plan.xlsx"):
    file = SimpleUploadedFile(name, content, MEDIA_TYPE)
    return client.post("/poa/importar/", {"year": year, "file": file})


def kept(client, content: bytes, year=2020) -> PlanUpload:
    response = post(client, content, year)
    upload = PlanUpload.objects.get(year=year)
    assertRedirects(response, f"/poa/importar/{upload.pk}/", fetch_redirect_response=False)
    return upload


def test_upload_preview_confirm(client, secretary):
    upload = kept(client, saved(printed_workbook()))
    page = client.get(upload.get_absolute_url())
    assertContains(page, "LA 2.1.1 no corresponde a E 1.8.")
    assertContains(page, "Repetida: ¿es la misma que la de L9?")
    assertContains(page, "Plan Operativo Anual 2020, en borrador")
    assert not OperatingPlan.objects.filter(year=2020).exists()
    digest = page.context["found"].digest
    done = client.post(upload.get_absolute_url(), {"digest": digest, "accepts_warnings": "on"})
    assertRedirects(done, "/poa/2020/", fetch_redirect_response=False)
    assert Indicator.objects.filter(plan__year=2020).of_lines().count() == 12
    assert not PlanUpload.objects.exists()


def test_warnings_are_accepted_as_a_whole(client, secretary):
    upload = kept(client, saved(printed_workbook()))
    digest = client.get(upload.get_absolute_url()).context["found"].digest
    page = client.post(upload.get_absolute_url(), {"digest": digest})
    assertContains(page, "Para importar, acepte los avisos o corrija el libro.")
    assert not OperatingPlan.objects.filter(year=2020).exists()


def test_a_plan_that_changed_meanwhile_is_read_again(client, secretary):
    upload = kept(client, saved(printed_workbook()))
    answer = {"digest": "otra", "accepts_warnings": "on"}
    response = client.post(upload.get_absolute_url(), answer, follow=True)
    assertContains(response, "El plan cambió desde que abrió esta página")
    assert not OperatingPlan.objects.filter(year=2020).exists()


def test_with_errors_there_is_nothing_to_confirm(client, secretary):
    workbook = printed_workbook()
    workbook.worksheets[0]["M6"] = "Eventoz"
    workbook.worksheets[0]["Q15"] = "26%\n26%"
    upload = kept(client, saved(workbook))
    page = client.get(upload.get_absolute_url())
    assertContains(page, "¿Quiso decir «Evento»?")
    assertContains(page, "26 % no coincide con 3/1.")
    assertNotContains(page, "Importar al POA")
    answer = {"digest": page.context["found"].digest, "accepts_warnings": "on"}
    assertContains(client.post(upload.get_absolute_url(), answer), "No se puede importar todavía")
    assert not OperatingPlan.objects.filter(year=2020).exists()


def test_the_same_file_again_has_nothing_to_import(client, secretary, demo):
    upload = kept(client, plan_workbook(demo), 2019)
    page = client.get(upload.get_absolute_url())
    assertContains(page, "No hay nada que importar")
    assertNotContains(page, "Importar al POA")


def test_the_workbook_comes_back_with_comments(client, secretary):
    upload = kept(client, saved(printed_workbook()))
    response = client.get(f"/poa/importar/{upload.pk}/comentado.xlsx")
    assert response.headers["Content-Disposition"].endswith('"poa-2020-comentado.xlsx"')
    sheet = load_workbook(BytesIO(response.content))["Anexo 1"]
    assert sheet["J14"].comment.text.startswith("Aviso: LA 2.1.1 no corresponde a E 1.8.")
    assert sheet["J6"].comment is None


def test_nobody_else_s_and_not_after_a_day(client, secretary, django_user_model):
    upload = kept(client, saved(printed_workbook()))
    PlanUpload.objects.update(uploaded_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    for path in ("", "comentado.xlsx"):
        assert client.get(f"{upload.get_absolute_url()}{path}").status_code == 404
    PlanUpload.objects.update(uploaded_at=timezone.now())
    client.force_login(User.objects.create_superuser("otra", password="x"))
    assert client.get(upload.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("year", ["", "dos mil", "1999", "99999999999999999999", "-1"])
def test_no_such_year(client, secretary, year):
    response = post(client, saved(printed_workbook()), year)
    assert response.status_code == 200
    assert response.context["form"].errors["year"]


def test_a_year_without_national_plan(client, secretary):
    response = post(client, saved(printed_workbook()), 2040)
    assertContains(response, "No hay un plan nacional vigente a fines de 2040")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.xlsx", b"hola", "No se reconoce"),
        ("plan.xlsx", b"", "vacío"),
        ("plan.xlsx", plain(["hola"])[:300], "dañado"),
        ("plan.xlsx", plain(["hola"]), "ninguna tabla con los encabezados"),
        ("plan.xlsx", rewritten(plain(["x"]), {"xl/vbaProject.bin": b"x"}), "macros"),
        (
            "plan.xlsx",
            rewritten(plain(["x"]), {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
            "vínculos a otros libros",
        ),
        (
            "plan.xlsx",
            rewritten(plain(["x"]), {SHEET: sheet_of_rows(100_000)}),
            "más abajo de la fila 20,000",
        ),
        (
            "plan.xlsx",
            rewritten(plain(["x"]), {"xl/media/a.bin": b"0" * 60_000_000}),
            "ocuparía demasiado",
        ),
    ],
    ids=["words", "empty", "cut", "other", "macros", "links", "rows", "bomb"],
)
def test_files_that_lie(client, secretary, name, content, reason):
    response = post(client, content, name=name)
    assert response.status_code == 200
    assert reason in str(response.context["form"].errors["file"])
    assert not PlanUpload.objects.exists()


def test_the_template_of_a_plan_and_of_a_year_without_one(client, secretary):
    for year, rows in ((2019, 14), (2021, 9)):
        response = client.get(f"/poa/{year}/plantilla.xlsx")
        plan = read(response.content)[0]
        assert len(plan.rows) == rows + 1
    assert client.get("/poa/2040/plantilla.xlsx").status_code == 404
    assert client.get("/poa/99999999999999999999/plantilla.xlsx").status_code == 404
    assert client.get("/poa/importar/99999999999999999999/").status_code == 404


def test_the_page_of_a_year_offers_its_template(client, secretary):
    assertContains(client.get("/poa/2019/importar/"), "/poa/2019/plantilla.xlsx")
