"""Writing a file whole or not at all, and saying in Spanish why not."""

import os
import tempfile
from pathlib import Path

_REASONS = {
    FileNotFoundError: "la carpeta no existe",
    NotADirectoryError: "la carpeta no existe",
    IsADirectoryError: "es una carpeta",
    PermissionError: "no hay permiso para escribir ahí",
}


class OutputError(Exception):
    """The file was not written, and the message says why in Spanish."""


def write_file(path: Path, content: bytes) -> None:
    """Put ``content`` in ``path`` in one step: who opens it meanwhile finds the old file whole."""
    try:
        _replace(path, content)
    except OSError as error:
        reason = _REASONS.get(type(error), error.strerror)
        raise OutputError(f"No se puede escribir «{path}»: {reason}.") from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a private file; this one is as any other that the user makes.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
