"""Files are written whole or not at all."""

import os
import sys
import threading
from pathlib import Path

import pytest

from codeable import files
from codeable.files import (
    TEMPORARY_SUFFIX,
    left_over_files,
    locked_folder,
    read_file,
    remove_left_over_files,
    shown_path,
    write_text_whole,
    write_together,
    write_whole,
)


def test_a_text_is_written_as_utf8_with_line_feeds(tmp_path: Path) -> None:
    write_text_whole(tmp_path / "a.txt", "é\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\n"


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "x" / "y" / "a.txt", b"1")
    assert (tmp_path / "x" / "y" / "a.txt").read_bytes() == b"1"


def test_when_replacing_fails_the_old_bytes_stay_and_no_rubbish_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX")
def test_the_permissions_of_an_existing_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links are POSIX")
def test_a_link_keeps_pointing_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_what_a_killed_run_left_is_found(tmp_path: Path) -> None:
    left = tmp_path / f".a.svg.x1{TEMPORARY_SUFFIX}"
    left.write_bytes(b"half")
    (tmp_path / "a.svg").write_bytes(b"whole")
    assert list(left_over_files(tmp_path)) == [left]
    assert list(left_over_files(tmp_path / "missing")) == []


def test_a_path_is_shown_from_the_current_folder_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "models" / "a.py") == "models/a.py"


def test_a_path_elsewhere_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path("/elsewhere/a.py") == "/elsewhere/a.py"


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / f".a.svg.x1{TEMPORARY_SUFFIX}"
    left.write_bytes(b"half")
    (tmp_path / "a.svg").write_bytes(b"whole")
    assert remove_left_over_files(tmp_path) == [left]
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed on Windows")
def test_what_another_run_is_writing_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def clean_up_meanwhile(temporary: Path, target: Path) -> Path:
        assert remove_left_over_files(tmp_path) == []
        return replace(temporary, target)

    monkeypatch.setattr(files.Path, "replace", clean_up_meanwhile)
    write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed on Windows")
@pytest.mark.parametrize("error", [OSError(95, "Operation not supported"), OSError(37, "No locks available")])
def test_a_file_system_without_locks_is_written_and_cleaned_up_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    import fcntl

    def no_locks(*_: object) -> None:
        raise error

    monkeypatch.setattr(fcntl, "flock", no_locks)
    left = tmp_path / f".a.txt.x1{TEMPORARY_SUFFIX}"
    left.write_bytes(b"half")
    write_whole(tmp_path / "a.txt", b"new")
    assert remove_left_over_files(tmp_path) == [left]
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed on Windows")
def test_a_temporary_file_that_a_clean_up_took_before_it_was_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock, taken = fcntl.flock, list[Path]()

    def taken_before(file: int, how: int) -> None:
        if not taken:
            taken.extend(left_over_files(tmp_path))
            taken[0].unlink()
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", taken_before)
    write_whole(tmp_path / "a.txt", b"new")
    assert len(taken) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX")
class TestPipes:
    """A pipe with a file's name is never opened, which could wait for ever."""

    def test_none_is_replaced_by_a_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.svg")
        with pytest.raises(OSError, match="it is a pipe, a socket or a device"):
            write_whole(tmp_path / "a.svg", b"whole")
        assert (tmp_path / "a.svg").is_fifo()
        assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]

    def test_none_is_read(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.svg")
        with pytest.raises(OSError, match="it is a pipe, a socket or a device"):
            read_file(tmp_path / "a.svg")

    def test_none_is_taken_for_a_left_over(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / f".a.svg.x{TEMPORARY_SUFFIX}")
        assert remove_left_over_files(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "fchmod"), reason="needs fchmod")
def test_a_file_system_that_refuses_permissions_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchmod", refuse)
    write_whole(tmp_path / "a.txt", b"whole")
    assert (tmp_path / "a.txt").read_bytes() == b"whole"


class TestWritingTogether:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("a", "b", "c"):
            (tmp_path / name).write_bytes(name.encode())
        return tmp_path

    def contents(self, folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def test_files_are_written_and_removed(self, folder: Path) -> None:
        write_together({folder / "a": b"1", folder / "new": b"2", folder / "c": None})
        assert self.contents(folder) == {"a": b"1", "b": b"b", "new": b"2"}

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(5, "Input/output error")])
    @pytest.mark.parametrize("at", [0, 1, 2])
    def test_when_it_ends_half_way_all_files_are_as_they_were(
        self, folder: Path, error: BaseException, at: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = self.contents(folder)
        number = 0

        move = Path.replace

        def replace(source: Path, target: Path) -> None:
            nonlocal number
            number += 1
            if number == at + 1:
                raise error
            move(source, target)

        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(type(error)):
            write_together({folder / name: b"1" for name in ("a", "new", "b")})
        assert self.contents(folder) == before

    def test_one_that_cannot_be_written_is_named_before_any_is_replaced(self, folder: Path) -> None:
        before = self.contents(folder)
        below = folder / "a" / "new"
        with pytest.raises(OSError, match="a") as caught:
            write_together({folder / "b": b"1", below: b"2"})
        assert caught.value.filename == str(below)
        assert self.contents(folder) == before

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
    def test_new_folders_go_when_it_ends_half_way(
        self, folder: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: object) -> None:
            raise error

        (folder / "empty").mkdir()
        monkeypatch.setattr("codeable.files._temporary_file", full)
        with pytest.raises(type(error)):
            write_together({folder / "new/of/1": b"1", folder / "new/2": b"2", folder / "empty/3": b"3"})
        assert sorted(path.name for path in folder.iterdir()) == ["a", "b", "c", "empty"]
        assert not list((folder / "empty").iterdir())

    def test_an_interrupt_while_a_temporary_file_is_made_leaves_none(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = os.fdopen

        def interrupted(handle: int, *given: str) -> object:
            if len([*folder.iterdir()]) > 4:
                os.close(handle)
                raise KeyboardInterrupt
            return opened(handle, *given)

        monkeypatch.setattr(os, "fdopen", interrupted)
        before = self.contents(folder)
        with pytest.raises(KeyboardInterrupt):
            write_together({folder / name: b"1" for name in ("a", "b")})
        assert self.contents(folder) == before

    def test_a_folder_is_locked_for_one_run_at_a_time(self, folder: Path) -> None:
        order = []

        def other() -> None:
            with locked_folder(folder):
                order.append("other")

        with locked_folder(folder):
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(0.05)
            order.append("first")
        thread.join()
        assert order == ["first", "other"] or sys.platform == "win32"
