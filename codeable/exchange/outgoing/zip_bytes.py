"""Zips files so that the same files always give the same bytes. Called by the writers of archives."""

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time stamp of every file: the earliest that a zip can have."""
_UNIX = 3
_PERMISSIONS = 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip of some files, in their order.

    Nothing is compressed: which bytes a compression gives depends on the library of a machine.

    Args:
        files: Name → content; a name may have folders before it.

    Example:
        >>> zip_bytes({"codes.csv": b"code"}) == zip_bytes({"codes.csv": b"code"})
        True
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = _UNIX
            entry.external_attr = _PERMISSIONS
            archive.writestr(entry, data)
    return target.getvalue()
