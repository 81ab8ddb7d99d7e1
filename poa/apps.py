from django.apps import AppConfig


class PoaConfig(AppConfig):
    name = "poa"
    verbose_name = "Plan operativo"

    def ready(self) -> None:
        from poa import session_report
        from poa.reporting import letter
        from sessions import annex_sources, proposals

        proposals.register(session_report.report, patterns=session_report.PATTERNS)
        proposals.register_patterns(letter.PATTERNS)
        annex_sources.register(session_report.evaluations)
        annex_sources.register(session_report.matrices)
