"""What an acta says of the operating plan: the text proposed and the matrix as an annex."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from cnlctf.lib.frozen import freeze
from members.choices import Role
from poa.choices import PlanState
from poa.models import OperatingPlan, Participation
from poa.plan_matrix import annex_block
from poa.session_report import matrices, plan_of
from sessions.acta_document import approve
from sessions.models import Acta, Annex, ProposalPattern
from tests.poa.plans import make_plan
from tests.sessions import kit
from tests.sessions.acta_factory import make_acta
from tests.sessions.proposals.made import lines, proposed

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2021, 3, 18)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2021, 3, 18), 2020),
        (datetime.date(2021, 3, 31), 2020),
        (datetime.date(2021, 4, 1), 2021),
        (datetime.date(2021, 12, 1), 2021),
        (datetime.date(2022, 6, 1), 2021),
        (datetime.date(2023, 1, 5), None),
    ],
)
def test_the_plan_that_a_session_tells_of(day: datetime.date, year: int | None) -> None:
    """In the first quarter the year that ended; a draft never; one two years old no more."""
    for of in (2020, 2021):
        make_plan(year=of)
    OperatingPlan.objects.create(
        year=2022, national_plan=OperatingPlan.objects.get(year=2021).national_plan
    )
    plan = plan_of(kit.session(7, held_on=day))
    assert (plan.year if plan else None) == year


def test_the_plan_that_a_session_evaluates_goes_first() -> None:
    session = kit.session(7, held_on=datetime.date(2021, 6, 1))
    make_plan(year=2021)
    old = make_plan(year=2018)
    old.evaluated_in = session
    old.save()
    assert plan_of(session) == old
    assert {offer.slug for offer in matrices(session)} == {"poa-matriz-2018", "poa-matriz-2021"}


def test_without_a_plan_nothing_is_proposed() -> None:
    acta = make_acta()
    assert proposed(acta, "poa") is None
    plan = make_plan(lines=0, year=2020)
    assert proposed(acta, "poa") is None
    plan.state = PlanState.DRAFT
    plan.save()
    assert list(matrices(acta.session)) == []


def test_the_three_figures_go_together() -> None:
    acta = make_acta()
    make_plan(lines=2, events=3, year=2020)
    proposal = proposed(acta, "poa")
    assert proposal.texts == {
        "title": "Sobre la evaluación del cumplimiento de las actividades realizadas del Plan "
        "Operativo Anual 2020 de la CP",
        "body": "- Se informó el cumplimiento de metas de las líneas de acción correspondientes "
        "al Plan Operativo Anual 2020: 0 de 2 metas alcanzadas, 30\N{NO-BREAK SPACE}% de avance "
        "promedio y 2 de 2 indicadores con reporte.",
    }
    assert (proposal.kind, proposal.place) == ("informe", 4)


def test_who_has_not_reported_is_named() -> None:
    acta = make_acta()
    make_plan(lines=2, year=2020)
    Participation.objects.filter(indicator__name="Eventos 2").delete()
    figures, *others = lines(acta, "poa")
    assert figures.endswith(
        "—\N{NO-BREAK SPACE}".rstrip() + " de avance promedio y 0 de 2 indicadores con reporte."
    )
    assert others == [
        "- Están pendientes de reporte:",
        "  - LA 1.1.1, «Eventos 1»: SUNAFIL.",
        "  - LA 1.1.2, «Eventos 2»: sin institución responsable.",
    ]


def test_the_annex_is_named_by_its_number() -> None:
    acta = make_acta()
    plan = make_plan(events=1, year=2020)
    assert "Ver anexo" not in lines(acta, "poa")[0]
    content = freeze(annex_block(plan))
    Annex.objects.create(
        acta=acta, number=2, title="Matriz", content=content, source="poa-matriz-2020"
    )
    assert lines(acta, "poa")[0].endswith("1 de 1 indicadores con reporte. Ver anexo 2.")


@pytest.mark.parametrize("slug", ["poa-titulo", "poa-cifras"])
def test_an_empty_pattern_proposes_nothing(slug: str) -> None:
    acta = make_acta()
    make_plan(events=1, year=2020)
    ProposalPattern.objects.create(slug=slug, text="")
    assert proposed(acta, "poa") is None


def test_of_the_plan_of_2019_as_so_120_evaluated_it(demo: OperatingPlan) -> None:
    figures, *others = lines(Acta.objects.get(session__number=120), "poa")
    assert figures.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "al Plan Operativo Anual 2019: 7 de 12 metas alcanzadas, 73 % de avance promedio y 10 de "
        "12 indicadores con reporte. Ver anexo 1."
    )
    assert len(others) == 3


def test_the_annex_attached_from_the_page_prints_as_the_demo_s(client: Client) -> None:
    """To the byte, the whole acta."""
    call_command("load_demo", verbosity=0)
    issued = Acta.objects.get(session__number=120).issued
    acta = Acta.objects.get(session__number=120)
    acta.reopen(at=issued.issued_at, by=None, reason="Otra vez")
    acta.annexes.all().delete()
    client.force_login(kit.user(Role.SECRETARY))
    client.post("/sesiones/so-120/anexos/agregar/poa-matriz-2019/")
    again = approve(acta, by=None, at=issued.issued_at)
    assert again.version == 2
    assert again.sha256 == issued.sha256
