from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "cnlctf.admin.CommissionAdminSite"


class ProjectConfig(AppConfig):
    name = "cnlctf"
    label = "cnlctf"
    verbose_name = "CNLCTF"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from cnlctf import checks  # noqa: F401  (registers the system checks)
        from cnlctf.lib.folding import teach_sqlite
        from cnlctf.roles import grant_permissions

        connection_created.connect(teach_sqlite, dispatch_uid="cnlctf.lib.folding")
        post_migrate.connect(grant_permissions, dispatch_uid="cnlctf.roles.grant_permissions")
