"""The rule pack is loaded strictly, keeps its own examples, and is the only place for what is counted."""

from __future__ import annotations

import ast
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhanluc_extract.checking.lint import decided_fact, example_faults
from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.rulepack.load import load_rule_pack
from nhanluc_extract.rulepack.toml_file import RulePackError
from tests.commands import invoke

RULES, WORDS, CATALOGUE = "teams.toml", "lexicon/teams.toml", "catalogue.toml"
PROBE = 'id = "probe"'

FRAME = """
[[frame]]
id = "probe"
indicator = "digital_team"
count = "digital_team"
units = ["team"]
clause = "digital_team | teams"
examples = ["Toàn tỉnh có [1.292] tổ công nghệ số cộng đồng."]
"""
CLASS = """
[[class]]
name = "probe"
kind = "noun"
words = ["ván cờ"]
"""
INDICATOR = """
[[indicator]]
code = "probe"
units = ["person"]
dimensions = ["level"]
vi = "Kỳ thủ"
en = "Chess players"
definition = "People who play chess"
"""
REFERENT = """
[referent.probe]
ours = ["teams"]
goes_on = ["members"]
"""
EXCLUSION = """
[[exclusion]]
of = "digital_team"
clause = "surveyed"
unless_trigger = "train"
not = ["Khảo sát [57] tổ công nghệ số cộng đồng."]
"""


@pytest.fixture
def pack(repository: Path, tmp_path: Path) -> Path:
    """A copy of the project's pack that may be spoilt."""
    return Path(shutil.copytree(repository / "rules", tmp_path / "rules"))


def append(pack: Path, file: str, entry: str) -> None:
    path = pack / file
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")


def replace(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def last_line_with(pack: Path, file: str, marker: str) -> int:
    lines = (pack / file).read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if marker in line)


def fault_of(pack: Path) -> str:
    with pytest.raises(RulePackError) as caught:
        load_rule_pack(pack)
    return str(caught.value)


def changed(entry: str, old: str, new: str) -> str:
    assert old in entry
    return entry.replace(old, new)


@pytest.mark.parametrize(
    ("file", "entry"),
    [(RULES, FRAME), (WORDS, CLASS), *((CATALOGUE, entry) for entry in (INDICATOR, REFERENT, EXCLUSION))],
)
def test_the_probes_of_these_tests_are_right_before_they_are_spoilt(
    pack: Path, file: str, entry: str
) -> None:
    append(pack, file, entry)
    load_rule_pack(pack)


def test_the_pack_of_the_project_is_clean_and_all_its_examples_turn_out_as_written() -> None:
    done = invoke("rules", "check")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"\d+ indicators, .*, \d+ frames, \d+ examples, 0 faults\n", done.out), done.out


def test_the_catalogue_is_listed_with_units_dimensions_and_frames(extractor: Extractor) -> None:
    done = invoke("rules", "list")
    assert done.code == 0
    for code, indicator in extractor.pack.indicators.items():
        assert f"{code}  {indicator.vi} / {indicator.en}\n" in done.out
    for frame in extractor.pack.frames:
        assert re.search(rf"^ +frames .*\b{frame.id}\b", done.out, re.M)


def test_every_indicator_of_the_catalogue_has_a_frame(extractor: Extractor) -> None:
    chosen = {code for frame in extractor.pack.frames for code in frame.indicators.values()}
    assert chosen == set(extractor.pack.indicators)


SPOILT: dict[str, tuple[str, str, str, str]] = {
    # what is wrong: (file, entry, marker of the line it stands in, what the message names)
    "a misspelt key of a frame": (RULES, changed(FRAME, "units", "unit"), "unit =", "`unit`"),
    "a misspelt key of a class": (WORDS, changed(CLASS, "words", "wrods"), "wrods", "`wrods`"),
    "a misspelt key of an indicator": (CATALOGUE, changed(INDICATOR, "vi =", "vn ="), "vn =", "`vn`"),
    "a misspelt key of an exclusion": (
        CATALOGUE, changed(EXCLUSION, "unless_trigger", "unless"), "unless =", "`unless`",
    ),
    "a misspelt table": (RULES, changed(FRAME, "[[frame]]", "[[framer]]"), "[[framer]]", "`framer`"),
    "a class in a slot that does not exist": (
        RULES, changed(FRAME, "| teams", "| taems"), "taems", "'taems'",
    ),
    "a class in a list of slots that does not exist": (
        RULES, changed(FRAME, "clause =", 'modifier = ["teams", "taems"]\nclause ='), "taems", "'taems'",
    ),
    "a class in an unless that does not exist": (
        RULES, FRAME + 'unless = { count = "taems" }\n', "taems", "'taems'",
    ),
    "a counted class that does not exist": (
        RULES, changed(FRAME, 'count = "digital_team"', 'count = "digital_taem"'), "taem", "'digital_taem'",
    ),
    "a class that chooses an indicator and does not exist": (
        RULES, changed(FRAME, '= "digital_team"\ncount', '= { taems = "digital_team" }\ncount'), PROBE,
        "'taems'",
    ),
    "a slot that does not exist": (RULES, changed(FRAME, "clause =", "claus ="), "claus =", "`claus`"),
    "a slot of an unless that does not exist": (
        RULES, FRAME + 'unless = { claus = "teams" }\n', PROBE, "slot 'claus'",
    ),
    "a reach of a slot that does not exist": (
        RULES, FRAME + 'within = { claus = "clause" }\n', PROBE, "slot 'claus'",
    ),
    "a reach of a slot that is not asked": (
        RULES, FRAME + 'within = { field = "clause" }\n', PROBE, "slot 'field'",
    ),
    "an evidence that does not exist": (
        RULES, changed(FRAME, "clause", 'modifier = "fillers"\nwithin = { modifier = "topic" }\nclause'),
        PROBE, "evidence 'topic'",
    ),
    "a kind of a referent that does not exist": (
        RULES, changed(FRAME, "clause =", 'team = "digtal"\nclause ='), PROBE, "kind of team 'digtal'",
    ),
    "a kind of a referent in an unless that does not exist": (
        RULES, FRAME + 'unless = { team = "digtal" }\n', PROBE, "kind of team 'digtal'",
    ),
    "a frame without an example": (RULES, FRAME.partition("examples")[0], '"probe"', "frame probe"),
    "an example with two marked numbers": (
        RULES, changed(FRAME, "Toàn tỉnh", "[2] xã"), "[2] xã", "more than one [number]",
    ),
    "an example that expects what is no field=value": (
        RULES, changed(FRAME, 'cộng đồng."', 'cộng đồng. -> level"'), "-> level", "not field=value",
    ),
    "a frame without a name": (RULES, changed(FRAME, PROBE, 'id = ""'), 'id = ""', "no id of its own"),
    "a slot that asks for nothing": (
        RULES, changed(FRAME, '"digital_team | teams"', '""'), "clause =", "not a string of classes",
    ),
    "a referent with the name of a slot": (
        CATALOGUE, changed(REFERENT, "probe", "clause"), "referent.clause", "choose another",
    ),
    "a kind of a referent that is no list": (
        CATALOGUE, changed(REFERENT, '["teams"]', '"teams"'), "ours =", "`ours` in referent probe",
    ),
    "a referent without a kind": (
        CATALOGUE, changed(REFERENT, 'ours = ["teams"]\n', ""), "referent.probe", "no kinds",
    ),
    "a composed group without its words": (
        CATALOGUE, '\n[[composed]]\nvalue = "worker"\nall = []\n', 'value = "worker"', "`all` is missing",
    ),
    "a frame that counts nothing": (
        RULES, changed(FRAME, 'count = "digital_team"\n', ""), '"probe"', "`count`",
    ),
    "an example without a marked number": (
        RULES, changed(FRAME, "[1.292]", "1.292"), "có 1.292", "no [number]",
    ),
    "an indicator that does not exist": (
        RULES, changed(FRAME, 'indicator = "digital_team"', 'indicator = "digital_taem"'), '"probe"',
        "'digital_taem'",
    ),
    "a unit the indicator does not have": (
        RULES, changed(FRAME, '"team"]', '"course"]'), '"probe"', "'course'",
    ),
    "a field set by a frame that is none": (
        RULES, FRAME + 'set = { statsu = "target" }\n', PROBE, "'statsu'",
    ),
    "a class of a referent that does not exist": (
        CATALOGUE, changed(REFERENT, "teams", "taems"), "taems", "'taems'",
    ),
    "a class a referent goes on with that does not exist": (
        CATALOGUE, changed(REFERENT, "members", "memebrs"), "memebrs", "'memebrs'",
    ),
    "an exclusion of a class that does not exist": (
        CATALOGUE, changed(EXCLUSION, '"digital_team"', '"digital_taem"'), "taem", "'digital_taem'",
    ),
    "an exclusion by a class that does not exist": (
        CATALOGUE, changed(EXCLUSION, "surveyed", "survyeed"), "survyeed", "'survyeed'",
    ),
    "an exclusion unless a class that does not exist": (
        CATALOGUE, changed(EXCLUSION, '"train"', '"trian"'), "trian", "'trian'",
    ),
    "an exclusion by a slot that does not exist": (
        CATALOGUE, changed(EXCLUSION, "clause =", "claus ="), "claus =", "`claus`",
    ),
    "a reach of an exclusion that is not asked": (
        CATALOGUE, EXCLUSION + 'within = { field = "clause" }\n', 'of = "digital_team"', "slot 'field'",
    ),
    "an exclusion without a slot": (
        CATALOGUE, changed(EXCLUSION, 'clause = "surveyed"\n', ""), 'of = "digital_team"', "`a slot`",
    ),
    "an exclusion without a counter-example": (
        CATALOGUE, EXCLUSION.partition("not =")[0], 'of = "digital_team"', "`not`",
    ),
    "a counter-example of an exclusion without a marked number": (
        CATALOGUE, changed(EXCLUSION, "[57]", "57"), "sát 57", "no [number]",
    ),
    "a unit that does not exist": (
        CATALOGUE, changed(INDICATOR, '"person"', '"persons"'), '"probe"', "'persons'",
    ),
    "a dimension that does not exist": (
        CATALOGUE, changed(INDICATOR, '"level"', '"levels"'), '"probe"', "'levels'",
    ),
    "an indicator without a definition": (
        CATALOGUE, INDICATOR.partition("definition")[0], '"probe"', "`definition`",
    ),
    "a kind of word that does not exist": (WORDS, changed(CLASS, "noun", "nuon"), '"probe"', "'nuon'"),
    "a value of a dimension that does not exist": (
        WORDS, CLASS + 'level = "comune"\n', '"probe"', "'comune'",
    ),
    "a surface of another class": (
        WORDS, changed(CLASS, "ván cờ", "tổ công nghệ số"), '"tổ công nghệ số"]', "digital_team",
    ),
    "a surface twice in one class": (
        WORDS, changed(CLASS, '"ván cờ"', '"ván cờ", "ván cờ"'), '"ván cờ"', "'ván cờ'",
    ),
    "a surface that differs in case alone": (
        WORDS, changed(CLASS, "ván cờ", "Tổ Công Nghệ Số"), '"Tổ Công Nghệ Số"', "digital_team",
    ),
    "a surface that differs in y and i alone": (
        WORDS, changed(CLASS, "ván cờ", "tiến sỹ"), '"tiến sỹ"', "lexicon/degrees.toml:",
    ),
    "a class without its name that does not exist": (
        WORDS, CLASS + 'bare = "taems"\n', '"probe"', "'taems'",
    ),
    "an empty surface": (WORDS, changed(CLASS, "ván cờ", " "), '" "', "empty surface"),
    "an effect that does not exist": (
        WORDS, CLASS + 'effect = ["filers"]\n', "filers", "'filers'",
    ),
    "an effect hidden in a parent": (
        WORDS, CLASS + 'is = ["workers"]\n', "workers", "declare it under `effect`",
    ),
    "an effect hidden in a name": (
        WORDS, changed(CLASS, '"probe"', '"workers"'), '"workers"', "declare it under `effect`",
    ),
    "a class that is itself": (WORDS, CLASS + 'is = ["probe"]\n', 'is = ["probe"]', "is a probe itself"),
    "a circle of classes": (
        WORDS, CLASS + 'is = ["round"]\n' + CLASS.replace("probe", "round").replace("ván cờ", "ván bài")
        + 'is = ["probe"]\n', '"round"]', "is a probe itself",
    ),
    "a parent that is a misspelt effect": (
        WORDS, CLASS + 'is = ["manpowr"]\n', "manpowr", "'manpower'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "entry", "marker", "named"), SPOILT.values(), ids=SPOILT)
def test_a_fault_of_the_pack_is_an_error_with_its_file_and_line(
    pack: Path, file: str, entry: str, marker: str, named: str
) -> None:
    append(pack, file, entry)
    message = fault_of(pack)
    assert message.startswith(f"{file}:{last_line_with(pack, file, marker)}: "), message
    assert named in message


TWICE = {
    "a frame": (RULES, FRAME, FRAME.replace("Toàn tỉnh", "Cả tỉnh"), "frame probe"),
    "a class": (WORDS, CLASS, CLASS.replace("ván cờ", "thế cờ"), "class 'probe'"),
}


def test_a_flag_without_its_text_is_an_error(pack: Path) -> None:
    text = (pack / CATALOGUE).read_text(encoding="utf-8")
    (line,) = re.findall(r"^weak_evidence = .*$", text, re.M)
    replace(pack, CATALOGUE, line + "\n", "")
    at = last_line_with(pack, CATALOGUE, "[flags]")
    assert fault_of(pack) == f"{CATALOGUE}:{at}: no text in [flags] for weak_evidence."


def test_what_is_the_countrys_under_an_unknown_name_is_an_error(pack: Path) -> None:
    replace(pack, CATALOGUE, "schemes =", "schmes =")
    line = last_line_with(pack, CATALOGUE, "[national]")
    assert fault_of(pack) == (
        f"{CATALOGUE}:{line}: unknown national 'schmes'; known are figures, industries, schemes."
    )


@pytest.mark.parametrize(("file", "first", "second", "named"), TWICE.values(), ids=TWICE)
def test_a_name_given_twice_is_an_error(pack: Path, file: str, first: str, second: str, named: str) -> None:
    append(pack, file, first + second)
    message = fault_of(pack)
    assert message.startswith(f"{file}:")
    assert named in message


@pytest.mark.parametrize(("file", "first", "second", "named"), TWICE.values(), ids=TWICE)
def test_the_line_of_a_name_given_twice_is_that_of_the_second(
    pack: Path, file: str, first: str, second: str, named: str
) -> None:
    append(pack, file, first + second)
    assert fault_of(pack).startswith(f"{file}:{last_line_with(pack, file, 'probe')}: ")


@pytest.mark.parametrize("file", [RULES, WORDS, CATALOGUE])
def test_invalid_toml_is_an_error_with_its_file_and_line(pack: Path, file: str) -> None:
    append(pack, file, '\n[[frame]]\nid = "probe\n')
    message = fault_of(pack)
    assert str(pack / file) in message
    assert f"line {last_line_with(pack, file, 'probe')}" in message


def test_a_file_that_is_not_utf_8_is_named(pack: Path) -> None:
    (pack / WORDS).write_bytes(b'[[class]]\nname = "t\xf2a"\n')
    assert str(pack / WORDS) in fault_of(pack)


def test_lists_nested_without_end_are_told(pack: Path) -> None:
    append(pack, WORDS, "\nx = " + "[" * 20_000)
    assert fault_of(pack) == f"{pack / WORDS}: its lists are nested too deep to be read."


def test_the_catalogue_names_each_file_of_frames(pack: Path) -> None:
    files = tomllib.loads((pack / CATALOGUE).read_text(encoding="utf-8"))["frame_files"]
    (pack / f"{files[0]}.toml").rename(pack / "other.toml")
    message = fault_of(pack)
    assert message.startswith(f"{CATALOGUE}:{last_line_with(pack, CATALOGUE, 'frame_files =')}: ")
    assert files[0] in message
    (pack / f"{files[0]}.toml").write_text("", encoding="utf-8")
    assert "other" in fault_of(pack)


def test_a_folder_that_is_missing_or_no_pack_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in fault_of(tmp_path / "none")
    assert str(tmp_path / CATALOGUE) in fault_of(tmp_path)


def test_a_wrong_pack_ends_a_run_with_code_2_and_the_message_of_its_fault(pack: Path) -> None:
    append(pack, *SPOILT["a misspelt key of a frame"][:2])
    for words in (["run", "seeds"], ["rules", "check"], ["rules", "list"], ["explain", str(pack / RULES)]):
        done = invoke(*words, "--rules", pack)
        assert (done.code, done.out) == (2, "")
    assert (
        f"{RULES}:{last_line_with(pack, RULES, 'unit =')}: unknown key `unit`"
        in invoke("rules", "check", "--rules", pack).err
    )


def lint(pack: Path) -> list[str]:
    """Faults the command finds; it must end with code 1."""
    done = invoke("rules", "check", "--rules", pack)
    assert done.code == 1
    return done.out.splitlines()


def test_a_frame_that_decides_none_of_its_own_examples_is_a_fault_with_file_and_line(pack: Path) -> None:
    append(pack, RULES, FRAME)  # the frame of the project stands before it and takes its example
    where = f"{RULES}:{last_line_with(pack, RULES, PROBE)}: frame probe: "
    faults = lint(pack)
    assert any(fault.startswith(f"{where}it decides none of its own examples") for fault in faults)
    assert any(fault.startswith(f"{where}frame digital_team decides") for fault in faults)


def test_an_example_that_turns_out_otherwise_is_a_fault_that_says_how(pack: Path) -> None:
    entry = changed(FRAME, 'count = "digital_team"', 'count = "probe"').replace(
        "digital_team | teams", "probe"
    )
    entry = changed(entry, "tổ công nghệ số cộng đồng.", "ván cờ. -> level=village qualifier=exact")
    append(pack, WORDS, CLASS)
    append(pack, RULES, entry)
    where = f"{RULES}:{last_line_with(pack, RULES, PROBE)}: frame probe: "
    faults = [fault for fault in lint(pack) if fault.startswith(where)]
    assert [fault for fault in faults if "level is None, not 'village'" in fault]
    assert not [fault for fault in faults if "qualifier is" in fault]


def test_a_counter_example_the_frame_decides_is_a_fault(pack: Path) -> None:
    counter = 'not = ["Toàn tỉnh có [57] tổ công nghệ số cộng đồng."]'
    replace(pack, RULES, "[[frame]]", f"{FRAME}{counter}\n\n[[frame]]")  # before those of the project
    where = f"{RULES}:{last_line_with(pack, RULES, PROBE)}: frame probe: "
    assert f"{where}it decides its counter-example 'Toàn tỉnh có [57] tổ công nghệ số cộng đồng.'." in lint(
        pack
    )


OTHER_FIELDS = {"tests/packs/health": 3, "tests/packs/traffic": 4}  # and how many indicators they have


@pytest.mark.parametrize(("folder", "indicators"), OTHER_FIELDS.items())
def test_a_pack_of_another_field_loads_and_keeps_its_examples(
    repository: Path, folder: str, indicators: int
) -> None:
    other = Extractor.from_directory(repository / folder)
    assert list(example_faults(other.pack)) == []
    assert len(other.pack.indicators) >= indicators
    assert sum(len(frame.examples) for frame in other.pack.frames) >= 8 * indicators - 8
    assert other.pack.indicators.keys().isdisjoint(load_rule_pack().indicators)


def test_things_are_counted_in_units_of_their_own(repository: Path) -> None:
    traffic = Extractor.from_directory(repository / "tests/packs/traffic")
    text = "Năm 2023, trên địa bàn tỉnh Bắc Kạn xảy ra 64 vụ tai nạn giao thông, làm chết 22 người."
    facts = traffic.read(Article("tai-nan", text)).facts
    assert [(fact.indicator, fact.value, fact.unit) for fact in facts] == [
        ("accident", 64, "case"), ("death", 22, "person"),
    ]  # fmt: skip


def test_a_pack_may_give_more_to_a_class_of_the_base_lexicon(pack: Path) -> None:
    base = load_rule_pack(pack).classes["fillers"]
    append(pack, WORDS, '\n[[class]]\nname = "fillers"\nwords = ["quý ông bà"]\n')
    extended = load_rule_pack(pack)
    assert (extended.classes["fillers"].kind, extended.classes["fillers"].effects) == (
        base.kind,
        base.effects,
    )
    assert extended.surfaces["quý ông bà"] == "fillers"


def test_alternatives_in_braces_are_surfaces_of_their_own(pack: Path) -> None:
    append(pack, WORDS, '\n[[class]]\nname = "probe"\nkind = "noun"\nwords = ["{tổ|đội} {|thử} nghiệm"]\n')
    told = {surface for surface, name in load_rule_pack(pack).surfaces.items() if name == "probe"}
    assert told == {"tổ nghiệm", "đội nghiệm", "tổ thử nghiệm", "đội thử nghiệm"}


@pytest.mark.parametrize("written", ["{tổ|đội thử", "tổ} thử", "{tổ {thử}}"])
def test_a_brace_without_its_other_is_an_error(pack: Path, written: str) -> None:
    append(pack, WORDS, f'\n[[class]]\nname = "probe"\nkind = "noun"\nwords = ["{written}"]\n')
    fault = fault_of(pack)
    assert fault.startswith(f"{WORDS}:{last_line_with(pack, WORDS, 'words = [')}: ")
    assert "brace" in fault


def test_a_base_lexicon_that_does_not_exist_is_an_error(pack: Path) -> None:
    replace(pack, CATALOGUE, 'extends = "base"', 'extends = "bases"')
    assert fault_of(pack).startswith(f"{CATALOGUE}:{last_line_with(pack, CATALOGUE, 'extends')}: ")


@pytest.mark.parametrize("folder", ["rules", *OTHER_FIELDS])
def test_a_counter_example_of_an_exclusion_is_decided_by_no_frame(repository: Path, folder: str) -> None:
    pack = load_rule_pack(repository / folder)
    counter_examples = [entry for one in pack.exclusions for entry in one.counter_examples]
    assert counter_examples
    for entry in counter_examples:
        assert decided_fact(pack, entry) is None, entry.written


# -- What says nothing, or something else than is meant ----------------------------------------------

MEANINGLESS: dict[str, tuple[str, str]] = {
    "an indicator of another's code": (CATALOGUE, changed(INDICATOR, '"probe"', '"it_staff"')),
    "a default group that is none": (CATALOGUE, INDICATOR + 'default_group = "citzen"\n'),
    "a dimension beside the four": (CATALOGUE, '\n[dimension.colour]\nred = "đỏ"\n'),
    "a label of a unit that is none": (CATALOGUE, '\n[unit_labels.turns]\nx = "y"\n'),
    "a unit of a class that is none": (WORDS, CLASS + 'unit = "teams"\n'),
    "a per of a class that is none": (WORDS, CLASS + 'per = "villages"\n'),
    "a parent no frame asks for": (WORDS, CLASS + 'is = ["taems"]\n'),
    "words that are no list": (WORDS, changed(CLASS, '["ván cờ"]', '"cờ"')),
    "a generic that is no truth value": (WORDS, CLASS + 'generic = "no"\n'),
    "a surface that differs in the style of tone marks": (WORDS, changed(CLASS, "ván cờ", "số hoá")),
    "a surface that differs in Unicode form": (
        WORDS, changed(CLASS, "ván cờ", unicodedata.normalize("NFD", "tổ công nghệ số")),
    ),
    "a value set by a frame that is none": (RULES, FRAME + 'set = { status = "goal" }\n'),
    "two marked numbers in an example": (RULES, changed(FRAME, "đồng.", "đồng, [3] lớp.")),
    "an expectation of a field that is none": (RULES, changed(FRAME, "đồng.", "đồng. -> levle=")),
}  # fmt: skip


@pytest.mark.parametrize(("file", "entry"), MEANINGLESS.values(), ids=MEANINGLESS)
def test_nothing_wrong_passes_the_loader(pack: Path, file: str, entry: str) -> None:
    append(pack, file, entry)
    assert fault_of(pack).startswith(f"{file}:")


@pytest.mark.parametrize("form", ["hoà giải viên", unicodedata.normalize("NFD", "trưởng ấp số")])
def test_a_surface_is_found_in_whatever_form_it_is_written(pack: Path, form: str) -> None:
    append(pack, WORDS, changed(CLASS, "ván cờ", form))
    own = changed(FRAME, 'count = "digital_team"', 'count = "probe"').replace("digital_team | teams", "probe")
    append(pack, RULES, changed(own, "tổ công nghệ số cộng đồng", form))
    assert not [fault for fault in example_faults(load_rule_pack(pack)) if "frame probe" in fault]


# -- The code holds no words of the language ------------------------------------------------------

VOWELS = frozenset("aeiouy")
MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")  # tones, circumflex, breve, horn


def is_vietnamese_letter(character: str) -> bool:
    """A letter outside ASCII that Vietnamese is written with: d-bar, or a vowel with its marks."""
    decomposed = unicodedata.normalize("NFD", character.lower())
    marks = decomposed[1:]
    return character in "đĐ" or (decomposed[0] in VOWELS and marks != "" and MARKS.issuperset(marks))


def literals_with_words(source: str) -> Iterator[tuple[int, str]]:
    """Line and value of each string literal with a Vietnamese letter; free-standing ones are docstrings.

    Code points written as escapes, alone or as the ends of a range, are no words; a syllable is.
    """
    tree = ast.parse(source)
    free = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in free:
            continue
        text = unicodedata.normalize("NFC", node.value)
        if any(map(is_vietnamese_letter, text)):
            spelling = ast.get_source_segment(source, node) or ""
            if not spelling.isascii() or holds_a_syllable(text):
                yield node.lineno, node.value


def holds_a_syllable(text: str) -> bool:
    """Whether a Vietnamese letter stands beside another letter of the language."""
    plain = "".join(c if is_vietnamese_letter(c) or (c.isascii() and c.isalpha()) else " " for c in text)
    return any(len(run) > 1 and any(map(is_vietnamese_letter, run)) for run in plain.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Tổ công nghệ."""\nx = "to"\n', []),
        ('x = 1\n"""Đội."""\n', []),
        ('x = "tổ"\n', [1]),
        ('x = 1\ny = f"{x} đội"\n', [2]),
        (r'x = "t\u1ed5"' + "\n", [1]),
        (r'x = "\u01b0"' + "\n", []),
        (r'x = "[\u00e0-\u1ef9]"' + "\n", []),
        ('x = "café naïve"\n', [1]),
        ('x = "naïve ñ ü"\n', []),
        ("# tổ\nx = '\N{RIGHTWARDS ARROW}'\n", []),
    ],
)
def test_words_of_the_language_are_found_in_literals_alone(source: str, expected: list[int]) -> None:
    assert [line for line, _ in literals_with_words(source)] == expected


def test_no_string_literal_of_the_code_holds_a_vietnamese_letter(repository: Path) -> None:
    files = sorted((repository / "src").rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(repository)}:{line}: {value!r}"
        for path in files
        for line, value in literals_with_words(path.read_text(encoding="utf-8"))
    ]
    assert found == []
