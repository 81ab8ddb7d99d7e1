from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cnlctf.lib.calendar import today
from members.models import User
from poa.reporting.requesting import due_reminders, remind
from sessions.summoning import Act


class Command(BaseCommand):
    help = (
        "Recuerda por correo electrónico los requerimientos por vencer y vencidos, según el plazo "
        "de los reportes en vigor. Para correrla una vez al día: dos veces no escribe dos veces."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, help="cuenta en cuyo nombre se escribe")
        parser.add_argument("--site", required=True, help="dirección del sitio: https://…")
        parser.add_argument("--dry-run", action="store_true", help="dice a quién, y no escribe")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"No hay una cuenta activa «{options['user']}».")
        on = today()
        due = due_reminders(on)
        for row in due:
            self.stdout.write(f"{row.request}: {row.entity.list_name}, plazo {row.deadline}")
        if options["dry_run"]:
            return
        act = Act(by=user, at=timezone.now(), on=on, site=options["site"].rstrip("/"))
        self.stdout.write(f"Mensajes escritos: {remind(due, act)}.")
