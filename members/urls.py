from django.urls import path

from members import views

urlpatterns = [
    path("", views.EntityList.as_view(), name="entity_list"),
    path("<slug:slug>/", views.EntityDetail.as_view(), name="entity_detail"),
]
