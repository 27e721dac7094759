"""The last net: an article that is too long, takes too long, or that the code fails on, is rejected alone."""

from __future__ import annotations

import threading

import pytest

from nhanluc_extract import limits
from nhanluc_extract.limits import OverLimitError, limited
from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor


def wait_forever() -> None:
    while True:
        pass


def test_an_article_beyond_the_length_is_told_to_be_split() -> None:
    with (
        pytest.raises(OverLimitError, match=r"more than 16,777,216\. Split it\."),
        limited(limits.LONGEST + 1),
    ):
        pass


def test_a_reading_beyond_its_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SECONDS", 0.05)
    with pytest.raises(OverLimitError, match="took more than 0 seconds"), limited(0):
        wait_forever()


def test_outside_the_main_thread_there_is_no_clock() -> None:
    done: list[bool] = []

    def read() -> None:
        with limited(10):
            done.append(True)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_article_that_the_code_fails_on_is_rejected_by_name_and_reason(extractor: Extractor) -> None:
    class Failing(Extractor):
        def read(self, article: Article) -> object:  # type: ignore[override]
            raise ZeroDivisionError("division by zero")

    row = Failing(extractor.pack).record(Article("a.txt", "Toàn tỉnh có 12 tổ."))
    assert (row["source"], row["status"], row["facts"]) == ("a.txt", "rejected", [])
    assert row["reason"] == (
        "The extraction failed on it (ZeroDivisionError: division by zero). Please report this article."
    )


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_a_signal_during_an_import_is_no_fault_of_the_article(
    extractor: Extractor, kind: type[BaseException]
) -> None:
    class Interrupted(Extractor):
        def read(self, article: Article) -> object:  # type: ignore[override]
            raise RuntimeError("Error calling __set_name__") from kind()

    with pytest.raises(kind):
        Interrupted(extractor.pack).record(Article("a.txt", "Toàn tỉnh có 12 tổ."))


def test_too_long_an_article_is_rejected_with_its_reason(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LONGEST", 10)
    row = extractor.record(Article("a.txt", "Toàn tỉnh có 12 tổ."))
    assert row["reason"] == "It has 19 characters, more than 10. Split it."
