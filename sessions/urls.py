from django.urls import path, register_converter

from sessions.blocks import KINDS
from sessions.choices import ActaStep
from sessions.views import (
    acta,
    acta_edit,
    acta_file,
    acta_presence,
    acta_step,
    agenda,
    agreement,
    annex,
    attendance,
    block,
    certificate,
    circulation,
    dissent,
    errata,
    holding,
    invitation,
    paper,
    proposal,
    remark,
    review,
    scheduling,
    session,
    summons,
    version,
    vote,
)


class SessionName:
    """«so-120»: anything else is no address, however long its number."""

    regex = "(?:so|se)-[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class BlockKind(SessionName):
    """«intervencion»: one of the kinds of text that an acta is written in."""

    regex = "|".join(sorted(KINDS, key=len, reverse=True))


class StepName:
    """«aprobar»: what is done to an acta, by the name that people give it."""

    steps = {
        "enviar": ActaStep.SUBMITTED,
        "devolver": ActaStep.REJECTED,
        "aprobar": ActaStep.APPROVED,
        "reabrir": ActaStep.REOPENED,
    }
    regex = "|".join(steps)

    def to_python(self, value: str) -> ActaStep:
        return self.steps[value]

    def to_url(self, value: str) -> str:
        return next(word for word, step in self.steps.items() if step == value)


register_converter(SessionName, "session")
register_converter(StepName, "step")
register_converter(BlockKind, "kind")

BLOCKS = "sesiones/<session:slug>/acta/editar/<kind:kind>/"

FINDING = "sesiones/<session:slug>/acta/revision/<str:fingerprint>/"

PROPOSALS = "sesiones/<session:slug>/acta/propuestas/"
ANNEXES = "sesiones/<session:slug>/anexos/"

REMARKS = "sesiones/<session:slug>/acta/observaciones/"
READER = "actas/observar/<str:key>/"

urlpatterns = [
    path("sesiones/", session.SessionList.as_view(), name="session_list"),
    path("sesiones/nueva/", scheduling.session_create, name="session_create"),
    path("sesiones/<session:slug>/", session.SessionDetail.as_view(), name="session_detail"),
    path("sesiones/<session:slug>/editar/", scheduling.session_update, name="session_update"),
    path("sesiones/<session:slug>/cancelar/", scheduling.session_cancel, name="session_cancel"),
    path("sesiones/<session:slug>/agenda/", agenda.agenda_edit, name="agenda_edit"),
    path("sesiones/<session:slug>/agenda/proponer/", agenda.agenda_propose, name="agenda_propose"),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/",
        agenda.agenda_item_update,
        name="agenda_item_update",
    ),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/mover/",
        agenda.agenda_item_move,
        name="agenda_item_move",
    ),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/quitar/",
        agenda.agenda_item_remove,
        name="agenda_item_remove",
    ),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/aceptar/",
        agenda.agenda_item_accept,
        name="agenda_item_accept",
    ),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/no-incluir/",
        agenda.agenda_item_decline,
        name="agenda_item_decline",
    ),
    path("sesiones/<session:slug>/agenda/orden/", agenda.agenda_reorder, name="agenda_reorder"),
    path(
        "sesiones/<session:slug>/agenda/<int:item>/documentos/",
        paper.agenda_paper_add,
        name="agenda_paper_add",
    ),
    path(
        "sesiones/<session:slug>/documentos/<int:paper>/",
        paper.agenda_paper,
        name="agenda_paper",
    ),
    path(
        "sesiones/<session:slug>/documentos/<int:paper>/quitar/",
        paper.agenda_paper_remove,
        name="agenda_paper_remove",
    ),
    path("sesiones/<session:slug>/acta/", acta.acta_detail, name="acta_detail"),
    path("sesiones/<session:slug>/acta.pdf", acta.acta_pdf, name="acta_pdf"),
    path("sesiones/<session:slug>/acta.docx", acta_file.acta_docx, name="acta_docx"),
    path("sesiones/<session:slug>/acta.txt", acta_file.acta_text, name="acta_text"),
    path("sesiones/<session:slug>/acta/<step:step>/", acta_step.acta_step, name="acta_step"),
    path("sesiones/<session:slug>/acta/versiones/", version.acta_versions, name="acta_versions"),
    path(
        "sesiones/<session:slug>/acta/versiones/comparar/",
        version.version_compare,
        name="version_compare",
    ),
    path(
        "sesiones/<session:slug>/acta/versiones/<int:version>.pdf",
        version.version_pdf,
        name="version_pdf",
    ),
    path("sesiones/<session:slug>/acta/erratas/", errata.errata_create, name="errata_create"),
    path(
        "sesiones/<session:slug>/acta/erratas/<int:number>.pdf",
        version.errata_pdf,
        name="errata_pdf",
    ),
    path(
        "sesiones/<session:slug>/acuerdos/<int:number>/certificado/",
        certificate.certificate_issue,
        name="certificate_issue",
    ),
    path(
        "sesiones/<session:slug>/acuerdos/<int:number>/certificado.pdf",
        certificate.certificate_pdf,
        name="certificate_pdf",
    ),
    path(
        "sesiones/<session:slug>/acuerdos/<int:number>/votacion/",
        vote.agreement_vote,
        name="agreement_vote",
    ),
    path(
        "sesiones/<session:slug>/acuerdos/<int:number>/razones/",
        dissent.dissent_reasons,
        name="dissent_reasons",
    ),
    path("sesiones/<session:slug>/acta/editar/", acta_edit.acta_edit, name="acta_edit"),
    path(
        "sesiones/<session:slug>/acta/presencia/",
        acta_presence.acta_presence,
        name="acta_presence",
    ),
    path(BLOCKS, block.block_create, name="block_create"),
    path(f"{BLOCKS}deshacer/", block.block_restore, name="block_restore"),
    path(f"{BLOCKS}<int:pk>/", block.block_update, name="block_update"),
    path(f"{BLOCKS}<int:pk>/mover/", block.block_move, name="block_move"),
    path(f"{BLOCKS}<int:pk>/dividir/", block.block_split, name="block_split"),
    path(f"{BLOCKS}<int:pk>/unir/", block.block_join, name="block_join"),
    path(f"{BLOCKS}<int:pk>/quitar/", block.block_remove, name="block_remove"),
    path(PROPOSALS, proposal.acta_proposals, name="acta_proposals"),
    path(f"{PROPOSALS}<slug:proposal>/", proposal.proposal_take, name="proposal_take"),
    path(f"{PROPOSALS}<slug:proposal>/no/", proposal.proposal_decline, name="proposal_decline"),
    path(f"{PROPOSALS}<slug:proposal>/deshacer/", proposal.proposal_undo, name="proposal_undo"),
    path(ANNEXES, annex.annex_list, name="annex_list"),
    path(f"{ANNEXES}agregar/<slug:offer>/", annex.annex_attach, name="annex_attach"),
    path(f"{ANNEXES}<int:pk>/", annex.annex_update, name="annex_update"),
    path(f"{ANNEXES}<int:pk>/actualizar/", annex.annex_refresh, name="annex_refresh"),
    path(f"{ANNEXES}<int:pk>/mover/", annex.annex_move, name="annex_move"),
    path(f"{ANNEXES}<int:pk>/quitar/", annex.annex_remove, name="annex_remove"),
    path("sesiones/<session:slug>/acta/revision/", review.acta_review, name="acta_review"),
    path(f"{FINDING}descartar/", review.finding_dismiss, name="finding_dismiss"),
    path(f"{FINDING}restaurar/", review.finding_restore, name="finding_restore"),
    path("sesiones/<session:slug>/convocatoria/", summons.session_summons, name="session_summons"),
    path("sesiones/<session:slug>/convocatoria/enviar/", summons.summons_send, name="summons_send"),
    path(
        "sesiones/<session:slug>/convocatoria/reenviar/",
        summons.summons_resend,
        name="summons_resend",
    ),
    path(
        "sesiones/<session:slug>/convocatoria/vista-previa.pdf",
        summons.summons_preview,
        name="summons_preview",
    ),
    path(
        "sesiones/<session:slug>/convocatoria-<int:number>.pdf",
        summons.summons_pdf,
        name="summons_pdf",
    ),
    path(
        "sesiones/<session:slug>/convocatoria/invitados/<int:guest>/quitar/",
        summons.guest_remove,
        name="guest_remove",
    ),
    path(
        "sesiones/<session:slug>/convocatoria-<int:number>/documentos/<int:position>/",
        paper.summons_paper,
        name="summons_paper",
    ),
    path(
        "convocatoria/<str:token>/documentos/<int:position>/",
        paper.invitation_paper,
        name="invitation_paper",
    ),
    path("convocatoria/<str:token>/", invitation.invitation_answer, name="invitation_answer"),
    path("sesiones/<session:slug>/asistencia/", attendance.attendance_edit, name="attendance_edit"),
    path(
        "sesiones/<session:slug>/asistencia/guardar/",
        attendance.attendance_save,
        name="attendance_save",
    ),
    path(
        "sesiones/<session:slug>/asistencia/agregar/",
        attendance.attendance_add,
        name="attendance_add",
    ),
    path(
        "sesiones/<session:slug>/asistencia/nueva-persona/",
        attendance.attendance_create,
        name="attendance_create",
    ),
    path(
        "sesiones/<session:slug>/asistencia/convocatoria/",
        holding.session_call,
        name="session_call",
    ),
    path(
        "sesiones/<session:slug>/asistencia/conduccion/",
        holding.session_conduct,
        name="session_conduct",
    ),
    path(
        "sesiones/<session:slug>/asistencia/instalar/",
        holding.session_install,
        name="session_install",
    ),
    path(
        "sesiones/<session:slug>/asistencia/sin-quorum/",
        holding.session_fail,
        name="session_fail",
    ),
    path(
        "sesiones/<session:slug>/asistencia/firmantes/",
        holding.signatories_adopt,
        name="signatories_adopt",
    ),
    path("sesiones/<session:slug>/tablero/", holding.seat_board, name="seat_board"),
    path(REMARKS, circulation.circulation_detail, name="circulation_detail"),
    path(f"{REMARKS}circular/", circulation.circulation_open, name="circulation_open"),
    path(f"{REMARKS}plazo/", circulation.circulation_extend, name="circulation_extend"),
    path(f"{REMARKS}cerrar/", circulation.circulation_close, name="circulation_close"),
    path(f"{REMARKS}destinatarios/", circulation.circulation_add, name="circulation_add"),
    path(f"{REMARKS}reenviar/", circulation.circulation_resend, name="circulation_resend"),
    path(f"{REMARKS}<int:pk>/", circulation.remark_decide, name="remark_decide"),
    path(READER, remark.reader_detail, name="reader_detail"),
    path(f"{READER}abrir/", remark.reader_open, name="reader_open"),
    path(f"{READER}conforme/", remark.reader_agree, name="reader_agree"),
    path(f"{READER}general/", remark.remark_general, name="remark_general"),
    path(f"{READER}observaciones/<int:pk>/", remark.remark_update, name="remark_update"),
    path(
        f"{READER}observaciones/<int:pk>/retirar/", remark.remark_withdraw, name="remark_withdraw"
    ),
    path(f"{READER}<kind:kind>/<int:pk>/", remark.remark_create, name="remark_create"),
    path("acuerdos/", agreement.AgreementList.as_view(), name="agreement_list"),
]
