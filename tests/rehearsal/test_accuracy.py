"""The rehearsal's own yardstick must itself be right."""

import pytest

from meetings.rehearsal.accuracy import Said, measure
from transcribe.score import normalize

SCRIPT = [
    Said("Anne", 1, "Bonsoir à toutes et à tous, la séance est ouverte."),
    Said("Bilal", 1, "Nous avons dix-sept bancs à réparer."),
    Said("Anne", 2, "Passons au vote."),
]


def test_the_same_words_written_otherwise_are_no_error() -> None:
    minutes = [
        Said("Anne", 1, "Bonsoir, à toutes et à tous ! La séance est ouverte"),
        Said("Bilal", 1, "nous avons 17 bancs à réparer."),
        Said("Anne", 2, "Passons au vote…"),
    ]
    found = measure(SCRIPT, minutes, "fr")
    assert (found.wer, found.placed, found.lost) == (0, 3, ())


def test_each_wrong_missing_and_invented_word_counts() -> None:
    minutes = [
        Said("Anne", 1, "Bonjour à toutes et à tous, la séance est ouverte."),  # 1 wrong
        Said("Bilal", 1, "Nous avons dix-sept bancs."),  # 2 missing
        Said("Anne", 2, "Passons au vote."),
        Said("Chloé", 2, "Merci d'avoir regardé."),  # 4 invented
    ]
    assert measure(SCRIPT, minutes, "fr").wer == pytest.approx(7 / 20)


def test_a_line_under_the_wrong_member_or_item_is_lost() -> None:
    minutes = [
        Said("Anne", 1, "Bonsoir à toutes et à tous, la séance est ouverte. Nous avons dix-sept bancs à réparer."),
        Said("Anne", 1, "Passons au vote."),
    ]
    found = measure(SCRIPT, minutes, "fr")
    assert found.placed == 1
    assert found.lost == ("Nous avons dix-sept bancs à réparer.", "Passons au vote.")


def test_lines_of_one_member_must_keep_their_order() -> None:
    script = [Said("Anne", 1, "Le premier point concerne les écoles."), Said("Anne", 1, "Ensuite vient la piscine.")]
    turned = [Said("Anne", 1, "Ensuite vient la piscine. Le premier point concerne les écoles.")]
    assert measure(script, script, "fr").placed == 2
    assert measure(script, turned, "fr").placed < 2


def test_numbers_and_ligatures_are_written_one_way() -> None:
    assert normalize("40 000 euros, cœur", "fr") == normalize("Quarante mille euros ; coeur", "fr")
    assert normalize("22 trees", "en") == "twenty two trees"
    assert normalize("£40,000", "en") == normalize("Forty thousand pounds.", "en")
