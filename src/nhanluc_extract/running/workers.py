"""Batches of articles through several processes, in their order, each read whatever becomes of a process."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

import pyarrow as pa

from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, rejected_record
from nhanluc_extract.startup import prepare

Work = Callable[[pa.RecordBatch], pa.RecordBatch]

_WORTH = 5  # batches from which on other processes are worth their start
_HELD = 64  # batches, most of them empty, that wait for as many others
_WAITING = 3  # batches for each process that are handed out before their turn


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def extracted(extractor: Extractor, batches: Iterable[pa.RecordBatch], jobs: int) -> Iterator[list[Record]]:
    """Rows of each batch, in the order of ``batches``, by ``jobs`` processes where there is enough to do."""
    waiting, held = iter(batches), list[pa.RecordBatch]()
    for batch in waiting:
        held.append(batch)
        if jobs > 1 and sum(each.num_rows > 0 for each in held) >= _WORTH:
            yield from Workers(_start, (extractor.pack.directory,), _extract, jobs).map(chain(held, waiting))
            return
        if jobs == 1 or len(held) >= _HELD:
            yield from _here(extractor, held)
            held.clear()
    yield from _here(extractor, held)


def _here(extractor: Extractor, batches: Iterable[pa.RecordBatch]) -> Iterator[list[Record]]:
    """Rows of each batch, by this process."""
    for batch in batches:
        yield extractor.batch(batch).to_pylist() if batch.num_rows else []


class Workers:
    """Processes that were begun with ``start(*given)`` and do ``work``; functions of a module, all three."""

    def __init__(self, start: Callable[..., None], given: tuple[object, ...], work: Work, jobs: int) -> None:
        self._start, self._given, self._work, self._jobs = start, given, work, jobs
        self._pool = self._new_pool()

    def map(self, batches: Iterable[pa.RecordBatch]) -> Iterator[list[Record]]:
        """Rows of each batch in their order; of what ends a process twice only that article is lost."""
        pending: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()
        try:
            for batch in batches:
                pending.append((batch, self._submitted(batch)))
                if len(pending) > _WAITING * self._jobs:
                    yield self._next(pending)
            while pending:
                yield self._next(pending)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _next(self, pending: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]]) -> list[Record]:
        batch, future = pending.popleft()
        try:
            return _rows(future)
        except BrokenProcessPool:
            rows = self._again(batch)
            others = [other for other, _ in pending]
            pending.clear()
            pending.extend((other, self._submitted(other)) for other in others)
            return rows

    def _submitted(self, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
        """The answer to come; that there will be none, where a process has died meanwhile."""
        answer: Future[pa.RecordBatch] = Future()
        if not batch.num_rows:
            answer.set_result(batch)
            return answer
        try:
            return self._pool.submit(self._work, batch)
        except BrokenProcessPool as error:
            answer.set_exception(error)
            return answer

    def _again(self, batch: pa.RecordBatch) -> list[Record]:
        """A batch with new processes to itself, and where it ends them too, article by article."""
        self._renew()
        try:
            return _rows(self._submitted(batch))
        except BrokenProcessPool:
            self._renew()
            return [row for i in range(batch.num_rows) for row in self._alone(batch.slice(i, 1))]

    def _alone(self, article: pa.RecordBatch) -> list[Record]:
        try:
            return _rows(self._submitted(article))
        except BrokenProcessPool:
            self._renew()
            told = "A process ended while it was read. Please report this article."
            return [rejected_record(article["source"][0].as_py(), told)]

    def _renew(self) -> None:
        self._pool.shutdown(wait=False)
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Not forked: a copy of a process with threads may wait for ever.
        context = get_context("spawn")
        given = (self._start, self._given)
        return ProcessPoolExecutor(self._jobs, context, initializer=_begin, initargs=given)


def _rows(future: Future[pa.RecordBatch]) -> list[Record]:
    rows: list[Record] = future.result().to_pylist()
    return rows


def _begin(start: Callable[..., None], given: tuple[object, ...]) -> None:
    """Ctrl-C is for the process that hands out the work; where that is killed, nothing is left to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare()
    Thread(target=_end_with_parent, daemon=True).start()
    start(*given)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


_EXTRACTORS: list[Extractor] = []


def _start(directory: str) -> None:
    _EXTRACTORS.append(Extractor.from_directory(Path(directory)))
    gc.freeze()  # what is loaded stays


def _extract(batch: pa.RecordBatch) -> pa.RecordBatch:
    return _EXTRACTORS[0].batch(batch)
