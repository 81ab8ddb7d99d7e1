from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from cnlctf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("salud/", views.health, name="health"),
    path("", include("sessions.urls")),
    path("miembros/", include("members.urls")),
    path("poa/", include("poa.urls")),
    path("ingresar/", auth_views.LoginView.as_view(), name="login"),
    path("salir/", auth_views.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
]
