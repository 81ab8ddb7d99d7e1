"""Where a plan is evaluated, and where what was approved is read."""

from django.urls import path

from poa.views import edited_observations, evaluation

urlpatterns = [
    path("<int:year>/evaluaciones/", evaluation.evaluation_list, name="evaluation_list"),
    path("<int:year>/evaluaciones/nueva/", evaluation.evaluation_create, name="evaluation_create"),
    *(
        path(f"<int:year>/evaluaciones/<int:number>{rest}", view, name=name)
        for rest, view, name in (
            ("/", evaluation.evaluation_detail, "evaluation_detail"),
            (".pdf", evaluation.evaluation_pdf, "evaluation_pdf"),
            (".xlsx", evaluation.evaluation_workbook, "evaluation_workbook"),
            ("/editar/", evaluation.evaluation_update, "evaluation_update"),
            ("/aprobar/", evaluation.evaluation_approve, "evaluation_approve"),
            ("/descartar/", evaluation.evaluation_remove, "evaluation_remove"),
        )
    ),
    path(
        "<int:year>/lineas/<str:code>/observaciones/",
        edited_observations.observations_edit,
        name="observations_edit",
    ),
]
