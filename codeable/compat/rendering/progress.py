"""Says on stderr how many pictures a long run has drawn. Called by `output`."""

import sys
import time

_PATIENCE = 2.0
_INTERVAL = 10.0
_FEW = 4
"""So many pictures are not worth a line in a log, however busy the machine is."""
_CLEAR = "\r\x1b[K"


class PictureProgress:
    """One line on stderr: rewritten on a terminal, else written every 10 s. Short runs show none."""

    def __init__(self) -> None:
        self._drawn = 0
        self._total = 0
        self._drawing = 0.0
        self._began = 0.0
        self._written = 0.0
        self._is_shown = False

    def begin(self, pictures: int) -> None:
        """Begin to draw so many more pictures."""
        self._total += pictures
        self._began = time.monotonic()
        self._written = self._written or self._began

    def done(self) -> None:
        """One picture is drawn, or cannot be."""
        self._drawn += 1
        now = time.monotonic()
        of = f" of {self._total}" if self._total > self._drawn else ""
        if sys.stderr.isatty():
            if self._drawing + now - self._began >= _PATIENCE:
                sys.stderr.write(f"{_CLEAR}  drawing pictures: {self._drawn}{of}")
                sys.stderr.flush()
                self._is_shown = True
        elif now - self._written >= _INTERVAL and self._total > _FEW:
            self._written = now
            print(f"drawing pictures: {self._drawn}{of}", file=sys.stderr)

    def skip(self, pictures: int) -> None:
        """So many pictures are not drawn at all."""
        self._total -= pictures

    def clear(self) -> None:
        """Take the line away, for what is written next."""
        if self._is_shown:
            self._is_shown = False
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def pause(self) -> None:
        """The pictures are drawn; the study goes on."""
        self.clear()
        self._drawing += time.monotonic() - self._began
