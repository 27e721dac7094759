"""What the tests share: the extractor of the project's own pack, and the material beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhanluc_extract.pipeline import Extractor

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor of the pack that ships with the project, loaded once."""
    return Extractor.from_directory()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the repository: real articles, their annotation, the scorer."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "score.py").is_file():
        pytest.skip(f"{folder} is absent: the real articles do not ship with the project")
    return folder
