"""Words of the tokenizer as offsets of the text."""

from __future__ import annotations

import random
import re
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from underthesea.pipeline import word_tokenize
from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

from nhanluc_extract.model import Article
from nhanluc_extract.text.document import read_document
from nhanluc_extract.text.segmenter import Segmenter
from nhanluc_extract.text.words import word_bounds


def words(text: str, *numbers: str) -> list[str]:
    masked = [(text.index(number), text.index(number) + len(number)) for number in numbers]
    return [text[start:end] for start, end in word_bounds(text, masked)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Huyện có 1.292 tổ công nghệ số cộng đồng.", "1.292"),
        ("Đã tập huấn cho 519 nghìn lượt người.", "519 nghìn"),
        ("Tỷ lệ đạt 71,27% dân số.", "71,27%"),
        ("Có 25.736/36.845 người dân tham gia.", "25.736/36.845"),
        ("Mỗi tổ có 5 - 7 thành viên.", "5 - 7"),
    ],
)
def test_a_masked_number_is_a_word_of_its_own(text: str, number: str) -> None:
    assert number in words(text, number)


def test_syllables_of_one_word_are_one_span() -> None:
    found = words("Cán bộ xã hướng dẫn người dân cài đặt ứng dụng.")
    assert {"Cán bộ", "hướng dẫn", "ứng dụng"} <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "Huyện có 1.292 tổ, với 7.500 thành viên (gần 40% là nữ).",
        "“Tổ” ở TP.HCM – nơi có 5–7 người/tổ ... đã họp!",
        "Chữ  thừa   khoảng trắng\u00a0và dấu : ; , . / | * #",
        "a_b __ 12_3 @x #y https://vidu.vn/a?b=c&d",
        "😀 tổ 😀😀 số 汉字 и кириллица",
        "'\"`´~^",
    ],
)
def test_words_stand_in_order_and_cover_all_but_spaces(text: str) -> None:
    spans = word_bounds(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= behind[0] for before, behind in pairwise(spans))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(text[index].isspace() for index in range(len(text)) if index not in covered)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_has_no_words(text: str) -> None:
    assert word_bounds(text) == []


def test_a_sentence_too_long_for_the_tokenizer_is_cut_at_spaces_at_once() -> None:
    text = "tổ " * 20_000 + "a" * 50_000
    begin = time.perf_counter()
    spans = word_bounds(text)
    assert time.perf_counter() - begin < 2
    assert len(spans) == 20_001
    assert text[slice(*spans[-1])] == "a" * 50_000


def test_words_of_a_sentence_are_offsets_of_the_article() -> None:
    document = read_document(Article("vi-du", "Mở đầu bản tin.\r\nHuyện có 1.292 tổ công nghệ số cộng đồng."))
    sentence = document.sentences[-1]
    clean = document.text.clean
    found = [clean[start:end] for start, end in sentence.words()]
    assert found[0] == "Huyện"
    assert "1.292" in found
    assert "cộng đồng" in found


PACKAGE = Path(word_tokenize.__file__).parent


def test_every_syllable_is_tagged_as_the_package_tags_it(repository: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((repository / "seeds").rglob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    sentences = [tokenize(line, use_token_normalize=False) for line in lines]
    sentences += [sentence[:length] for sentence in sentences for length in range(1, 5)]
    chance, syllables = random.Random(9), [syllable for sentence in sentences for syllable in sentence]
    sentences += [chance.choices(syllables, k=chance.randint(1, 9)) for _ in range(300)]
    sentences += [["H'Mông", "-5", "+7", "2147483648", "②", "٣"], ["T.Ư", "iPhone", "ß"]]

    word_tokenize.word_tokenize("tổ")  # its model is loaded with the first call
    theirs = [word_tokenize.word_tokenize_model.predict([[each] for each in sent]) for sent in sentences]
    ours = Segmenter(PACKAGE)
    differing = [
        sentence
        for sentence, tags in zip(sentences, theirs, strict=True)
        if ours.goes_on(sentence) != [tag == "I-W" for tag in tags]
    ]
    assert len(sentences) > 500
    assert differing == []


def test_another_model_is_not_taken_for_the_one_that_is_known(tmp_path: Path) -> None:
    package = Path(shutil.copytree(PACKAGE, tmp_path / "package"))
    model = next(package.rglob("models.bin"))
    with model.open("ab") as file:
        file.write(b"0")
    with pytest.raises(ValueError, match=re.escape(str(model))):
        Segmenter(package)
