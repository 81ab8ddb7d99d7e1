from django.urls import path

from poa.views import report, report_fill, request

urlpatterns = [
    path("reportar/<uuid:code>/", report.requested_report, name="requested_report"),
    path("<int:year>/requerimientos/", request.request_board, name="request_board"),
    path("<int:year>/requerimientos/nuevo/", request.request_create, name="request_create"),
    path("<int:year>/requerimientos/<int:number>/", request.request_detail, name="request_detail"),
    path(
        "<int:year>/requerimientos/<int:number>/editar/",
        request.request_update,
        name="request_update",
    ),
    path(
        "<int:year>/requerimientos/<int:number>/remitir/", request.request_send, name="request_send"
    ),
    path(
        "<int:year>/requerimientos/<int:number>/quitar/",
        request.request_remove,
        name="request_remove",
    ),
    path(
        "<int:year>/requerimientos/<int:number>/recordar/",
        request.request_remind,
        name="request_remind",
    ),
    path(
        "<int:year>/requerimientos/<int:number>/prorroga/<slug:entity>/",
        request.request_extend,
        name="request_extend",
    ),
    path("<int:year>/requerimientos/<int:number>.pdf", request.request_pdf, name="request_pdf"),
    path("<int:year>/reportes/", report.report_list, name="report_list"),
    path("<int:year>/reportes/nuevo/", report.report_create, name="report_create"),
    *(
        path(f"<int:year>/reportes/<slug:entity>/<int:number>/{rest}", view, name=name)
        for rest, view, name in (
            ("", report.report_detail, "report_detail"),
            ("enviar/", report.report_send, "report_send"),
            ("aceptar/", report.report_accept, "report_accept"),
            ("devolver/", report.report_return, "report_return"),
            ("reabrir/", report.report_reopen, "report_reopen"),
            (
                "indicadores/<int:indicator>/",
                report_fill.reported_indicator_save,
                "reported_indicator_save",
            ),
            ("eventos/", report_fill.reported_event_create, "reported_event_create"),
            ("eventos/<int:event>/", report_fill.reported_event_save, "reported_event_save"),
            (
                "eventos/<int:event>/quitar/",
                report_fill.reported_event_remove,
                "reported_event_remove",
            ),
            ("eventos/<int:event>/evidencias/", report_fill.evidence_add, "evidence_add"),
            (
                "eventos/<int:event>/evidencias/<int:file>/",
                report_fill.evidence_file,
                "evidence_file",
            ),
            (
                "eventos/<int:event>/evidencias/<int:file>/quitar/",
                report_fill.evidence_remove,
                "evidence_remove",
            ),
            ("papel/", report_fill.paper_save, "paper_save"),
            ("papel/archivo/", report_fill.paper_file, "paper_file"),
        )
    ),
]
