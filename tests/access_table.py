"""The pages on which one writes, and what each role finds there; tests/test_access.py asks them."""

from typing import NamedTuple

ENTER = "to the login page"


class Page(NamedTuple):
    """An address and what each role finds there in the end."""

    path: str
    stranger: int | str = 200
    no_role: int = 200
    secretary: int = 200
    representative: int = 200
    observer: int = 200
    administration: int = 200


def writing(path: str, secretary: int = 200, representative: int = 403) -> Page:
    """A page on which the Secretaría writes; 405 where it takes nothing but a POST."""
    return Page(path, ENTER, 403, secretary, representative, 403, 403)


def by_key(path: str) -> Page:
    """A page behind a signed link, which nobody has here."""
    return Page(f"/actas/observar/sin-firma/{path}", 404, 404, 404, 404, 404, 404)


def reporting(path: str, found: int = 200) -> Page:
    """A page on which an entity reports, and the Secretaría on its behalf."""
    return Page(path, ENTER, 403, found, found, 403, 403)


WRITING = {
    "acta_edit": writing("/sesiones/so-121/acta/editar/"),
    "acta_presence": writing("/sesiones/so-121/acta/presencia/", 405),
    "block_create": writing("/sesiones/so-121/acta/editar/informe/", 405),
    "block_restore": writing("/sesiones/so-121/acta/editar/informe/deshacer/", 405),
    "block_update": writing("/sesiones/so-121/acta/editar/informe/1/", 404),
    "block_move": writing("/sesiones/so-121/acta/editar/informe/1/mover/", 405),
    "block_split": writing("/sesiones/so-121/acta/editar/informe/1/dividir/", 405),
    "block_join": writing("/sesiones/so-121/acta/editar/informe/1/unir/", 405),
    "block_remove": writing("/sesiones/so-121/acta/editar/informe/1/quitar/", 405),
    # Nobody dissents in the demo: see tests/sessions/test_dissent.py.
    "dissent_reasons": Page("/sesiones/so-121/acuerdos/1/razones/", ENTER, 403, 404, 404, 404, 404),
    "session_create": writing("/sesiones/nueva/"),
    "session_update": writing("/sesiones/so-121/editar/"),
    "session_cancel": writing("/sesiones/so-121/cancelar/"),
    "agenda_edit": writing("/sesiones/so-121/agenda/"),
    "agenda_propose": writing("/sesiones/so-121/agenda/proponer/", representative=200),
    "agenda_item_update": writing("/sesiones/so-121/agenda/{point}/"),
    "agenda_item_move": writing("/sesiones/so-121/agenda/{point}/mover/", 405),
    "agenda_item_remove": writing("/sesiones/so-121/agenda/{point}/quitar/"),
    "agenda_item_accept": writing("/sesiones/so-121/agenda/{point}/aceptar/", 405),
    "agenda_reorder": writing("/sesiones/so-121/agenda/orden/", 405),
    "agenda_paper_add": writing("/sesiones/so-121/agenda/{point}/documentos/", 405),
    "agenda_paper": Page("/sesiones/so-121/documentos/{paper}/", ENTER, 403),
    "agenda_paper_remove": writing("/sesiones/so-121/documentos/{paper}/quitar/"),
    # Nothing is sent in the demo: see tests/sessions/test_paper_views.py.
    "summons_paper": writing("/sesiones/so-121/convocatoria-1/documentos/1/", 404),
    "invitation_paper": Page("/convocatoria/sin-firma/documentos/1/", 404, 404, 404, 404, 404, 404),
    "session_summons": writing("/sesiones/so-121/convocatoria/"),
    "summons_send": writing("/sesiones/so-121/convocatoria/enviar/"),
    "summons_resend": writing("/sesiones/so-121/convocatoria/reenviar/", 405),
    "summons_preview": writing("/sesiones/so-121/convocatoria/vista-previa.pdf"),
    "summons_pdf": writing("/sesiones/so-121/convocatoria-1.pdf", 404),
    "guest_remove": writing("/sesiones/so-121/convocatoria/invitados/1/quitar/", 405),
    # Its key is a signature: see tests/sessions/test_invitation_views.py.
    "invitation_answer": Page("/convocatoria/sin-firma/", 404, 404, 404, 404, 404, 404),
    "circulation_detail": writing("/sesiones/so-121/acta/observaciones/"),
    "circulation_open": writing("/sesiones/so-121/acta/observaciones/circular/"),
    # No draft circulates in the demo: see tests/sessions/test_circulation_views.py.
    "circulation_extend": writing("/sesiones/so-121/acta/observaciones/plazo/", 403),
    "circulation_close": writing("/sesiones/so-121/acta/observaciones/cerrar/", 405),
    "circulation_add": writing("/sesiones/so-121/acta/observaciones/destinatarios/", 405),
    "circulation_resend": writing("/sesiones/so-121/acta/observaciones/reenviar/", 405),
    "remark_decide": writing("/sesiones/so-121/acta/observaciones/1/", 404),
    # Written and adjusted: a draft of 2021 and a plan of 2022 open to adjustments.
    "plan_create": writing("/poa/nuevo/"),
    "plan_edit": writing("/poa/2021/editar/"),
    "indicator_create": writing("/poa/2021/editar/agregar/1.3.3/"),
    "indicator_update": writing("/poa/2021/editar/1.3.3-1/"),
    "indicator_remove": writing("/poa/2021/editar/1.3.3-1/quitar/"),
    "plan_approve": writing("/poa/2021/aprobar/"),
    "plan_extend": writing("/poa/2022/ampliar/"),
    "plan_consolidate": writing("/poa/2022/consolidar/"),
    "plan_close": writing("/poa/2019/cerrar/"),
    "plan_changes": writing("/poa/2022/ajustes/", representative=200),
    "change_create": writing("/poa/2022/ajustes/2.1.4-1/", representative=200),
    "change_decide": writing("/poa/2022/ajustes/1/decidir/", 405),
    "change_withdraw": writing("/poa/2022/ajustes/1/retirar/", 405, 405),
    "node_create": writing("/poa/arbol/plan/nuevo/"),
    # By numbers of the database: see tests/poa/test_tree_views.py.
    "node_update": writing("/poa/arbol/linea/0/", 404),
    "node_remove": writing("/poa/arbol/linea/0/quitar/", 404),
    # Their key is a signature: see tests/sessions/test_remark_views.py.
    "reader_detail": by_key(""),
    "reader_open": by_key("abrir/"),
    "reader_agree": by_key("conforme/"),
    "remark_general": by_key("general/"),
    "remark_create": by_key("informe/1/"),
    "remark_update": by_key("observaciones/1/"),
    "remark_withdraw": by_key("observaciones/1/retirar/"),
    "agenda_item_decline": writing("/sesiones/so-121/agenda/{point}/no-incluir/"),
    "attendance_edit": writing("/sesiones/so-121/asistencia/"),
    "attendance_save": writing("/sesiones/so-121/asistencia/guardar/", 405),
    "attendance_add": writing("/sesiones/so-121/asistencia/agregar/", 405),
    "attendance_create": writing("/sesiones/so-121/asistencia/nueva-persona/", 405),
    "session_call": writing("/sesiones/so-121/asistencia/convocatoria/", 405),
    "session_conduct": writing("/sesiones/so-121/asistencia/conduccion/", 405),
    "session_install": writing("/sesiones/so-121/asistencia/instalar/", 405),
    "session_fail": writing("/sesiones/so-121/asistencia/sin-quorum/", 405),
    "signatories_adopt": writing("/sesiones/so-121/asistencia/firmantes/", 405),
    "seat_board": Page("/sesiones/so-121/tablero/", ENTER, 403),
    "acta_proposals": writing("/sesiones/so-121/acta/propuestas/"),
    "proposal_take": writing("/sesiones/so-121/acta/propuestas/cierre/", 405),
    "proposal_decline": writing("/sesiones/so-121/acta/propuestas/cierre/no/", 405),
    "proposal_undo": writing("/sesiones/so-121/acta/propuestas/cierre/deshacer/", 405),
    "annex_list": writing("/sesiones/so-121/anexos/"),
    "annex_attach": writing("/sesiones/so-121/anexos/agregar/poa-matriz-2019/"),
    "annex_update": writing("/sesiones/so-121/anexos/1/", 404),
    "annex_refresh": writing("/sesiones/so-121/anexos/1/actualizar/", 405),
    "annex_move": writing("/sesiones/so-121/anexos/1/mover/", 405),
    "annex_remove": writing("/sesiones/so-121/anexos/1/quitar/", 404),
    # SO 120's acta is approved: who may record a vote is told so, as everybody else is refused.
    "agreement_vote": writing("/sesiones/so-120/acuerdos/1/votacion/", 403),
    "plan_import": writing("/poa/importar/"),
    "plan_import_year": writing("/poa/2019/importar/"),
    "plan_template": writing("/poa/2019/plantilla.xlsx"),
    # Nothing is uploaded in the demo: see tests/poa/plan_import/test_views.py.
    "plan_import_preview": writing("/poa/importar/1/", 404),
    "plan_import_commented": writing("/poa/importar/1/comentado.xlsx", 404),
    # Nothing is evaluated here in the demo: see tests/poa/evaluating/test_views.py.
    "evaluation_create": writing("/poa/2019/evaluaciones/nueva/"),
    "evaluation_update": writing("/poa/2019/evaluaciones/1/editar/", 404),
    "evaluation_approve": writing("/poa/2019/evaluaciones/1/aprobar/", 404),
    "evaluation_remove": writing("/poa/2019/evaluaciones/1/descartar/", 404),
    "observations_edit": writing("/poa/2022/lineas/1.3.3/observaciones/"),
    "request_board": writing("/poa/2019/requerimientos/"),
    # Nothing is asked in the demo: see tests/poa/reporting/test_request_views.py.
    "request_create": writing("/poa/2019/requerimientos/nuevo/"),
    "request_detail": writing("/poa/2019/requerimientos/1/", 404),
    "request_update": writing("/poa/2019/requerimientos/1/editar/", 404),
    "request_send": writing("/poa/2019/requerimientos/1/remitir/", 404),
    "request_remove": writing("/poa/2019/requerimientos/1/quitar/", 405),
    "request_remind": writing("/poa/2019/requerimientos/1/recordar/", 405),
    "request_extend": writing("/poa/2019/requerimientos/1/prorroga/minam/", 405),
    "request_pdf": writing("/poa/2019/requerimientos/1.pdf", 404),
    "requested_report": reporting("/poa/reportar/6b3c8a52-8f0e-4c3a-9a8e-000000000000/", 404),
    "report_list": reporting("/poa/2019/reportes/"),
    "report_create": reporting("/poa/2019/reportes/nuevo/"),
    # Nobody reports in the demo: see tests/poa/reporting/test_report_views.py.
    "report_detail": reporting("/poa/2019/reportes/minam/1/", 404),
    "report_send": reporting("/poa/2019/reportes/minam/1/enviar/", 405),
    "report_accept": writing("/poa/2019/reportes/minam/1/aceptar/", 405),
    "report_return": writing("/poa/2019/reportes/minam/1/devolver/", 405),
    "report_reopen": writing("/poa/2019/reportes/minam/1/reabrir/", 405),
    "reported_indicator_save": reporting("/poa/2019/reportes/minam/1/indicadores/1/", 405),
    "reported_event_create": reporting("/poa/2019/reportes/minam/1/eventos/", 405),
    "reported_event_save": reporting("/poa/2019/reportes/minam/1/eventos/1/", 405),
    "reported_event_remove": reporting("/poa/2019/reportes/minam/1/eventos/1/quitar/", 405),
    "evidence_add": reporting("/poa/2019/reportes/minam/1/eventos/1/evidencias/", 405),
    "evidence_file": reporting("/poa/2019/reportes/minam/1/eventos/1/evidencias/1/", 404),
    "evidence_remove": reporting("/poa/2019/reportes/minam/1/eventos/1/evidencias/1/quitar/", 405),
    "paper_save": writing("/poa/2019/reportes/minam/1/papel/", 405),
    "paper_file": reporting("/poa/2019/reportes/minam/1/papel/archivo/", 404),
    "finding_dismiss": writing("/sesiones/so-121/acta/revision/0f/descartar/", 405),
    "finding_restore": writing("/sesiones/so-121/acta/revision/0f/restaurar/", 405),
    "acta_step": writing("/sesiones/so-121/acta/enviar/"),
    "errata_create": writing("/sesiones/so-120/acta/erratas/"),
    "certificate_issue": writing("/sesiones/so-120/acuerdos/1/certificado/"),
    # None is issued in the demo: see tests/sessions/test_certificate.py and test_errata.py.
    "certificate_pdf": writing("/sesiones/so-120/acuerdos/1/certificado.pdf", 404),
    "errata_pdf": Page("/sesiones/so-120/acta/erratas/1.pdf", 404, 404, 404, 404, 404, 404),
}

# Sessions without an approved acta, and a draft: the same addresses, other answers.
NOT_PUBLISHED = [
    Page("/sesiones/so-121/", 404, 404, 200, 200, 200, 200),
    Page("/sesiones/so-119/", 404, 404, 200, 200, 200, 200),
    Page("/sesiones/so-121/acta/", 404, 404, 200, 404, 404, 404),
    Page("/sesiones/so-121/acta.pdf", 404, 404, 200, 404, 404, 404),
    Page("/sesiones/so-121/acta.docx", 404, 404, 200, 404, 404, 404),
    Page("/sesiones/so-121/acta.txt", 404, 404, 200, 404, 404, 404),
    Page("/sesiones/so-121/acta/versiones/", 404, 404, 200, 404, 404, 404),
    Page("/sesiones/so-121/acta/versiones/1.pdf", 404, 404, 404, 404, 404, 404),
    Page("/poa/2021/", 404, 404, 200, 404, 404, 404),
    Page("/poa/2021/versiones/", 404, 404, 200, 404, 404, 404),
    # An approved plan is not written, and a row is adjusted by those who take part in it.
    Page("/poa/2022/editar/", ENTER, 403, 403, 403, 403, 403),
    Page("/poa/2022/ajustes/1.3.3-1/", ENTER, 403, 200, 404, 403, 403),
    Page("/poa/2019/ajustes/2.1.4-1/", ENTER, 403, 403, 403, 403, 403),
]


# --- The admin ------------------------------------------------------------------------------


def staff(path: str, secretary: int = 200, administration: int = 200) -> Page:
    return Page(path, ENTER, 403, secretary, 403, 403, administration)


NOTHING, VIEW, WRITE = 0, 1, 2

# What the Secretaría Técnica and the administration may do with each kind of record.
RECORDS = {
    "members_entity": (WRITE, WRITE),
    "members_person": (WRITE, WRITE),
    "members_membership": (WRITE, WRITE),
    "members_designation": (WRITE, WRITE),
    "members_user": (NOTHING, WRITE),
    "cnlctf_sessions_session": (WRITE, VIEW),
    "cnlctf_sessions_agendaitem": (WRITE, VIEW),
    "cnlctf_sessions_acta": (WRITE, VIEW),
    "cnlctf_sessions_petition": (WRITE, VIEW),
    "cnlctf_sessions_agreement": (WRITE, VIEW),
    "cnlctf_sessions_quorumrule": (WRITE, VIEW),
    "cnlctf_sessions_summonsrule": (WRITE, VIEW),
    "cnlctf_sessions_letterhead": (WRITE, VIEW),
    "cnlctf_sessions_standardphrase": (WRITE, VIEW),
    "cnlctf_sessions_proposalpattern": (WRITE, VIEW),
    "documents_issueddocument": (VIEW, VIEW),
    "poa_nationalplan": (WRITE, VIEW),
    "poa_objective": (WRITE, VIEW),
    "poa_axis": (WRITE, VIEW),
    "poa_strategy": (WRITE, VIEW),
    "poa_actionline": (WRITE, VIEW),
    "poa_unit": (WRITE, VIEW),
    "poa_reportingrule": (WRITE, VIEW),
    "poa_nonworkingday": (WRITE, VIEW),
    "poa_legendentry": (WRITE, VIEW),
    "poa_operatingplan": (WRITE, VIEW),
    "poa_indicator": (WRITE, VIEW),
    "poa_event": (WRITE, VIEW),
    "poa_observation": (WRITE, VIEW),
}


def record_pages(name: str, secretary: int, administration: int) -> dict[str, Page]:
    folder = f"admin/{'/'.join(name.rsplit('_', 1))}/"

    def page(path: str, needs: int) -> Page:
        may = (200 if power >= needs else 403 for power in (secretary, administration))
        return staff(f"/{folder}{path}", *may)

    return {
        f"admin:{name}_changelist": page("", VIEW),
        f"admin:{name}_add": page("add/", WRITE),
        f"admin:{name}_change": page("{pk}/change/", VIEW),
        f"admin:{name}_history": page("{pk}/history/", VIEW),
        # Nobody deletes what others may have seen.
        f"admin:{name}_delete": staff(f"/{folder}{{pk}}/delete/", 403, 403),
        f"{folder}<path:object_id>/": page("{pk}/", VIEW),
    }


ADMIN_PAGES = {
    "admin:index": staff("/admin/"),
    "admin:login": staff("/admin/login/"),
    "admin:logout": staff("/admin/logout/", 405, 405),
    "admin:password_change": staff("/admin/password_change/"),
    "admin:password_change_done": staff("/admin/password_change/done/"),
    "admin:autocomplete": staff(
        "/admin/autocomplete/?app_label=members&model_name=designation&field_name=person"
    ),
    "admin:jsi18n": staff("/admin/jsi18n/"),
    "admin:view_on_site": staff("/admin/r/{content_type}/{pk}/"),
    "admin:app_list": staff("/admin/members/"),
    "admin:auth_user_password_change": staff("/admin/members/user/{pk}/password/", 403, 200),
    "admin/(?P<url>.*)$": staff("/admin/no-existe/", 404, 404),
}
