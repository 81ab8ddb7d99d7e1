from pathlib import Path

import pytest

from cnlctf.lib.output import OutputError, write_file


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "acta.pdf"
    path.write_bytes(b"before, and longer")
    write_file(path, b"after")
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    nowhere, folder = tmp_path / "no" / "acta.pdf", tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OutputError) as missing:
        write_file(nowhere, b"")
    with pytest.raises(OutputError) as taken:
        write_file(folder, b"")
    assert str(missing.value) == f"No se puede escribir «{nowhere}»: la carpeta no existe."
    assert str(taken.value) == f"No se puede escribir «{folder}»: es una carpeta."
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "acta.pdf"
    path.write_bytes(b"before")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No queda espacio")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OutputError, match="No queda espacio"):
        write_file(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
