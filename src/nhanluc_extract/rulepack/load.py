"""Reading a rule pack strictly: anything unknown, missing or colliding is an error with its place."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from nhanluc_extract.rulepack.catalogue import Catalogue, read_catalogue
from nhanluc_extract.rulepack.effects import EFFECTS
from nhanluc_extract.rulepack.frames import FrameReader, read_composed, read_referents
from nhanluc_extract.rulepack.lexicon import BASE, Lexicon
from nhanluc_extract.rulepack.model import Frame, RulePack
from nhanluc_extract.rulepack.toml_file import PackFile, RulePackError


def default_directory() -> Path:
    """The pack that ships with the project: inside a wheel, or beside the source of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def load_rule_pack(directory: Path | None = None) -> RulePack:
    """Load the pack in ``directory``.

    Raises:
        RulePackError: the folder or a file of it is missing, unreadable or wrong.
    """
    root = directory or default_directory()
    if not root.is_dir():
        raise RulePackError(f"{root}: no such folder of rules.")
    files = _Files()
    catalogue = read_catalogue(files.open(root / "catalogue.toml", root))
    lexicon = _lexicon(files, root, catalogue)
    ancestors = lexicon.ancestors()
    known = frozenset().union(*ancestors.values())
    field = catalogue.file.data.get("field", [])
    catalogue.file.check_known(catalogue.file.line("field"), "word class", field, known)
    referents = read_referents(catalogue, known)
    reader = FrameReader(catalogue, known, referents)
    frames = _frames(files, root, reader)
    composed, exclusions = read_composed(catalogue, known), tuple(reader.exclusions())
    asked = set(EFFECTS)
    for frame in frames:
        asked.update(frame.count, frame.notice, *(slot.classes for slot in (*frame.slots, *frame.unless)))
    for exclusion in exclusions:
        asked.update(exclusion.of, exclusion.unless_trigger, *(slot.classes for slot in exclusion.slots))
    asked.update(*(referent.classes | referent.goes_on for referent in referents.values()))
    asked.update(name for group in composed for name in group.classes)
    lexicon.check(asked)
    return RulePack(
        directory=str(root),
        digest=files.digest(),
        indicators=catalogue.indicators,
        classes=lexicon.classes,
        surfaces=lexicon.surfaces,
        frames=frames,
        order=catalogue.order,
        flags=catalogue.flags,
        trie=lexicon.trie,
        ancestors=ancestors,
        labels=catalogue.labels,
        composed=composed,
        field=frozenset(field),
        referents=referents,
        exclusions=exclusions,
        units=catalogue.units,
        unit_labels=catalogue.unit_labels,
        table_labels=catalogue.table_labels,
        national=catalogue.national,
    )


class _Files:
    """The files that were read."""

    def __init__(self) -> None:
        self._read: list[PackFile] = []

    def open(self, path: Path, root: Path) -> PackFile:
        self._read.append(PackFile(path, root))
        return self._read[-1]

    def digest(self) -> bytes:
        """What changes with any of them."""
        digest = blake2b(digest_size=16)
        for file in self._read:
            for part in (os.fsencode(file.name), file.content):
                digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()


def _lexicon(files: _Files, root: Path, catalogue: Catalogue) -> Lexicon:
    """The words of the pack, over those of the lexicon it extends."""
    lexicon, base = Lexicon(), catalogue.file.data.get("extends")
    if base is not None:
        catalogue.file.check_known(catalogue.file.line("extends ="), "lexicon", [base], [BASE])
        shared = default_directory() / base
        for path in sorted(shared.glob("*.toml")):
            lexicon.read(files.open(path, shared.parent), catalogue)
    for path in sorted((root / "lexicon").glob("*.toml")):
        lexicon.read(files.open(path, root), catalogue)
    return lexicon


def _frames(files: _Files, root: Path, reader: FrameReader) -> tuple[Frame, ...]:
    """The frames of all files, in the order of the catalogue."""
    file = reader.catalogue.file
    names = file.data.get("frame_files", [])
    known = {path.stem for path in root.glob("*.toml")} - {"catalogue"}
    for name in names:
        if name not in known:
            raise file.error(file.line(f'"{name}"'), f"there is no file {name}.toml.")
    for name in sorted(known - set(names)):
        raise file.error(file.line("frame_files"), f"the file {name}.toml is missing from `frame_files`.")
    frames: dict[str, Frame] = {}
    for name in names:
        own = files.open(root / f"{name}.toml", root)
        for frame in reader.frames(own):
            if frame.id in frames:
                raise own.error(frame.line, f"frame {frame.id}: no id of its own.")
            frames[frame.id] = frame
    return tuple(frames.values())
