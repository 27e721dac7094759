"""Batches of articles through the processes of a Dask cluster, in their order, whichever of them end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import Record, rejected_record

if TYPE_CHECKING:
    from distributed import Client

_WAITING = 4  # batches for each thread of the cluster that are handed out before their turn
_PATIENCE = 20  # seconds for the scheduler to answer
_LOST = "The processes of the cluster ended while its batch was read, from {} to {}. Run again."


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


class Cluster:
    """The processes behind a scheduler; each has the package, and the rule pack at the same path."""

    def __init__(self, scheduler: str, rules: str) -> None:
        """Find the cluster at an address (``tcp://host:8786``).

        Raises:
            ClusterError: it does not answer, has no process, or the package for it is missing.
        """
        self._rules = rules
        self._client = _client(scheduler)
        if not self._client.nthreads():
            self._client.close()
            raise ClusterError(f"{scheduler}: the cluster has no worker. Start one and run again.")

    def map(self, batches: Iterable[pa.RecordBatch]) -> Iterator[list[Record]]:
        """Rows of each batch in their order; those of a batch that ends all who read it are rejected.

        Raises:
            ClusterError: a process has another version of the package, or no such rule pack.
        """
        pending: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()
        try:
            for batch in batches:
                pending.append((batch, self._submitted(batch)))
                if len(pending) > _WAITING * max(sum(self._client.nthreads().values()), 1):
                    yield _rows(*pending.popleft())
            while pending:
                yield _rows(*pending.popleft())
        finally:
            self._client.close()

    def _submitted(self, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
        """The answer to come; of an empty batch itself."""
        answer: Future[pa.RecordBatch] = Future()
        if batch.num_rows:
            answer = self._client.submit(_extract, self._rules, batch, pure=False, retries=2)
        else:
            answer.set_result(batch)
        return answer


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--engine dask needs a package: pip install 'nhanluc-extract[cluster]'.") from None
    try:
        return Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        told = f"{scheduler}: no scheduler answers there ({error}). Check --scheduler."
        raise ClusterError(told) from None


def _rows(batch: pa.RecordBatch, future: Future[pa.RecordBatch]) -> list[Record]:
    from distributed import KilledWorker

    try:
        rows: list[Record] = future.result().to_pylist()
    except KilledWorker:
        sources = batch["source"].to_pylist()
        told = _LOST.format(sources[0], sources[-1])
        return [rejected_record(source, told) for source in sources]
    except Exception as error:
        told = f"a process of the cluster cannot read articles ({type(error).__name__}: {error})."
        raise ClusterError(f"{told} Give it this version of the package and of the rule pack.") from error
    return rows


def _extract(rules: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    return _extractor(rules).batch(batch)


@lru_cache(maxsize=1)
def _extractor(rules: str) -> Extractor:
    return Extractor.from_directory(Path(rules))
