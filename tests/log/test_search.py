"""Full-text search: the same questions find the same in SQLite and in PostgreSQL, and nothing in them is syntax."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.domain.values import MeetingId
from meetings.log.search import Passage, Search, folded, terms
from meetings.log.store import Log

M, N = MeetingId("m"), MeetingId("n")
ALL = (M, N)
SAID = [
    Passage("speech", M, "u1", "Les bancs publics de l'été, c'est au cœur du quartier."),
    Passage("speech", M, "u2", "Une piste cyclable, pas un banc."),
    Passage("decision", M, "2026-001", "Le conseil décide de poser trois bancs."),
    Passage("item", M, "2", "Budget"),
]


def refs(search: Search, question: str, open_: tuple[MeetingId, ...] = ALL) -> set[str]:
    return {one.ref for one in search.find(question, open_)}


def test_words_are_found_by_how_they_begin_without_accents_or_case(where: Path | str) -> None:
    log = Log.open(where)
    search = Search(log)
    search.index(M, "1", SAID)
    assert refs(search, "BANC") == {"u1", "u2", "2026-001"}
    assert refs(search, "bancs") == {"u1", "2026-001"}
    assert refs(search, "banc piste") == {"u2"}
    assert refs(search, "ete") == refs(search, "Été") == refs(search, "coeur") == {"u1"}
    assert refs(search, "banc", (N,)) == refs(search, "banc", ()) == {"2026-001"}  # what was said is not for everybody
    assert search.find("piste", ALL) == [SAID[1]]
    assert refs(search, "tramway") == refs(search, " ' ") == refs(search, "") == set()
    log.close()


def test_a_meeting_drawn_anew_replaces_what_it_had_and_no_other(where: Path | str) -> None:
    log = Log.open(where)
    search = Search(log)
    search.index(M, "1", SAID)
    search.index(N, "7", [Passage("item", N, "1", "Bancs encore")])
    search.index(M, "2", SAID[1:2])
    assert refs(search, "banc") == {"u2", "1"}
    assert Search(log).marks() == {M: "2", N: "7"}
    search.forget(M)
    assert refs(search, "banc") == {"1"}
    assert search.marks() == {N: "7"}
    log.close()


@given(question=st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_is_anything_but_words(where: Path | str, question: str) -> None:
    log = Log.open(where)
    search = Search(log)
    search.index(M, "1", SAID)
    for one in search.find(question, ALL):
        words = folded(one.words).split()
        assert all(any(word.startswith(term) for word in words) for term in terms(question))
    search.find('" OR 1 NEAR( * ; DROP TABLE search; -- & | ! :* ' + question, ALL)
    log.close()
