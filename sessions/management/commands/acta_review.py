from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sessions.management.named_acta import named_acta
from sessions.review import Finding, review


class Command(BaseCommand):
    help = "Muestra lo que el revisor observa en el acta de una sesión: «acta_review so-120»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="SESIÓN", help="El nombre de la sesión: so-120, se-3.")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        acta = named_acta(name)
        dismissed = set(acta.dismissed_findings.values_list("rule", "fingerprint"))
        found = review(acta)
        for finding in found:
            self.stdout.write(self.line(finding, (finding.rule, finding.fingerprint) in dismissed))
        blocking = sum(finding.remark.is_blocking for finding in found)
        still = sum((finding.rule, finding.fingerprint) not in dismissed for finding in found)
        self.stdout.write(
            f"{acta}: {blocking} por corregir, {still - blocking} por revisar, "
            f"{len(found) - still} descartadas."
            if found
            else f"{acta}: nada que observar."
        )

    def line(self, finding: Finding, is_dismissed: bool) -> str:
        remark = finding.remark
        if is_dismissed:
            state = "descartada  "
        else:
            state = "por corregir" if remark.is_blocking else "por revisar "
        return f"{state}  {remark.block.name}: {remark.message} {remark.remedy}"
