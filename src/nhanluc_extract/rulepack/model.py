"""What a rule pack says: indicators, word classes, rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhanluc_extract.text.tokens import SurfaceTrie

DIMENSIONS = ("degree", "role", "level", "group")
SLOTS = ("count", "modifier", "trigger", "field", "clause", "beside")
# Where a slot may be filled, from the count outwards.
EVIDENCE = ("phrase", "clause", "list", "sentence", "paragraph", "article")
KINDS = ("noun", "verb", "modifier", "subject")
UNITS = ("person", "turn", "team", "course", "organisation", "percent")  # a catalogue may add to them

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
    with_degree: str | None = None
    to_recruit: str | None = None

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
    effects: tuple[str, ...] = ()
    family: str | None = None
    level: str | None = None
    degree: str | None = None
    role: str | None = None
    group: str | None = None
    per: str | None = None
    unit: str | None = None
    generic: bool = False
    weak: bool = False
    object_only: bool = False
    bare: str | None = None
    named: str | None = None
    plural: str | None = None

    @property
    def is_counted(self) -> bool:
        """Whether numbers before such a noun may be facts."""
        return self.kind == "noun" and self.family not in (None, "things")


@dataclass(frozen=True, slots=True)
class Composed:
    """A group that no single noun names: all ``classes`` together mean ``value``.

    It takes the place of the group ``replaces``, unless that is named again behind the first class.
    Where it is ``adjacent`` a word of each class must stand right behind that of the one before.
    """

    value: str
    classes: tuple[str, ...]
    replaces: str | None
    adjacent: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of a frame: a word of ``classes`` in the place that ``name`` means.

    Where ``name`` is a referent of the pack, ``classes`` are the kinds of it that are asked for.
    """

    name: str
    classes: frozenset[str]
    within: str = "article"


@dataclass(frozen=True, slots=True)
class Referent:
    """Something a text names once and goes on about, of one of several ``kinds``: the nearest counts.

    Sentences that name one of ``goes_on`` keep it in mind.
    """

    name: str
    kinds: dict[str, frozenset[str]]
    goes_on: frozenset[str]

    @property
    def classes(self) -> frozenset[str]:
        return frozenset().union(*self.kinds.values())

    def kind_of(self, classes: frozenset[str]) -> str | None:
        """The kind that a word of ``classes`` names."""
        return next((kind for kind, asked in self.kinds.items() if not asked.isdisjoint(classes)), None)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What makes a count of the classes ``of`` none of any frame's.

    A verb of ``unless_trigger`` that governs the count lifts it.
    """

    of: frozenset[str]
    slots: tuple[Slot, ...]
    unless_trigger: frozenset[str]
    counter_examples: tuple[Example, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the number meant in brackets, and the fields expected of its fact."""

    text: str
    start: int
    end: int
    expected: dict[str, str]
    written: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What must be said of a count to make it a fact.

    ``indicators`` is one indicator by the empty name, or several by the class of the field that
    chooses between them. A headline, lead or heading with a word of ``notice`` gives its year and degree.
    """

    id: str
    indicators: dict[str, str]
    count: frozenset[str]
    slots: tuple[Slot, ...]
    unless: tuple[Slot, ...]
    units: frozenset[str]
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...]
    file: str
    line: int
    located: bool = False
    notice: frozenset[str] = frozenset()
    set: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RulePack:
    """A loaded pack; of frames that fit alike the first in the order of the files decides.

    ``digest`` changes with whatever file of it does.
    """

    directory: str
    digest: bytes
    indicators: dict[str, Indicator]
    classes: dict[str, WordClass]
    surfaces: dict[str, str]
    frames: tuple[Frame, ...]
    order: dict[str, tuple[str, ...]]
    flags: dict[str, str]
    trie: SurfaceTrie[str]
    ancestors: dict[str, frozenset[str]]
    labels: dict[str, dict[str, str]]
    composed: tuple[Composed, ...]
    field: frozenset[str]
    referents: dict[str, Referent]
    exclusions: tuple[Exclusion, ...]
    units: tuple[str, ...]
    unit_labels: dict[str, str]
    table_labels: dict[str, str]
    national: dict[str, SurfaceTrie[bool]]

    def joined(self, dimension: str, values: set[str]) -> str | None:
        """Values of a dimension joined by ``+`` in the catalogue's order; None for no value."""
        known = self.order[dimension]
        return "+".join(sorted(values, key=known.index)) or None

    def is_a(self, name: str, *others: str) -> bool:
        return not self.ancestors[name].isdisjoint(others)
