from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from cnlctf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("salud/", views.health, name="health"),
    path("", include("sessions.urls")),
    path("miembros/", include("members.urls")),
    path("poa/", include("poa.urls")),
    path("ingresar/", auth_views.LoginView.as_view(), name="login"),
    # Open to strangers: who leaves when the session has expired must not be asked to enter first.
    path("salir/", login_not_required(auth_views.LogoutView.as_view()), name="logout"),
    path("admin/", admin.site.urls),
]
