from django.urls import include, path

from poa.views import ambition, institution, line, matrix, plan, projector, reckoning

urlpatterns = [
    path("", include("poa.reporting.urls")),
    path("", include("poa.evaluating.urls")),
    path("", include("poa.plan_urls")),
    path("", include("poa.plan_import.urls")),
    path("", plan.plan_latest, name="plan_latest"),
    path("<int:year>/", plan.plan_detail, name="plan_detail"),
    path("<int:year>/tablero.pdf", plan.plan_pdf, name="plan_pdf"),
    path("<int:year>/calculo/", reckoning.plan_reckoning, name="plan_reckoning"),
    path(
        "<int:year>/instituciones/<slug:slug>/",
        institution.plan_institution,
        name="plan_institution",
    ),
    path("<int:year>/proyector/", projector.plan_projector, name="plan_projector"),
    path("<int:year>/ambicion/", ambition.plan_ambition, name="plan_ambition"),
    path("<int:year>/matriz/", matrix.plan_matrix, name="plan_matrix"),
    path("<int:year>/anexo.xlsx", matrix.plan_workbook, name="plan_workbook"),
    path("<int:year>/lineas/<str:code>/", line.line_detail, name="line_detail"),
]
