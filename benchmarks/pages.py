"""Every page of the site that one can ask for, as the demo data have it and with many rows."""

from http import HTTPStatus
from io import StringIO
from typing import NamedTuple

from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import bulk, bulk_plans
from members.models import User
from sessions.models import Session


class Page(NamedTuple):
    """``bulk_path`` is the same page of a record that has many rows; empty: the same address.

    ``user`` is an account of the demo, or nobody.
    """

    name: str
    path: str
    bulk_path: str = ""
    user: str = ""

    def client(self) -> Client:
        client = Client()
        if self.user:
            client.force_login(User.objects.get(username=self.user))
        return client


PAGES = (
    Page("Inicio", "/"),
    Page("Inicio de la Secretaría", "/", user="secretaria"),
    Page("Inicio del representante", "/", user="representante"),
    Page("Inicio del observador", "/", user="observador"),
    Page("Inicio de la administración", "/", user="admin"),
    Page("Ingreso", "/ingresar/"),
    Page("Sesiones", "/sesiones/"),
    Page("Sesiones, a la Secretaría", "/sesiones/", user="secretaria"),
    Page("Sesión", "/sesiones/so-120/", "/sesiones/so-49/"),
    Page("Sesión, a la Secretaría", "/sesiones/so-120/", "/sesiones/so-49/", "secretaria"),
    Page("Nueva sesión", "/sesiones/nueva/", user="secretaria"),
    Page(
        "Nueva sesión, con lo pendiente",
        "/sesiones/nueva/?clase=ordinaria&fecha=2020-05-21",
        user="secretaria",
    ),
    Page(
        "Edición de una sesión", "/sesiones/so-60/editar/", "/sesiones/so-50/editar/", "secretaria"
    ),
    Page("Cancelación de una sesión", "/sesiones/so-121/cancelar/", user="secretaria"),
    Page(
        "Edición del orden del día",
        "/sesiones/so-60/agenda/",
        "/sesiones/so-50/agenda/",
        "secretaria",
    ),
    Page("Convocatoria", "/sesiones/so-121/convocatoria/", user="secretaria"),
    Page(
        "Asistencia",
        "/sesiones/so-60/asistencia/",
        "/sesiones/so-50/asistencia/",
        "secretaria",
    ),
    Page(
        "Tablero de asientos",
        "/sesiones/so-60/tablero/",
        "/sesiones/so-50/tablero/",
        "representante",
    ),
    Page("Acta aprobada", "/sesiones/so-120/acta/"),
    Page("Acta aprobada en PDF", "/sesiones/so-120/acta.pdf"),
    Page("Acta aprobada en DOCX", "/sesiones/so-120/acta.docx"),
    Page("Acta aprobada en texto", "/sesiones/so-120/acta.txt"),
    Page("Versiones del acta", "/sesiones/so-120/acta/versiones/"),
    Page("Versiones del acta, comparadas", "/sesiones/so-120/acta/versiones/comparar/?de=1&a=1"),
    Page("Versión del acta en PDF", "/sesiones/so-120/acta/versiones/1.pdf"),
    Page("Envío del acta a revisión", "/sesiones/so-60/acta/enviar/", user="secretaria"),
    Page("Fe de erratas", "/sesiones/so-120/acta/erratas/", user="secretaria"),
    Page("Certificado", "/sesiones/so-120/acuerdos/1/certificado/", user="secretaria"),
    Page("Acta en borrador", "/sesiones/so-60/acta/", "/sesiones/so-50/acta/", "secretaria"),
    Page(
        "Revisión del acta",
        "/sesiones/so-60/acta/revision/",
        "/sesiones/so-50/acta/revision/",
        "secretaria",
    ),
    Page(
        "Observaciones al borrador",
        "/sesiones/so-60/acta/observaciones/",
        "/sesiones/so-50/acta/observaciones/",
        "secretaria",
    ),
    Page(
        "Acta que se escribe",
        "/sesiones/so-60/acta/editar/",
        "/sesiones/so-50/acta/editar/",
        "secretaria",
    ),
    Page(
        "Propuestas para el acta",
        "/sesiones/so-60/acta/propuestas/",
        "/sesiones/so-50/acta/propuestas/",
        "secretaria",
    ),
    Page(
        "Anexos del acta",
        "/sesiones/so-60/anexos/",
        "/sesiones/so-50/anexos/",
        "secretaria",
    ),
    Page(
        "Votación de un acuerdo",
        "/sesiones/so-60/acuerdos/1/votacion/",
        "/sesiones/so-50/acuerdos/1/votacion/",
        "secretaria",
    ),
    Page("Acuerdos, a la Secretaría", "/acuerdos/", user="secretaria"),
    Page("Acuerdos, al representante", "/acuerdos/", user="representante"),
    Page("Miembros", "/miembros/"),
    Page("Entidad", "/miembros/minjus/", "/miembros/ent1/"),
    Page("Tablero del POA", "/poa/2019/", "/poa/2020/"),
    Page("Matriz del POA", "/poa/2019/matriz/", "/poa/2020/matriz/"),
    Page(
        "Matriz del POA, filtrada",
        "/poa/2019/matriz/?institucion=sunafil",
        "/poa/2020/matriz/?institucion=sunafil",
    ),
    Page(
        "Requerimientos",
        "/poa/2019/requerimientos/",
        "/poa/2020/requerimientos/",
        "secretaria",
    ),
    Page("Reportes de ejecución", "/poa/2019/reportes/", "/poa/2020/reportes/", "representante"),
    Page("Nuevo reporte", "/poa/2019/reportes/nuevo/", "/poa/2020/reportes/nuevo/", "secretaria"),
    Page("Evaluaciones", "/poa/2019/evaluaciones/", "/poa/2020/evaluaciones/"),
    Page(
        "Nueva evaluación",
        "/poa/2019/evaluaciones/nueva/",
        "/poa/2020/evaluaciones/nueva/",
        "secretaria",
    ),
    Page("Línea de acción", "/poa/2019/lineas/1.3.3/", "/poa/2020/lineas/1.3.3/"),
    Page("Anexo en Excel", "/poa/2019/anexo.xlsx", "/poa/2020/anexo.xlsx"),
    Page("Plan nacional", "/poa/arbol/", "/poa/arbol/?plan=Plan 2020"),
    Page(
        "Plan nacional, a la Secretaría", "/poa/arbol/", "/poa/arbol/?plan=Plan 2020", "secretaria"
    ),
    Page(
        "Nuevo plan operativo",
        "/poa/nuevo/?desde=2019",
        "/poa/nuevo/?desde=2020",
        "secretaria",
    ),
    Page("Edición del plan", "/poa/2021/editar/", "/poa/2023/editar/", "secretaria"),
    Page(
        "Nuevo indicador",
        "/poa/2021/editar/agregar/1.3.3/",
        "/poa/2023/editar/agregar/1.1.1/",
        "secretaria",
    ),
    Page(
        "Edición de un indicador",
        "/poa/2021/editar/1.3.3-1/",
        "/poa/2023/editar/1.1.1-1/",
        "secretaria",
    ),
    Page("Aprobación del plan", "/poa/2021/aprobar/", "/poa/2023/aprobar/", "secretaria"),
    Page("Ampliación de los ajustes", "/poa/2022/ampliar/", "/poa/2024/ampliar/", "secretaria"),
    Page("Consolidación del plan", "/poa/2022/consolidar/", "/poa/2024/consolidar/", "secretaria"),
    Page("Cierre del plan", "/poa/2019/cerrar/", user="secretaria"),
    Page("Ajustes, a la Secretaría", "/poa/2022/ajustes/", "/poa/2024/ajustes/", "secretaria"),
    Page("Ajustes, al representante", "/poa/2022/ajustes/", "/poa/2024/ajustes/", "representante"),
    Page(
        "Cambio de una meta",
        "/poa/2022/ajustes/1.3.3-1/",
        "/poa/2024/ajustes/1.1.1-1/",
        "secretaria",
    ),
    Page("Versiones del plan", "/poa/2022/versiones/", "/poa/2024/versiones/"),
    Page(
        "Versiones del plan, comparadas",
        "/poa/2022/versiones/1/1/",
        "/poa/2024/versiones/1/1/",
    ),
    Page("Importación de un plan", "/poa/importar/", user="secretaria"),
    Page(
        "Plantilla del plan",
        "/poa/2019/plantilla.xlsx",
        "/poa/2020/plantilla.xlsx",
        "secretaria",
    ),
    Page("Tablero del POA, filtrado", "/poa/2019/?unidad=persona", "/poa/2020/?unidad=evento"),
    Page("Tablero del POA en PDF", "/poa/2019/tablero.pdf", "/poa/2020/tablero.pdf"),
    Page("Cómo se calculó", "/poa/2019/calculo/", "/poa/2020/calculo/"),
    Page(
        "Cómo se calculó, en una región",
        "/poa/2019/calculo/?region=cusco",
        "/poa/2020/calculo/?region=cusco",
    ),
    Page(
        "Institución en el POA",
        "/poa/2019/instituciones/sunafil/",
        "/poa/2020/instituciones/sunafil/",
    ),
    Page("Proyector del POA", "/poa/2019/proyector/", "/poa/2020/proyector/"),
    Page(
        "Proyector del POA, por institución",
        "/poa/2019/proyector/?por=institucion&solo=todo",
        "/poa/2020/proyector/?por=institucion&solo=todo",
    ),
    Page(
        "Ambición de las metas",
        "/poa/2019/ambicion/",
        "/poa/2020/ambicion/",
        "representante",
    ),
)


def admin_pages() -> list[Page]:
    """The admin's front page and its every list."""
    lists = (
        Page(
            f"Administración: {model._meta.verbose_name_plural}",
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            user="admin",
        )
        for model in admin.site._registry
    )
    return [Page("Administración", reverse("admin:index"), user="admin"), *lists]


def admin_forms() -> list[Page]:
    """The form of the last row of each kind, now and when there are many others."""
    rows = ((model, model._default_manager.order_by("pk").last()) for model in admin.site._registry)
    return [
        Page(
            f"Administración, ficha: {model._meta.verbose_name_plural}",
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]
            ),
            user="admin",
        )
        for model, row in rows
        if row
    ]


def count_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != HTTPStatus.OK:
        raise ValueError(f"{path} answers {response.status_code}")
    return len(queries)


def load_demo() -> None:
    """The demo data, and besides a draft of an acta with one agreement: they hold none."""
    call_command("load_demo", "--accounts", stdout=StringIO())
    bulk.add_sessions(range(60, 61), agreements=1)
    bulk_plans.follow_demo()


def load_bulk() -> None:
    bulk.add_entities(30)
    bulk.add_sessions(range(1, 51), agreements=20)
    plan = bulk.add_plan(2020, indicators=500, events=20)
    # The draft of an acta tells of the large plan, as the other one does of the demo's.
    plan.evaluated_in = Session.objects.get(number=50)
    plan.save()
    bulk_plans.add_plans(200)
    if connection.vendor == "postgresql":
        # As a server does by itself: without statistics the planner takes the tables for empty.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
