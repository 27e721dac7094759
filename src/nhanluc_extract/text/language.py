"""The words of the language that all rule packs share, read once from ``text/data``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def language(name: str) -> dict[str, Any]:
    """Contents of ``data/<name>.toml``."""
    path = resources.files("nhanluc_extract.text") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
