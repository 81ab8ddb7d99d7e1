from django.db.models import TextChoices


class DispatchState(TextChoices):
    QUEUED = "queued", "En cola"
    SENT = "sent", "Enviado"
    FAILED = "failed", "No se pudo enviar"
