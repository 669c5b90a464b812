import pytest

from transcribe import vocabulary
from transcribe.errors import VocabularyUnreadable


def test_no_more_words_are_prompted_than_help():
    terms = [f"Nom{number} de Lieu" for number in range(20)]
    assert vocabulary.chosen(terms) == tuple(terms[:4])


def test_names_come_before_plain_words_and_each_once():
    assert vocabulary.chosen(["budget", "Villetelle", "villetelle", "Lunel"]) == ("Villetelle", "Lunel", "budget")


def test_the_prompt_is_a_sentence_behind_the_style():
    assert vocabulary.prompt(["Lunel"], "fr", "Bonjour.") == "Bonjour. Il est question de Lunel."
    assert vocabulary.prompt([], "fr", "Bonjour.") == "Bonjour."
    assert vocabulary.prompt(["Lunel"], "de") == "Lunel."


def test_a_file_gives_its_lines(tmp_path):
    (tmp_path / "names.txt").write_text("# who sits\nVilletelle\n\n  Saint-Just \n", "utf-8")
    assert vocabulary.read(tmp_path / "names.txt") == ("Villetelle", "Saint-Just")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad"])
def test_what_is_no_text_is_one_clear_error(tmp_path, content):
    if content:
        (tmp_path / "names.txt").write_bytes(content)
    with pytest.raises(VocabularyUnreadable, match=r"names\.txt cannot be read"):
        vocabulary.read(tmp_path / "names.txt")
