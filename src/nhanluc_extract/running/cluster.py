"""Batches of articles through the processes of a Dask cluster, in their order, whichever of them end."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyarrow as pa

from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, rejected_record
from nhanluc_extract.running.reuse import state_of

if TYPE_CHECKING:
    from distributed import Client

_WAITING = 4  # batches for each thread of the cluster that are handed out before their turn
_PATIENCE = 30  # seconds for the scheduler to answer, and for a worker to come
_ATTEMPT = 10  # seconds after which the scheduler is called again
_LOST = "The processes of the cluster ended while its batch was read, from {} to {}. Run again."


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


class Cluster:
    """The processes behind a scheduler; each has this package, and the rule pack at the same path."""

    def __init__(self, scheduler: str, extractor: Extractor) -> None:
        """Find the cluster at an address (``tcp://host:8786``).

        Raises:
            ClusterError: it does not answer, has no process, or the package for it is missing.
        """
        self._scheduler = scheduler
        self._rules = extractor.pack.directory
        self._state = state_of(extractor.pack)
        self._client = _client(scheduler)

    def __enter__(self) -> Cluster:
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self._client.close()
            told = f"{self._scheduler}: the cluster has no worker. Start one and run again."
            raise ClusterError(told) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def map(self, batches: Iterable[pa.RecordBatch]) -> Iterator[list[Record]]:
        """Rows of each batch in their order; those of a batch that ends all who read it are rejected.

        Raises:
            ClusterError: the cluster went away, or has another version of the package or of the rule pack.
        """
        pending: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()
        for batch in batches:
            pending.append((batch, self._submitted(batch)))
            if len(pending) > _WAITING * max(sum(self._client.nthreads().values()), 1):
                yield self._rows(*pending.popleft())
        while pending:
            yield self._rows(*pending.popleft())

    def _submitted(self, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
        """The answer to come; of an empty batch itself."""
        answer: Future[pa.RecordBatch] = Future()
        if batch.num_rows:
            answer = self._client.submit(_extract, self._rules, self._state, batch, pure=False, retries=2)
        else:
            answer.set_result(batch)
        return answer

    def _rows(self, batch: pa.RecordBatch, answer: Future[pa.RecordBatch]) -> list[Record]:
        from distributed import KilledWorker

        while True:
            try:
                rows: list[Record] = answer.result(timeout=_PATIENCE).to_pylist()
            except TimeoutError:
                if self._client.nthreads():
                    continue
                told = "all workers of the cluster are gone. Start one and run again: what was read is known."
                raise ClusterError(told) from None
            except KilledWorker:
                sources = batch["source"].to_pylist()
                told = _LOST.format(sources[0], sources[-1])
                return [rejected_record(source, told) for source in sources]
            except CancelledError:
                told = f"{self._scheduler}: the scheduler is gone. Run again: what was read is known."
                raise ClusterError(told) from None
            except Exception as error:
                told = f"a process of the cluster cannot read articles ({type(error).__name__}: {error})."
                raise ClusterError(
                    f"{told} Give it this version of the package and of the rule pack."
                ) from error
            return rows


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
        from distributed.comm import parse_address, parse_host_port
    except ImportError:
        raise ClusterError("--engine dask needs a package: pip install 'nhanluc-extract[cluster]'.") from None
    told = "{}: no scheduler answers there ({}). Check --scheduler."
    try:
        parse_host_port(parse_address(scheduler)[1])  # without a port the client would wait for ever
    except ValueError as error:
        raise ClusterError(told.format(scheduler, error)) from None
    last = time.monotonic() + _PATIENCE - _ATTEMPT
    while True:
        try:
            return Client(scheduler, timeout=_ATTEMPT, set_as_default=False)
        except (OSError, TimeoutError) as error:  # some are raised at once, some without a word
            if time.monotonic() > last:
                raise ClusterError(told.format(scheduler, str(error) or type(error).__name__)) from None
            time.sleep(0.2)


def _extract(rules: str, state: bytes, batch: pa.RecordBatch) -> pa.RecordBatch:
    return _extractor(rules, state).batch(batch)


@lru_cache(maxsize=1)
def _extractor(rules: str, state: bytes) -> Extractor:
    """The extractor of a worker, which must be that of whoever asks."""
    extractor = Extractor.from_directory(Path(rules))
    if state_of(extractor.pack) != state:
        raise ValueError(f"{rules} or the package is another one there")
    return extractor
