from django.urls import path

from poa.views import line, plan

urlpatterns = [
    path("", plan.plan_latest, name="plan_latest"),
    path("<int:year>/", plan.PlanDetail.as_view(), name="plan_detail"),
    path("<int:year>/lineas/<str:code>/", line.line_detail, name="line_detail"),
]
