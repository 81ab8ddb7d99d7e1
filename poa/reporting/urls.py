from django.urls import path

from poa.views import report, request

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
]
