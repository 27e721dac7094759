"""What a rule pack says: indicators, word classes, rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhanluc_extract.text.tokens import SurfaceTrie

DIMENSIONS = ("degree", "role", "level", "group")
SCOPES = (
    "counted", "phrase", "verb", "after", "item", "shape", "antecedent", "intro", "near", "before",
    "sentence", "topic", "article", "total",
)  # fmt: skip
STRUCTURAL = {
    "elliptic": "nothing stands behind the predicate of the counted noun",
    "foreign_led": "another country is the subject of the number's clause",
}
KINDS = ("noun", "verb", "modifier", "subject")
UNITS = ("person", "turn", "team", "course", "organisation", "percent")

# Who has the counted people for itself: a named body, or an institution the text goes on about.
OWNERS = ("body", "institution")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the catalogue: what is counted, in which units, along which dimensions."""

    code: str
    units: tuple[str, ...]
    dimensions: tuple[str, ...]
    vi: str
    en: str
    definition: str
    owner: str | None = None
    default_group: str | None = None

    @property
    def unit(self) -> str:
        """The unit of a plain count."""
        return next(unit for unit in self.units if unit not in ("percent", "turn"))


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that mean the same to the rules, and what they say of a count beside them."""

    name: str
    kind: str
    file: str
    parents: tuple[str, ...] = ()
    family: str | None = None
    level: str | None = None
    degree: str | None = None
    role: str | None = None
    group: str | None = None
    per: str | None = None
    unit: str | None = None
    generic: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A group that no single noun names: all ``classes`` together mean ``value``.

    It takes the place of the group ``replaces``, unless that is named again behind the first class.
    """

    value: str
    classes: tuple[str, ...]
    replaces: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one of ``classes`` stands in one of ``scopes``."""

    scopes: tuple[str, ...]
    classes: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the number meant in brackets, and the fields expected of its fact."""

    text: str
    start: int
    end: int
    expected: dict[str, str]
    written: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Which counted noun in which company makes a number a fact of ``indicator``."""

    id: str
    indicator: str
    counted: frozenset[str]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    units: frozenset[str]
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...]
    file: str
    line: int
    located: bool = False
    set: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RulePack:
    """A loaded pack. Rules are tried in the order of the files and of the rules in them."""

    directory: str
    indicators: dict[str, Indicator]
    classes: dict[str, WordClass]
    surfaces: dict[str, str]
    rules: tuple[Rule, ...]
    order: dict[str, tuple[str, ...]]
    flags: dict[str, str]
    trie: SurfaceTrie[str]
    ancestors: dict[str, frozenset[str]]
    labels: dict[str, dict[str, str]]
    composed: tuple[Composed, ...]
    unit_labels: dict[str, str]
    table_labels: dict[str, str]

    def joined(self, dimension: str, values: set[str]) -> str | None:
        """Values of a dimension joined by ``+`` in the catalogue's order; None for no value."""
        known = self.order[dimension]
        return "+".join(sorted(values, key=known.index)) or None

    def is_a(self, name: str, *others: str) -> bool:
        return not self.ancestors[name].isdisjoint(others)
