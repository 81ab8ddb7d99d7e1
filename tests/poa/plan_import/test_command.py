"""``manage.py poa_import``: 0 and what was done, or 1 and what is wrong, in Spanish."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from poa.models import OperatingPlan
from tests.poa.plan_import.printed import printed_workbook, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(saved(printed_workbook()))
    return path


def run(*arguments) -> str:
    out = StringIO()
    call_command("poa_import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_dry_run_says_all_and_does_nothing(path):
    out = run(path, "--year", 2020, "--dry-run")
    assert "Aviso en Anexo 1!J14 «LA 2.1.1»: LA 2.1.1 no corresponde a E 1.8." in out
    assert "+ Indicador 1.3.3-1\n" in out
    assert "Plan Operativo Anual 2020: se importaría, 35 registros nuevos y 0 cambiados." in out
    assert not OperatingPlan.objects.filter(year=2020).exists()


def test_it_imports_and_a_second_time_changes_nothing(path):
    assert "importado, 35 registros nuevos" in run(path, "--year", 2020)
    assert OperatingPlan.objects.get(year=2020).indicators.count() == 14
    assert run(path, "--year", 2020).endswith("Plan Operativo Anual 2020: nada que cambiar.\n")


def test_a_workbook_with_errors_is_refused_with_the_list(path):
    workbook = printed_workbook()
    workbook.worksheets[0]["M6"] = "Eventoz"
    path.write_bytes(saved(workbook))
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("poa_import", str(path), "--year", "2020", stdout=out)
    assert "Error en Anexo 1!M6 «Eventoz»: No hay una unidad de medida «Eventoz»." in out.getvalue()
    assert str(error.value) == "No se importó nada: el libro tiene un error."
    assert error.value.returncode == 1
    assert not OperatingPlan.objects.filter(year=2020).exists()


@pytest.mark.parametrize("year", ["dos mil", "19", "-1", "99999999999999999999"])
def test_an_unknown_year(path, year):
    with pytest.raises(CommandError) as error:
        run(path, f"--year={year}")
    assert str(error.value) == f"«{year}» no es un año."


@pytest.mark.parametrize(
    ("year", "reason"),
    [("2040", "No hay un plan nacional vigente"), ("1999", "No hay un plan nacional vigente")],
)
def test_a_year_that_can_have_no_plan(path, year, reason):
    with pytest.raises(CommandError, match=reason):
        run(path, "--year", year)


def test_files_that_cannot_be_read(tmp_path):
    missing = tmp_path / "no.xlsx"
    with pytest.raises(CommandError, match="No se puede leer"):
        run(missing, "--year", 2020)
    with pytest.raises(CommandError, match="No se puede leer"):
        run(tmp_path, "--year", 2020)
    missing.write_bytes(b"hola")
    with pytest.raises(CommandError, match="No se reconoce"):
        run(missing, "--year", 2020)
