"""Elections for the tests of counting: made by hand, and made by hypothesis."""

from hypothesis import strategies as st

from meetings.domain.count import Ballot, Election
from meetings.domain.lot import Lot

LOT = Lot("the seed of all tests")


def election(text, *, seats=1, candidates="ABCD", withdrawn=()):
    """An election from lines such as `8 B > C=D > - > A`."""
    number = {name: place for place, name in enumerate(candidates, 1)}
    ballots = []
    for line in text.strip().splitlines():
        weight, _, ranks = line.strip().partition(" ")
        ranking = [rank.strip() for rank in ranks.split(">")] if ranks.strip() else []
        ballots.append(
            Ballot(
                int(weight), tuple(() if rank == "-" else tuple(number[n] for n in rank.split("=")) for rank in ranking)
            )
        )
    gone = frozenset(number[name] for name in withdrawn)
    return Election("Test", tuple(candidates), seats, gone, tuple(ballots))


@st.composite
def rankings(draw, candidates):
    """Ranks over some of the candidates; now and then shared or left out."""
    order = draw(st.permutations(range(1, candidates + 1)))
    ranking, left = [], list(order[: draw(st.integers(0, candidates))])
    while left:
        size = draw(st.sampled_from([1, 1, 1, 1, 2, 0]))
        ranking.append(tuple(left[:size]))
        left = left[size:]
    return tuple(ranking)


@st.composite
def elections(draw, max_seats=4):
    candidates = draw(st.integers(1, 6))
    ballots = draw(st.lists(st.builds(Ballot, st.integers(1, 30), rankings(candidates)), max_size=12))
    withdrawn = draw(st.frozensets(st.integers(1, candidates), max_size=candidates - 1))
    names = draw(st.lists(NAMES, min_size=candidates, max_size=candidates))
    return Election(draw(NAMES | st.just("")), tuple(names), draw(st.integers(1, max_seats)), withdrawn, tuple(ballots))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=12).filter(
    lambda name: name == name.strip()
)
