from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cnlctf.documents.models import IssuedDocument
from cnlctf.lib.fixture_file import FixtureError, Loader
from cnlctf.lib.pdf import PdfError
from members.choices import Role
from members.models import Person, User
from sessions.acta_document import approve
from sessions.annexes import attach
from sessions.models import Acta

# The order matters: each file names rows of those before it.
FILES = [
    settings.BASE_DIR / "fixtures" / "demo" / name
    for name in ("members.yaml", "sessions.yaml", "plan.yaml")
]

PASSWORD = "demo-cnlctf-2020"  # noqa: S105  (of the demo, and printed on purpose)


class Account(NamedTuple):
    username: str
    role: Role
    person: tuple[str, str]


ACCOUNTS = (
    Account("secretaria", Role.SECRETARY, ("Cecilia Alejandra", "Tello Guerrero")),
    Account("representante", Role.REPRESENTATIVE, ("Cristian Collins", "León Vilela")),
    Account("observador", Role.OBSERVER, ("José Antonio", "Ordinola Dediós")),
    Account("admin", Role.ADMIN, ("", "")),
)


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
        try:
            # Once loaded the data are people's, who may rename and redate anything. The issued acta
            # comes last and can never be deleted: it tells.
            if IssuedDocument.objects.filter(name="acta-so-120").exists():
                self.stdout.write("Los datos de demostración ya estaban: no se tocó nada.")
            else:
                self.load()
            if options["accounts"]:
                self.create_accounts()
        except (FixtureError, PdfError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    @transaction.atomic
    def load(self) -> None:
        loader = Loader()
        for path in FILES:
            loader.load(path)
        approve_acta()
        for model, count in loader.created.items():
            self.stdout.write(f"{count:6}  {model._meta.verbose_name_plural}")
        self.stdout.write(
            f"Filas creadas: {loader.created.total()}; "
            f"ya estaban y no se tocaron: {loader.kept.total()}.\n"
            "El acta de la SO N° 120 quedó aprobada, con su Anexo 1."
        )

    @transaction.atomic
    def create_accounts(self) -> None:
        self.stdout.write("\nCuentas de demostración (nunca en un servidor público):")
        for account in ACCOUNTS:
            user = get_or_create_user(account)
            password = PASSWORD if user.check_password(PASSWORD) else "(la que se le puso)"
            self.stdout.write(f"  {user.username:<14}  {password:<20}  {account.role.label}")


def approve_acta() -> None:
    """Attach the plan's evaluation to the acta of SO 120 and close it as of that day."""
    acta = Acta.objects.get_by_natural_key("SO", 120)
    attach(acta, "poa-matriz-2019", by=None)
    at = timezone.make_aware(datetime(2020, 1, 16, 11, 25))
    acta.submit(by=None, at=at)
    approve(acta, by=None, at=at)


def get_or_create_user(account: Account) -> User:
    """The user of that name or of that person, whatever its name is now; made if there is none."""
    given_names, surnames = account.person
    person = Person.objects.filter(given_names=given_names, surnames=surnames).first()
    its_own = Q(username=account.username) | Q(person=person, person__isnull=False)
    if user := User.objects.filter(its_own).first():
        return user
    user = User(
        username=account.username,
        person=person,
        is_staff=account.role in (Role.SECRETARY, Role.ADMIN),
        is_superuser=account.role == Role.ADMIN,
    )
    user.set_password(PASSWORD)
    user.full_clean()
    user.save()
    user.groups.add(Group.objects.get(name=account.role))
    return user
