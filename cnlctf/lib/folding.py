"""Search as people type: ``surnames__folded="quinones"`` finds «Quiñones» on either database."""

import unicodedata
from typing import Any

from django.db.models import CharField, Lookup, TextField

SQL = {"sqlite": "fold({})", "postgresql": "unaccent(lower({}))"}


def fold(text: str | None) -> str | None:
    """Return the text in lower case and without accents; «ñ» becomes «n»."""
    if text is None:
        return None
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@CharField.register_lookup
@TextField.register_lookup
class Folded(Lookup):
    """Contains the words given, whatever their case and accents."""

    lookup_name = "folded"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        pattern = connection.ops.prep_for_like_query(fold(str(self.rhs)))
        folded = SQL[connection.vendor].format(column)
        return f"{folded} LIKE %s ESCAPE '\\'", (*params, f"%{pattern}%")


def teach_sqlite(connection: Any, **kwargs: Any) -> None:
    """On every new connection: SQLite has no accents of its own to fold."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("fold", 1, fold, deterministic=True)
