"""Where the plan itself is written, approved and changed."""

from django.urls import path

from poa.views import change, plan_edit, plan_step, tree, version

urlpatterns = [
    path("arbol/", tree.plan_tree, name="plan_tree"),
    path("arbol/<slug:kind>/nuevo/", tree.node_create, name="node_create"),
    path("arbol/<slug:kind>/<int:pk>/", tree.node_update, name="node_update"),
    path("arbol/<slug:kind>/<int:pk>/quitar/", tree.node_remove, name="node_remove"),
    path("nuevo/", plan_edit.plan_create, name="plan_create"),
    path("<int:year>/editar/", plan_edit.plan_edit, name="plan_edit"),
    path(
        "<int:year>/editar/agregar/<str:place>/",
        plan_edit.indicator_create,
        name="indicator_create",
    ),
    path("<int:year>/editar/<str:code>/", plan_edit.indicator_update, name="indicator_update"),
    path(
        "<int:year>/editar/<str:code>/quitar/",
        plan_edit.indicator_remove,
        name="indicator_remove",
    ),
    path("<int:year>/aprobar/", plan_step.plan_approve, name="plan_approve"),
    path("<int:year>/ampliar/", plan_step.plan_extend, name="plan_extend"),
    path("<int:year>/consolidar/", plan_step.plan_consolidate, name="plan_consolidate"),
    path("<int:year>/cerrar/", plan_step.plan_close, name="plan_close"),
    path("<int:year>/ajustes/", change.plan_changes, name="plan_changes"),
    path("<int:year>/ajustes/<str:code>/", change.change_create, name="change_create"),
    path("<int:year>/ajustes/<int:change>/decidir/", change.change_decide, name="change_decide"),
    path(
        "<int:year>/ajustes/<int:change>/retirar/",
        change.change_withdraw,
        name="change_withdraw",
    ),
    path("<int:year>/versiones/", version.plan_versions, name="plan_versions"),
    path(
        "<int:year>/versiones/<int:before>/<int:after>/",
        version.version_difference,
        name="version_difference",
    ),
]
