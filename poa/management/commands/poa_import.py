import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cnlctf.lib.upload import Kind, RefusedFile, check, check_size
from cnlctf.lib.workbook_reading import UnreadableWorkbook
from poa.plan_import.changes import Action
from poa.plan_import.importing import Preview, carry_out, preview

_SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.SKIP: "="}


class Command(BaseCommand):
    help = (
        "Importa un plan operativo anual, o su ejecución, de un libro de Excel con la forma del "
        "Anexo 1 o de la plantilla. Todo o nada: con errores no cambia nada y termina en 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="ARCHIVO", type=Path, help="El libro: plan.xlsx.")
        parser.add_argument("--year", metavar="AÑO", required=True, help="El del plan: 2020.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Solo dice qué haría; no cambia nada."
        )

    def handle(self, *args: Any, file: Path, year: str, dry_run: bool, **options: Any) -> None:
        # As text: also «19» or «dos mil» are years without a plan.
        if not re.fullmatch(r"[0-9]{4}", year):
            raise CommandError(f"«{year}» no es un año.")
        content = _content(file)
        try:
            found = (preview if dry_run else carry_out)(content, int(year))
        except UnreadableWorkbook as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for finding in found.findings.found:
            self.stdout.write(str(finding))
        if found.errors:
            count = len(found.errors)
            many = "un error" if count == 1 else f"{count:,} errores"
            raise CommandError(f"No se importó nada: el libro tiene {many}.")
        self._say(found, dry_run=dry_run)

    def _say(self, found: Preview, *, dry_run: bool) -> None:
        for one in found.changes.said:
            why = one.reason or "; ".join(
                f"{each.label}: {each.old} → {each.new}" for each in one.fields
            )
            self.stdout.write(f"{_SIGNS[one.action]} {one.what}{f' ({why})' if why else ''}")
        if not found.writes:
            self.stdout.write(f"{found.plan}: nada que cambiar.")
        else:
            word = "se importaría" if dry_run else "importado"
            self.stdout.write(f"{found.plan}: {word}, {found.summary}.")


def _content(file: Path) -> bytes:
    try:
        check_size(file.name, file.stat().st_size, settings.UPLOAD_MAX_BYTES)
        return check(file.name, file.read_bytes(), (Kind.XLSX,), settings.UPLOAD_MAX_BYTES).content
    except OSError as error:
        raise CommandError(f"No se puede leer «{file}».") from error
    except RefusedFile as error:
        raise CommandError(str(error)) from error
