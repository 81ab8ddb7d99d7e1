from django.urls import path, register_converter

from sessions.views import acta, agreement, session


class SessionName:
    """«so-120»: anything else is no address, however long its number."""

    regex = "(?:so|se)-[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SessionName, "session")

urlpatterns = [
    path("sesiones/", session.SessionList.as_view(), name="session_list"),
    path("sesiones/<session:slug>/", session.SessionDetail.as_view(), name="session_detail"),
    path("sesiones/<session:slug>/acta/", acta.acta_detail, name="acta_detail"),
    path("sesiones/<session:slug>/acta.pdf", acta.acta_pdf, name="acta_pdf"),
    path("acuerdos/", agreement.AgreementList.as_view(), name="agreement_list"),
]
