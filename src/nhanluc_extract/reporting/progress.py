"""How far a run is, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from nhanluc_extract.model import Article, Rejected


def watched(entries: Iterable[Article | Rejected], total: int | None) -> Iterator[Article | Rejected]:
    """``entries`` as they are, told about on standard error while they are asked for.

    ``total`` is their number, where it is known; without it no time can be left.
    """
    columns = (_Told(), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, unreadable=0)
        unreadable = 0
        for entry in entries:
            yield entry
            unreadable += isinstance(entry, Rejected)
            progress.update(task, advance=1, unreadable=unreadable)


class _Told(TextColumn):
    """``1,500 articles, 240/s, 2 cannot be read``."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        told = f"{task.completed:,.0f} articles"
        if task.speed:
            told += f", {task.speed:,.0f}/s"
        if task.fields["unreadable"]:
            told += f", {task.fields['unreadable']} cannot be read"
        return Text(told)
