"""How a field is settled: by layers, from its own words outwards.

Each layer of a field sees what the layers before it found and keeps it, fills it in or overrules it. It may
ask another claim for the same or another field up to a layer; what was settled once stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nhanluc_extract.extraction.discourse.reader import Discourse
from nhanluc_extract.extraction.discourse.scene import Scene
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.frames.matching import is_summed
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.rulepack.model import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Settled:
    """The value of a field, and the source that gave it (empty for none)."""

    value: Any = None
    source: str = ""


Layer = Callable[["Fields", Claim, Settled], Settled | None]
Layers = Mapping[str, Mapping[str, Layer]]


class Fields:
    """The fields of all claims of an article."""

    def __init__(
        self,
        discourse: Discourse,
        claims: Sequence[Claim],
        scenes: Mapping[int, Scene],
        layers: Layers,
    ) -> None:
        self.discourse = discourse
        self.pack = discourse.pack
        self.claims = claims
        self.scenes = scenes
        self._layers = layers
        self._position = {id(claim): index for index, claim in enumerate(claims)}
        self._of_reading = {id(claim.reading): claim for claim in claims}
        self._of_sentence: dict[int, list[Claim]] = {}
        self._parts: dict[int, list[Claim]] = {}
        self._alike: dict[tuple[str, Decimal, str], list[Claim]] = {}
        for claim in claims:
            self._of_sentence.setdefault(claim.sentence, []).append(claim)
            self._alike.setdefault(figure_of(claim), []).append(claim)
            total = self.total(claim)
            if total is not None:
                self._parts.setdefault(id(total), []).append(claim)
        self._settled: dict[tuple[int, str, str], Settled] = {}

    def get(self, claim: Claim, field: str, upto: str = "") -> Settled:
        """The field as it stands after the layer ``upto``, or after the last.

        Raises:
            KeyError: The field has no such layer.
        """
        if upto and upto not in self._layers[field]:
            raise KeyError(f"{field}: no layer {upto!r}")
        settled = Settled()
        if field in DIMENSIONS and field not in claim.indicator.dimensions:
            return settled
        for name, layer in self._layers[field].items():
            key = (id(claim), field, name)
            if key not in self._settled:
                self._settled[key] = layer(self, claim, settled) or settled
            settled = self._settled[key]
            if name == upto:
                break
        return settled

    def value(self, claim: Claim, field: str, upto: str = "") -> Any:
        """The value alone, as ``get``."""
        return self.get(claim, field, upto).value

    def sources(self, claim: Claim) -> dict[str, str]:
        """Where each field that has a value was found."""
        settled = {field: self.get(claim, field) for field in self._layers}
        return {field: found.source for field, found in settled.items() if found.value is not None}

    def claim_of(self, reading: Reading | None) -> Claim | None:
        """The claim at a reading, if there is one."""
        return self._of_reading.get(id(reading)) if reading is not None else None

    def position(self, claim: Claim) -> int:
        """Place of a claim in the order of the text."""
        return self._position[id(claim)]

    def before(self, claim: Claim) -> Iterator[Claim]:
        """The claims before one, nearest first."""
        return (self.claims[at] for at in range(self.position(claim) - 1, -1, -1))

    def of_sentence(self, index: int) -> Sequence[Claim]:
        """The claims of one sentence."""
        return self._of_sentence.get(index, ())

    def alike(self, claim: Claim) -> Sequence[Claim]:
        """The claims that give the number of one of the same, itself among them."""
        return self._alike[figure_of(claim)]

    def previous(self, claim: Claim) -> Claim | None:
        """The claim right before one."""
        at = self.position(claim)
        return self.claims[at - 1] if at else None

    def total(self, claim: Claim) -> Claim | None:
        """The total that a claim is a part of, whatever its share."""
        return self.claim_of(claim.reading.parent) if claim.unit != "percent" else None

    def sum_of(self, claim: Claim) -> Claim | None:
        """The total that is told behind a claim as the sum of its parts."""
        return self.claim_of(claim.reading.parent) if is_summed(claim.reading) else None

    def parts(self, claim: Claim) -> Sequence[Claim]:
        """The claims that are parts of one."""
        return self._parts.get(id(claim), ())

    def scene(self, claim: Claim) -> Scene:
        """The places told of where a claim stands."""
        return self.scenes[claim.sentence]


def figure_of(claim: Claim) -> tuple[str, Decimal, str]:
    """What a claim counts, and how many: equal for two that give one number of the same."""
    return claim.taken.indicator, claim.reading.quantity.value, claim.unit


def by_frame(field: str) -> Layer:
    """What the frame itself says of a field overrules all words."""

    def layer(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
        if field not in claim.frame.set:
            return None
        return Settled(claim.frame.set[field] or None, "frame")

    return layer
