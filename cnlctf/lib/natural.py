"""Natural keys: fixtures name a row by what people call it, never by a number of the database."""

from typing import Any, ClassVar, TypeVar

from django.db import models

M = TypeVar("M", bound="NaturalKeyModel", covariant=True)


class NaturalKeyQuerySet(models.QuerySet[M]):
    def get_by_natural_key(self, *values: Any) -> M:
        return self.get(**dict(zip(self.model.natural_key_fields, values, strict=True)))


class NaturalKeyModel(models.Model):
    """``natural_key_fields`` are lookups from the row, "session__kind" style, unique together."""

    natural_key_fields: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        values = []
        for lookup in self.natural_key_fields:
            value: Any = self
            for name in lookup.split("__"):
                value = getattr(value, name)
            values.append(value)
        return tuple(values)
