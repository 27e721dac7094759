"""Where the results of a run go: a folder of this machine, or one on another file system."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from nhanluc_extract.storage import Place
from nhanluc_extract.writing.folder import SEEN

MANIFEST = "manifest.json"


class Results:
    """The results at ``out``, beside which a run works in ``folder``.

    Of another file system the tables that are there, and what is known of their articles, are fetched
    before, and stored behind the run: the tables one by one, each as a whole, and the manifest last.
    """

    def __init__(self, out: Path | Place, names: Iterable[str]) -> None:
        self.out = out
        self.names = sorted(names)
        self.folder = out if isinstance(out, Path) else Path()

    def __enter__(self) -> Results:
        """
        Raises:
            OSError: what is there cannot be fetched.
        """
        if isinstance(self.out, Place):
            self.folder = Path(mkdtemp(prefix="nhanluc-extract-"))
            (self.folder / SEEN).parent.mkdir()
            for name in (*self.names, SEEN):
                self.out.inside(name).fetch(self.folder / name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self.out, Place):
            shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self) -> Sequence[str]:
        """Let the tables in ``folder`` be seen at ``out``; their names there.

        Raises:
            OSError: they cannot be stored; of some the earlier ones may stand, as the manifest tells.
        """
        names = [name for name in self.names if (self.folder / name).exists()]
        if isinstance(self.out, Path):
            return [str(self.out / name) for name in names]
        tables = {name: sums_of(self.folder / name) for name in names}
        told = json.dumps({"tables": tables}, indent=2, sort_keys=True) + "\n"
        (self.folder / MANIFEST).write_text(told, encoding="utf-8")
        for name in (*names, *(name for name in (SEEN,) if (self.folder / name).exists()), MANIFEST):
            self.out.inside(name).store(self.folder / name)
        return [self.out.inside(name).address for name in names]


def sums_of(path: Path) -> dict[str, int | str]:
    """``bytes`` and ``sha256`` of a file, by which whoever fetches it knows that it came whole."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}
