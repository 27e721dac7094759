"""The word segmenter of underthesea, worked out over the weights that it ships.

Loading the package takes as long as reading a dozen articles, most of it for parts nobody asks for, and its
own engine builds 43 strings for each syllable and hands them to another language and back; that takes
nine tenths of its time. The model has two labels, so that all it knows of a syllable, or of two or three in a
row, is a few numbers, found once and kept. Sources: the package's list of features, CRFsuite's file format.
"""

from __future__ import annotations

import ast
import pickle
import re
import struct
from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

_TOKENS = "regex_tokenize.py"
_WEIGHTS, _DICTIONARY, _FEATURES = (
    f"models/ws_crf_vlsp2013_20230727/{name}.bin" for name in ("models", "dictionary", "features")
)
_SHA256 = {
    _TOKENS: "5cb4fdc04fc806ac51842d9ec96834e9647262361bf865bacc164e96dc898a76",
    _WEIGHTS: "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3",
    _DICTIONARY: "ec8c62b3881c6682c18959988e1fe08800cc835777778845bded470ca02745d9",
    _FEATURES: "cf93263c7c7973bf50122b0be76a394443ff61be00c1368713dee1b7d5b8a435",
}
# What features look at: the offsets of the first and last syllable from the one that is tagged.
_SINGLES = ((-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2))
_PAIRS = ((-2, -1), (-1, 0), (0, 1), (1, 2))
_TRIPLES = ((-2, 0), (-1, 1), (0, 2))
_PLACES = (*_SINGLES, *_PAIRS, *_TRIPLES)
_KINDS = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
_BEFORE, _BEHIND = "BOS", "EOS"  # what stands beyond the ends
_MOST_KEPT = 1 << 18  # texts of one length; a few dozen megabytes for all three

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_CHUNK = struct.Struct("<4sIIIII")
_FEATURE = struct.Struct("<IIId")

Scores = tuple[float, ...]
Weights = defaultdict[str, dict[str, float]]  # by feature and its value


class _Knowledge(dict[str, Scores]):
    """What the model knows of texts of so many syllables, for each of ``places`` that they may stand at."""

    def __init__(
        self, places: Sequence[tuple[int, int]], weights: Weights, dictionary: frozenset[str]
    ) -> None:
        names = [_name(first, last) for first, last in places]
        self._dictionary = dictionary
        self._nothing = (0.0,) * len(places)
        self._plain, self._lower = (
            _by_text([weights[name + kind] for name in names]) for kind in ("", ".lower")
        )
        self._told = {
            (digit, title, known): tuple(
                weights[f"{name}.isdigit"].get(str(digit), 0.0)
                + weights[f"{name}.istitle"].get(str(title), 0.0)
                + weights[f"{name}.is_in_dict"].get(str(known), 0.0)
                for name in names
            )
            for digit in (False, True)
            for title in (False, True)
            for known in (False, True)
        }

    def __missing__(self, text: str) -> Scores:
        if len(self) >= _MOST_KEPT:
            self.clear()
        lower = text.lower()
        title = not any(syllable[:1].islower() for syllable in text.split(" "))
        found = self._told[_is_integer(text), title, lower in self._dictionary]
        if text in self._plain or lower in self._lower:
            plain, lowered = self._plain.get(text, self._nothing), self._lower.get(lower, self._nothing)
            found = tuple(map(sum, zip(plain, lowered, found, strict=True)))
        self[text] = found
        return found


def _name(first: int, last: int) -> str:
    """The name of the features that look at these places."""
    return f"T[{first}]" if first == last else f"T[{first},{last}]"


def _by_text(weights: Sequence[Mapping[str, float]]) -> Mapping[str, Sequence[float]]:
    """Texts and their weights at each place."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(weights))
    for place, each in enumerate(weights):
        for text, weight in each.items():
            found[text][place] = weight
    return dict(found)


class Segmenter:
    """Finds the words of a text."""

    def __init__(self, directory: Path) -> None:
        """Read the package's parts for words in ``directory``.

        Raises:
            OSError: a file of it is not there.
            ValueError: it is not the one that this code was checked against.
        """
        files = {name: (directory / name).read_bytes() for name in _SHA256}
        for name, content in files.items():
            if sha256(content).hexdigest() != _SHA256[name]:
                raise ValueError(f"{directory / name} is another one than the one known here.")
        dictionary: frozenset[str] = frozenset(pickle.loads(files[_DICTIONARY]))  # known by its hash
        weights, self._transitions = _read_model(files[_WEIGHTS])
        self._singles, self._pairs, self._triples = (
            _Knowledge(places, weights, dictionary) for places in (_SINGLES, _PAIRS, _TRIPLES)
        )
        self._ends = {
            (place, beyond): sum(weights[_name(*place) + kind].get(beyond, 0.0) for kind in _KINDS)
            for place in _PLACES
            for beyond in (_BEFORE, _BEHIND)
        }
        self._token = _read_pattern(files[_TOKENS].decode())

    def words(self, text: str) -> list[tuple[int, int]]:
        """The spans of the words of ``text``, which is in NFC."""
        tokens = [match.span() for match in self._token.finditer(text)]
        found: list[tuple[int, int]] = []
        goes_on = self.goes_on([text[start:end] for start, end in tokens])
        for (start, end), inside in zip(tokens, goes_on, strict=True):
            if inside and found:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        return found

    def goes_on(self, syllables: Sequence[str]) -> list[bool]:
        """Whether each of ``syllables`` belongs to the word of the one before it."""
        scores = self._scores(syllables)
        if not scores:
            return []
        (begin_begin, begin_on), (on_begin, on_on) = self._transitions
        begin, on = 0.0, scores[0]  # the best of all ways up to here on which a word begins, or goes on
        came: list[tuple[bool, bool]] = []
        for score in scores[1:]:
            came.append((on + on_begin > begin + begin_begin, on + on_on > begin + begin_on))
            begin, on = (
                max(begin + begin_begin, on + on_begin),
                max(begin + begin_on, on + on_on) + score,
            )
        tags = [on > begin]
        for from_begin, from_on in reversed(came):
            tags.append(from_on if tags[-1] else from_begin)
        return tags[::-1]

    def _scores(self, syllables: Sequence[str]) -> list[float]:
        """By how much going on is likelier than beginning, for each syllable."""
        number = len(syllables)
        scores = [0.0] * (number + 4)  # two more on either side
        for at, each in enumerate(map(self._singles.__getitem__, syllables), 2):
            scores[at + 2] += each[0]
            scores[at + 1] += each[1]
            scores[at] += each[2]
            scores[at - 1] += each[3]
            scores[at - 2] += each[4]
        pairs = [f"{one} {other}" for one, other in pairwise(syllables)]
        for at, each in enumerate(map(self._pairs.__getitem__, pairs), 2):
            scores[at + 2] += each[0]
            scores[at + 1] += each[1]
            scores[at] += each[2]
            scores[at - 1] += each[3]
        triples = [f"{pair} {third}" for pair, third in zip(pairs, syllables[2:], strict=False)]
        for at, each in enumerate(map(self._triples.__getitem__, triples), 2):
            scores[at + 2] += each[0]
            scores[at + 1] += each[1]
            scores[at] += each[2]
        for at in {0, 1, number - 2, number - 1} & set(range(number)):
            scores[at + 2] += self._beyond_ends(at, number)
        return scores[2 : number + 2]

    def _beyond_ends(self, at: int, number: int) -> float:
        """What those features of syllable ``at`` of ``number`` say that look beyond the ends."""
        before = sum(self._ends[place, _BEFORE] for place in _PLACES if at + place[0] < 0)
        behind = (place for place in _PLACES if at + place[0] >= 0 and at + place[1] >= number)
        return before + sum(self._ends[place, _BEHIND] for place in behind)


def _is_integer(text: str) -> bool:
    """Whether a syllable is an integer of 32 bits."""
    figures = text[1:] if text[:1] in ("+", "-") else text
    return figures.isascii() and figures.isdecimal() and -(1 << 31) <= int(text) < 1 << 31


def _read_pattern(source: str) -> re.Pattern[str]:
    """The expression for tokens, which the module builds from plain assignments."""
    assignments: list[ast.stmt] = [n for n in ast.parse(source).body if isinstance(n, ast.Assign)]
    module = ast.Module(assignments, type_ignores=[])
    names: dict[str, Any] = {"re": re}
    exec(compile(module, _TOKENS, "exec"), names)
    pattern: re.Pattern[str] = names["patterns"]
    return pattern


def _read_model(content: bytes) -> tuple[Weights, tuple[tuple[float, float], tuple[float, float]]]:
    """How much each value of each feature speaks for going on, and the weights from label to label."""
    header = _HEADER.unpack_from(content)
    attributes, at_features, at_attributes = header[6], header[7], header[9]
    (number,) = struct.unpack_from("<I", content, at_features + 8)
    begin = at_features + 12
    scores = [0.0] * attributes
    transitions = [[0.0, 0.0], [0.0, 0.0]]
    for kind, source, target, weight in _FEATURE.iter_unpack(content[begin : begin + number * _FEATURE.size]):
        if kind:
            transitions[source][target] = weight
        else:
            scores[source] += weight if target else -weight
    *_, keys, at_keys = _CHUNK.unpack_from(content, at_attributes)
    at_keys += at_attributes
    weights: Weights = defaultdict(dict)
    for (offset,) in struct.iter_unpack("<I", content[at_keys : at_keys + 4 * keys]):
        identity, size = struct.unpack_from("<II", content, at_attributes + offset)
        first = at_attributes + offset + 8
        feature, _, value = content[first : first + size - 1].decode().partition("=")
        weights[feature][value] = scores[identity]
    (begin_begin, begin_on), (on_begin, on_on) = transitions
    return weights, ((begin_begin, begin_on), (on_begin, on_on))
