"""Who may do what: each role is a group, brought up to this table after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

from members.choices import Role

VIEW = ("view",)
WRITE = ("view", "add", "change")

# Role → app label → model → what it may do. "*" stands for every model of the app. Nobody
# deletes what others may have seen: records end by a date or a state.
ROLE_PERMISSIONS: dict[Role, dict[str, dict[str, tuple[str, ...]]]] = {
    Role.SECRETARY: {
        "members": {"person": WRITE, "entity": WRITE, "membership": WRITE, "designation": WRITE},
        "cnlctf_sessions": {"*": WRITE},
        "documents": {"*": VIEW},
        "poa": {"*": WRITE},
    },
    Role.REPRESENTATIVE: {
        "members": {"entity": VIEW, "membership": VIEW, "designation": VIEW},
        "cnlctf_sessions": {
            "session": VIEW,
            "acta": VIEW,
            "agreement": VIEW,
            # A point that is proposed; what goes into the agenda the Secretaría decides.
            "agendaitem": ("add",),
        },
        # An adjustment or a report; what goes into the plan the Secretaría decides.
        "poa": {"*": VIEW, "planchange": ("add",), "entityreport": WRITE},
    },
    Role.OBSERVER: {
        "members": {"entity": VIEW, "membership": VIEW, "designation": VIEW},
        "cnlctf_sessions": {"session": VIEW, "acta": VIEW, "agreement": VIEW},
        "poa": {"*": VIEW},
    },
    Role.ADMIN: {
        "members": {"*": WRITE},
        "auth": {"group": VIEW},
        "cnlctf_sessions": {"*": VIEW},
        "documents": {"*": VIEW},
        "poa": {"*": VIEW},
    },
}


def grant_permissions(sender: AppConfig, **kwargs: Any) -> None:
    """After an app's migration: give every role that app's permissions, and no others of it."""
    for role, apps in ROLE_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role)
        of_app = Permission.objects.filter(content_type__app_label=sender.label)
        codenames = {
            f"{action}_{model}"
            for name, actions in apps.get(sender.label, {}).items()
            for model in (
                [model._meta.model_name for model in sender.get_models()] if name == "*" else [name]
            )
            for action in actions
        }
        group.permissions.remove(*of_app.exclude(codename__in=codenames))
        group.permissions.add(*of_app.filter(codename__in=codenames))
