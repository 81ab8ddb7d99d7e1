from django.core.management.base import CommandError

from sessions.models import Acta, Session


def named_acta(name: str) -> Acta:
    """The acta of the session called ``so-120``; CommandError, in Spanish, where there is none."""
    session = Session.objects.named(name).first()
    if session is None:
        raise CommandError(f"No hay ninguna sesión «{name}»: se nombran como so-120 o se-3.")
    acta = Acta.objects.filter(session=session).select_related("session", "issued").first()
    if acta is None:
        raise CommandError(f"La {session} no tiene acta.")
    return acta
