"""Words about places and bodies, ready to be looked up."""

from __future__ import annotations

from functools import cache

from nhanluc_extract.places.gazetteer import place_words
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.tokens import SurfaceTrie


@cache
def keys(section: str, name: str) -> frozenset[str]:
    """Single syllables listed under ``name`` in a section, folded."""
    return frozenset(fold(word) for word in place_words()[section][name])


@cache
def words_of(section: str, name: str) -> SurfaceTrie[bool]:
    """Words listed under ``name`` in a section."""
    return SurfaceTrie.of(place_words()[section][name])


@cache
def by_level(section: str) -> SurfaceTrie[str]:
    """Words of a section with the level under which they are listed."""
    surfaces: SurfaceTrie[str] = SurfaceTrie()
    for level in _LEVELS.get(section, place_words()[section]):
        for surface in place_words()[section][level]:
            surfaces.add(surface, level)
    return surfaces


_LEVELS = {
    "types": ("province", "district", "commune", "village"),
    "heads": ("province", "district", "commune", "city"),
}


@cache
def body_names() -> SurfaceTrie[bool]:
    """Words that begin the name of a body, and whether it stands for its territory."""
    named = place_words()["organisations"]
    surfaces: SurfaceTrie[bool] = SurfaceTrie()
    for surface in named["territorial"]:
        surfaces.add(surface, True)
    for surface in (*named["words"], *named["singular"], *named["teams"], *named["brands"]):
        surfaces.add(surface, False)
    return surfaces
