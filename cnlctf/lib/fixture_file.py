"""Fixture files in YAML: rows named by natural key, each checked by its model before it is saved.

Unlike Django's loaddata, what is already there stays as people left it, and every row passes
`full_clean`, so that a fixture obeys the rules of the forms.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    ValidationError,
)
from django.db import IntegrityError, models

from cnlctf.lib.natural import NaturalKeyModel


class FixtureError(Exception):
    """What is wrong, with the file, the line and the model of the row, in Spanish."""


class Loader:
    """Loads files one after the other and counts, by model, the rows created and those kept.

    The caller opens the transaction: a FixtureError leaves the rows before it to be rolled back.
    """

    def __init__(self) -> None:
        self.created: Counter[type[models.Model]] = Counter()
        self.kept: Counter[type[models.Model]] = Counter()
        self._seen: dict[models.Model, int] = {}

    def load(self, path: Path) -> None:
        self._seen.clear()
        for line, row in _rows(path):
            try:
                self._load_row(line, row)
            except (FixtureError, ValidationError, IntegrityError, TypeError, ValueError) as error:
                raise FixtureError(f"{_place(path, line, row)}: {_why(error)}") from error
            except ObjectDoesNotExist as error:
                place = _place(path, line, row)
                raise FixtureError(f"{place}: falta un dato obligatorio: {error}") from error

    def _load_row(self, line: int, row: Any) -> None:
        instance, many = _read(row)
        model = type(instance)
        found = _existing(instance)
        if found is None:
            instance.full_clean()
            instance.save(force_insert=True)
            for name, related in many.items():
                getattr(instance, name).set(related)
            self.created[model] += 1
        elif found in self._seen:
            raise FixtureError(f"repite la fila de la línea {self._seen[found]}")
        else:
            self.kept[model] += 1
        self._seen[found or instance] = line


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Each row with the line on which it starts."""
    place = path.name
    try:
        yaml_loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
        document = yaml_loader.get_single_node()
        if not isinstance(document, yaml.SequenceNode):
            raise FixtureError(f"{place}: no es una lista de filas")
        for node in document.value:
            line = node.start_mark.line + 1
            place = f"{path.name}, línea {line}"
            yield line, yaml_loader.construct_document(node)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FixtureError(f"{place}: no se puede leer: {error}") from error


def _read(row: Any) -> tuple[NaturalKeyModel, dict[str, list[models.Model]]]:
    """The row as an unsaved instance, and its many-to-many values by field name."""
    try:
        model = apps.get_model(row["model"])
        fields = row["fields"].items()
    except (AttributeError, KeyError, LookupError, TypeError, ValueError) as error:
        raise FixtureError("no dice un modelo que exista (model) y sus datos (fields)") from error
    one: dict[str, Any] = {}
    many: dict[str, list[models.Model]] = {}
    for name, value in fields:
        field = _field(model, name)
        if field.many_to_many:
            many[name] = [_find(field, key) for key in value]
        elif field.is_relation and value is not None:
            one[name] = _find(field, value)
        else:
            one[name] = value
    return model(**one), many


def _field(model: type[models.Model], name: str) -> Any:
    """One that the model declares; what others declare towards it is not its own."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if field is None or (field.auto_created and not field.concrete):
        raise FixtureError(f"{name}: el modelo no tiene ese campo")
    return field


def _find(field: Any, key: Any) -> models.Model:
    model = field.related_model
    try:
        return model._default_manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, TypeError, ValueError) as error:
        name = model._meta.verbose_name
        raise FixtureError(f"{field.name}: no existe {name} con la clave {key}") from error


def _existing(instance: NaturalKeyModel) -> models.Model | None:
    model = type(instance)
    key = instance.natural_key()
    try:
        return model.objects.get_by_natural_key(*key)
    except model.DoesNotExist:
        return None


def _place(path: Path, line: int, row: Any) -> str:
    model = row.get("model") if isinstance(row, dict) else None
    return f"{path.name}, línea {line}, {model or 'sin modelo'}"


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(
        " ".join(messages) if name == NON_FIELD_ERRORS else f"{name}: {' '.join(messages)}"
        for name, messages in error.message_dict.items()
    )
