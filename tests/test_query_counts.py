"""Each page asks the database a fixed number of times, however many rows there are.

With the demo data, and then with 50 sessions of 20 agreements, 30 more entities, and a plan of 500
indicators with 20 events each.
"""

import pytest
from django.db import transaction
from django.urls import get_resolver, resolve
from pytest_django import DjangoDbBlocker

from benchmarks.pages import PAGES, admin_forms, admin_pages, count_queries, load_bulk, load_demo

# For the database itself: its rows are those of the fixture, made once for all.
pytestmark = pytest.mark.django_db

QUERIES: dict[str, int] = {
    "Inicio": 4,
    "Inicio de la Secretaría": 16,
    "Inicio del representante": 18,
    "Inicio del observador": 14,
    "Inicio de la administración": 8,
    "Ingreso": 0,
    "Sesiones": 9,
    "Sesiones, a la Secretaría": 15,
    "Sesión": 14,
    "Sesión, a la Secretaría": 22,
    "Nueva sesión": 6,
    "Nueva sesión, con lo pendiente": 13,
    "Edición de una sesión": 10,
    "Cancelación de una sesión": 7,
    "Edición del orden del día": 9,
    "Convocatoria": 15,
    "Asistencia": 20,
    "Tablero de asientos": 10,
    "Acta aprobada": 2,
    "Acta aprobada en PDF": 2,
    "Acta aprobada en DOCX": 1,
    "Acta aprobada en texto": 1,
    "Versiones del acta": 3,
    "Versiones del acta, comparadas": 4,
    "Versión del acta en PDF": 3,
    "Envío del acta a revisión": 7,
    "Fe de erratas": 7,
    "Certificado": 13,
    "Acta en borrador": 33,
    "Revisión del acta": 30,
    "Observaciones al borrador": 16,
    "Acta que se escribe": 48,
    "Propuestas para el acta": 43,
    "Anexos del acta": 10,
    "Votación de un acuerdo": 16,
    "Acuerdos, a la Secretaría": 14,
    "Acuerdos, al representante": 14,
    "Miembros": 2,
    "Entidad": 4,
    "Tablero del POA": 21,
    "Matriz del POA": 16,
    "Matriz del POA, filtrada": 17,
    "Requerimientos": 15,
    "Reportes de ejecución": 12,
    "Nuevo reporte": 10,
    "Evaluaciones": 2,
    "Nueva evaluación": 11,
    "Línea de acción": 14,
    "Anexo en Excel": 10,
    "Plan nacional": 5,
    "Plan nacional, a la Secretaría": 11,
    "Nuevo plan operativo": 10,
    "Edición del plan": 14,
    "Nuevo indicador": 10,
    "Edición de un indicador": 12,
    "Aprobación del plan": 13,
    "Ampliación de los ajustes": 8,
    "Consolidación del plan": 13,
    "Cierre del plan": 7,
    "Ajustes, a la Secretaría": 10,
    "Ajustes, al representante": 11,
    "Cambio de una meta": 12,
    "Versiones del plan": 6,
    "Versiones del plan, comparadas": 4,
    "Importación de un plan": 6,
    "Plantilla del plan": 11,
    "Tablero del POA, filtrado": 20,
    "Tablero del POA en PDF": 17,
    "Cómo se calculó": 10,
    "Cómo se calculó, en una región": 13,
    "Institución en el POA": 9,
    "Proyector del POA": 8,
    "Proyector del POA, por institución": 9,
    "Ambición de las metas": 13,
}
ADMIN_QUERIES: dict[str, int] = {
    "Administración": 3,
    "Administración: entidades": 5,
    "Administración: personas": 5,
    "Administración: membresías": 5,
    "Administración: designaciones": 8,
    "Administración: usuarios": 7,
    "Administración: documentos emitidos": 5,
    "Administración: sesiones": 7,
    "Administración: orden del día": 5,
    "Administración: actas": 5,
    "Administración: pedidos": 5,
    "Administración: acuerdos": 8,
    "Administración: reglas del quórum": 5,
    "Administración: plazos de convocatoria": 5,
    "Administración: membretes": 5,
    "Administración: frases de uso": 5,
    "Administración: fórmulas de las propuestas": 5,
    "Administración: planes nacionales": 5,
    "Administración: objetivos específicos": 6,
    "Administración: ejes estratégicos": 6,
    "Administración: estrategias": 7,
    "Administración: líneas de acción": 7,
    "Administración: unidades de medida": 5,
    "Administración: plazos de los reportes": 5,
    "Administración: días no laborables": 7,
    "Administración: leyenda": 5,
    "Administración: planes operativos": 5,
    "Administración: indicadores": 7,
    "Administración: eventos": 8,
    "Administración: observaciones": 6,
}
FORM_QUERIES: dict[str, int] = {
    "Administración, ficha: entidades": 5,
    "Administración, ficha: personas": 3,
    "Administración, ficha: membresías": 5,
    "Administración, ficha: designaciones": 7,
    "Administración, ficha: usuarios": 5,
    "Administración, ficha: documentos emitidos": 3,
    "Administración, ficha: sesiones": 57,
    "Administración, ficha: orden del día": 22,
    "Administración, ficha: actas": 34,
    "Administración, ficha: pedidos": 11,
    "Administración, ficha: acuerdos": 16,
    "Administración, ficha: reglas del quórum": 3,
    "Administración, ficha: plazos de convocatoria": 3,
    "Administración, ficha: membretes": 3,
    "Administración, ficha: frases de uso": 3,
    "Administración, ficha: planes nacionales": 3,
    "Administración, ficha: objetivos específicos": 4,
    "Administración, ficha: ejes estratégicos": 4,
    "Administración, ficha: estrategias": 6,
    "Administración, ficha: líneas de acción": 7,
    "Administración, ficha: unidades de medida": 3,
    "Administración, ficha: plazos de los reportes": 3,
    "Administración, ficha: leyenda": 3,
    "Administración, ficha: planes operativos": 9,
    "Administración, ficha: indicadores": 10,
    "Administración, ficha: eventos": 5,
    "Administración, ficha: observaciones": 7,
}
ALL_QUERIES = QUERIES | ADMIN_QUERIES | FORM_QUERIES
# They show no rows: a redirection, «ok», addresses that take no GET, and what has a page by a
# number of the database or for a session to come only.
NO_PAGES = {
    # No plan is evaluated here in the demo: see tests/poa/evaluating.
    "evaluation_detail",
    "evaluation_pdf",
    "evaluation_workbook",
    "evaluation_update",
    "evaluation_approve",
    "evaluation_remove",
    "observations_edit",
    # Nobody is asked nor reports in the demo: see tests/poa/reporting.
    "request_create",
    "request_detail",
    "request_update",
    "request_send",
    "request_remove",
    "request_remind",
    "request_extend",
    "request_pdf",
    "requested_report",
    "report_detail",
    "report_send",
    "report_accept",
    "report_return",
    "report_reopen",
    "reported_indicator_save",
    "reported_event_create",
    "reported_event_save",
    "reported_event_remove",
    "evidence_add",
    "evidence_file",
    "evidence_remove",
    "paper_save",
    "paper_file",
    "plan_import_year",
    "plan_import_preview",
    "plan_import_commented",
    "acta_presence",
    "block_create",
    "block_restore",
    "block_update",
    "block_move",
    "block_split",
    "block_join",
    "block_remove",
    "plan_latest",
    "indicator_remove",
    "change_decide",
    "change_withdraw",
    "node_create",
    "node_update",
    "node_remove",
    "health",
    "logout",
    "agenda_propose",
    "agenda_item_update",
    "agenda_item_move",
    "agenda_item_remove",
    "agenda_item_accept",
    "agenda_reorder",
    "agenda_paper_add",
    "agenda_paper",
    "agenda_paper_remove",
    "agenda_item_decline",
    "summons_send",
    "summons_resend",
    "summons_preview",
    "summons_pdf",
    "guest_remove",
    "summons_paper",
    "invitation_answer",
    "invitation_paper",
    "attendance_save",
    "attendance_add",
    "attendance_create",
    "session_call",
    "session_conduct",
    "session_install",
    "session_fail",
    "signatories_adopt",
    "proposal_take",
    "proposal_decline",
    "proposal_undo",
    "annex_attach",
    "annex_update",
    "annex_refresh",
    "annex_move",
    "annex_remove",
    "finding_dismiss",
    "finding_restore",
    "certificate_pdf",
    "dissent_reasons",
    "errata_pdf",
    "circulation_open",
    "circulation_extend",
    "circulation_close",
    "circulation_add",
    "circulation_resend",
    "remark_decide",
    "reader_detail",
    "reader_open",
    "reader_agree",
    "remark_general",
    "remark_create",
    "remark_update",
    "remark_withdraw",
}


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, tuple[int, int]]:
    """Each page's queries with few and with many rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        pages = [*PAGES, *admin_pages(), *admin_forms()]
        clients = [page.client() for page in pages]
        asked = list(zip(pages, clients, strict=True))
        # Twice: the first time fills Django's own caches.
        for _ in range(2):
            few = [count_queries(client, page.path) for page, client in asked]
        load_bulk()
        many = [count_queries(client, page.bulk_path or page.path) for page, client in asked]
        transaction.set_rollback(True)
    names = [page.name for page in pages]
    return dict(zip(names, zip(few, many, strict=True), strict=True))


def test_every_page_is_listed():
    listed = {resolve(page.path.partition("?")[0]).url_name for page in PAGES}
    assert {name for name in get_resolver().reverse_dict if isinstance(name, str)} == (
        listed | NO_PAGES
    )


def test_every_page_is_pinned(counts):
    assert list(counts) == list(ALL_QUERIES)


@pytest.mark.parametrize(("name", "queries"), ALL_QUERIES.items())
def test_queries_do_not_grow(counts, name: str, queries: int):
    assert counts[name] == (queries, queries)
