from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cnlctf.lib.fixture_file import FixtureError, Loader
from members.choices import Role
from members.models import Person, User

# The order matters: each file names rows of those before it.
FILES = [
    settings.BASE_DIR / "fixtures" / "demo" / name
    for name in ("members.yaml", "sessions.yaml", "plan.yaml")
]

PASSWORD = "demo-cnlctf-2020"  # noqa: S105  (of the demo, and printed on purpose)
ACCOUNTS = [
    ("secretaria", Role.SECRETARY, ("Cecilia Alejandra", "Tello Guerrero"), {"is_staff": True}),
    ("representante", Role.REPRESENTATIVE, ("Cristian Collins", "León Vilela"), {}),
    ("observador", Role.OBSERVER, ("José Antonio", "Ordinola Dediós"), {}),
    ("admin", Role.ADMIN, None, {"is_staff": True, "is_superuser": True}),
]


class Command(BaseCommand):
    help = (
        "Carga los datos de demostración: el acta de la SO N° 120, sus personas y el POA 2019. "
        "Lo que ya está no se toca."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts",
            action="store_true",
            default=settings.DEBUG,
            help="Crea también una cuenta por rol, con contraseña conocida: solo para demostrar.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loader = Loader()
        try:
            with transaction.atomic():
                for path in FILES:
                    loader.load(path)
                accounts = create_accounts() if options["accounts"] else []
        except FixtureError as error:
            raise CommandError(str(error)) from error
        self.report(loader)
        if options["accounts"]:
            self.report_accounts(accounts)

    def report(self, loader: Loader) -> None:
        for model, count in loader.created.items():
            self.stdout.write(f"{count:6}  {model._meta.verbose_name_plural}")
        self.stdout.write(
            f"Filas creadas: {loader.created.total()}; "
            f"ya estaban y no se tocaron: {loader.kept.total()}."
        )

    def report_accounts(self, created: list[str]) -> None:
        self.stdout.write("\nCuentas de demostración (nunca en un servidor público):")
        for username, role, *_ in ACCOUNTS:
            password = PASSWORD if username in created else "ya existía, con su contraseña"
            self.stdout.write(f"  {username:<14}  {password:<29}  {role.label}")


def create_accounts() -> list[str]:
    """Create the accounts that are missing and return their user names."""
    existing = set(User.objects.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account[0] not in existing]
    for username, role, person, flags in missing:
        user = User(
            username=username,
            person=person and Person.objects.get_by_natural_key(*person),
            **flags,
        )
        user.set_password(PASSWORD)
        user.full_clean()
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return [username for username, *_ in missing]
