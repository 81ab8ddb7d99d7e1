from django.urls import include, path

from poa.views import line, matrix, plan

urlpatterns = [
    path("", include("poa.reporting.urls")),
    path("", plan.plan_latest, name="plan_latest"),
    path("<int:year>/", plan.PlanDetail.as_view(), name="plan_detail"),
    path("<int:year>/matriz/", matrix.plan_matrix, name="plan_matrix"),
    path("<int:year>/anexo.xlsx", matrix.plan_workbook, name="plan_workbook"),
    path("<int:year>/lineas/<str:code>/", line.line_detail, name="line_detail"),
]
