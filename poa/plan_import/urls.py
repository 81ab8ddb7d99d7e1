from django.urls import path

from poa.views import plan_import as views

urlpatterns = [
    path("importar/", views.plan_import, name="plan_import"),
    path("importar/<int:upload>/", views.plan_import_preview, name="plan_import_preview"),
    path(
        "importar/<int:upload>/comentado.xlsx",
        views.plan_import_commented,
        name="plan_import_commented",
    ),
    path("<int:year>/importar/", views.plan_import, name="plan_import_year"),
    path("<int:year>/plantilla.xlsx", views.plan_template, name="plan_template"),
]
