"""Draws by lot: quotas kept, the same chance for all of a stratum, and redone by anyone."""

import json
import shutil
import subprocess
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.domain.lot import Lot, SeedError
from meetings.domain.sortition import Member, Obstacle, Quota, Roll, SortitionError, draw
from meetings.domain.sortition.quotas import parse
from meetings.domain.sortition.record import verify, write
from meetings.domain.sortition.roll import read

CSV = """name;college;gender
Anne;inhabitants;F
Bilal;inhabitants;M
Chloé;inhabitants;F
David;associations;M
Émile;inhabitants;M
Fatou;associations;F
Gaël;inhabitants;M
Hugo;inhabitants;M
"""
ROLL = read(CSV.encode())


def quotas(*texts):
    return [parse(text) for text in texts]


def roll(counts):
    """So many members of each (college, gender)."""
    return Roll(
        ("college", "gender"),
        tuple(
            Member(f"{college}{gender}{number}", {"college": college, "gender": gender})
            for (college, gender), count in counts.items()
            for number in range(count)
        ),
    )


def test_a_list_is_read_with_commas_semicolons_marks_and_quotes():
    assert ROLL.columns == ("college", "gender")
    assert ROLL.members[2] == Member("Chloé", {"college": "inhabitants", "gender": "F"})
    assert read(b"\xef\xbb\xbf" + CSV.encode()) == ROLL
    assert read(CSV.replace(";", ",").replace("\n", "\r\n").encode("latin-1")) == ROLL
    assert read(CSV.replace("Émile", "E\u0301mile").encode()) == ROLL
    assert read(b'name\n"Li, Mei"\n\n').members == (Member("Li, Mei", {}),)


@pytest.mark.parametrize(
    ("text", "obstacle", "fields"),
    [
        ("", Obstacle.HEADER, {"line": 1}),
        ("name,a,a\nAnne,1,2\n", Obstacle.HEADER, {"line": 1}),
        ("name,\nAnne,1\n", Obstacle.HEADER, {"line": 1}),
        ("name,a\nAnne\n", Obstacle.ROW, {"line": 2, "wanted": 2, "found": 1}),
        ("name,a\n ,1\n", Obstacle.NAMELESS, {"line": 2}),
        ("name,a\nAnne,1\n\nAnne,2\n", Obstacle.TWICE, {"line": 4, "name": "Anne"}),
        ('name,a\n"Anne,1\n', Obstacle.TABLE, {"line": 2}),
    ],
)
def test_a_list_with_a_mistake_is_refused_with_its_line(text, obstacle, fields):
    with pytest.raises(SortitionError) as refused:
        read(text.encode())
    assert (refused.value.obstacle, refused.value.fields) == (obstacle, fields)


@given(st.binary(max_size=60) | st.text('ab,;"\n\r\x00 ', max_size=40).map(str.encode))
def test_any_list_is_read_or_refused(data):
    try:
        found = read(data)
    except SortitionError as refused:
        line = refused.fields["line"]
        assert line >= 1
    else:
        assert len({member.name for member in found.members}) == len(found.members)


@pytest.mark.parametrize(
    ("text", "quota"),
    [
        ("college=inhabitants:10", Quota("college", "inhabitants", 10)),
        (" a = b:c : 3 ", Quota("a", "b:c", 3)),
        ("sexe=parité", Quota("sexe")),
        ("gender=Parity", Quota("gender")),
    ],
)
def test_quotas_are_read(text, quota):
    assert parse(text) == quota
    assert parse(str(quota)) == quota


@pytest.mark.parametrize(
    "text", ["", "college", "college=", "=x:1", "college=x", "college=x:-1", "college=:1", "college=x:²"]
)
def test_what_is_no_quota_is_refused(text):
    with pytest.raises(SortitionError) as refused:
        parse(text)
    assert refused.value.obstacle is Obstacle.QUOTA


def test_quotas_and_parity_are_kept_and_replacements_are_of_the_same_stratum():
    asked = quotas("college=inhabitants:4", "college=associations:1", "gender=parity")
    done = draw(ROLL, "a seed", quotas=asked)
    traits = {member.name: (member.traits["college"], member.traits["gender"]) for member in ROLL.members}
    assert Counter(traits[name][0] for name in done.drawn) == {"inhabitants": 4, "associations": 1}
    assert sorted(Counter(traits[name][1] for name in done.drawn).values()) == [2, 3]
    for reserve in done.reserves:
        stratum = tuple(value for _, value in reserve.traits)
        assert stratum in {traits[name] for name in done.drawn}
        assert list(reserve.members) == [
            name for name in Lot("a seed").order("draw", traits) if traits[name] == stratum and name not in done.drawn
        ]


def test_without_quotas_the_first_of_the_lot_are_drawn():
    order = Lot("s").order("draw", [member.name for member in ROLL.members])
    done = draw(ROLL, "s", 3)
    assert done.drawn == order[:3]
    assert [reserve.members for reserve in done.reserves] == [order[3:]]


def test_columns_taken_together_give_parity_within_a_college():
    done = draw(ROLL, "s", quotas=quotas("college+gender=inhabitants+F:2", "college+gender=inhabitants+M:2"))
    assert {"Anne", "Chloé"} < set(done.drawn)
    assert len(done.drawn) == 4
    assert not {"David", "Fatou"} & set(done.drawn)


@pytest.mark.parametrize(
    ("seats", "asked", "obstacle", "fields"),
    [
        (None, [], Obstacle.SEATS, {}),
        (0, [], Obstacle.SEATS, {}),
        (9, [], Obstacle.FEW, {"wanted": 9, "found": 8}),
        (2, ["age=young:1"], Obstacle.COLUMN, {"column": "age", "columns": ("college", "gender")}),
        (3, ["gender=F:4"], Obstacle.SHORT, {"column": "gender", "value": "F", "wanted": 4, "found": 3}),
        (2, ["gender=X:1"], Obstacle.SHORT, {"column": "gender", "value": "X", "wanted": 1, "found": 0}),
        (8, ["gender=parity"], Obstacle.SHORT, {"column": "gender", "value": "F", "wanted": 4, "found": 3}),
        (2, ["gender=F:1", "gender=M:2"], Obstacle.OVER, {"column": "gender", "wanted": 3, "seats": 2}),
        (5, ["college=inhabitants:1"], Obstacle.SHORT_OTHERS, {"column": "college", "wanted": 4, "found": 2}),
        (3, ["gender=F:1", "gender=F:2"], Obstacle.MIXED, {"column": "gender"}),
        (3, ["gender=F:1", "gender=parity"], Obstacle.MIXED, {"column": "gender"}),
        (
            3,
            ["gender=F:1", "college=inhabitants:1", "college+gender=inhabitants+F:1"],
            Obstacle.COLUMNS,
            {"columns": ("gender", "college", "college+gender")},
        ),
        # Three women, all inhabitants: only two are.
        (4, ["gender=F:3", "college=associations:0"], Obstacle.TOGETHER, {"wanted": 4, "found": 3}),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(seats, asked, obstacle, fields):
    with pytest.raises(SortitionError) as refused:
        draw(ROLL, "s", seats, quotas(*asked))
    assert (refused.value.obstacle, refused.value.fields) == (obstacle, fields)


def test_blank_values_and_too_many_for_parity_are_refused():
    blank = read(b"name,gender\nAnne,F\nBo,\n")
    with pytest.raises(SortitionError) as refused:
        draw(blank, "s", 1, quotas("gender=F:1"))
    assert (refused.value.obstacle, refused.value.fields) == (Obstacle.BLANK, {"column": "gender", "name": "Bo"})
    many = read(("name,street\n" + "".join(f"n{n},s{n}\n" for n in range(7))).encode())
    with pytest.raises(SortitionError) as refused:
        draw(many, "s", 1, quotas("street=parity"))
    assert refused.value.obstacle is Obstacle.PARITY


COUNTS = st.fixed_dictionaries({(c, g): st.integers(0, 3) for c in "ha" for g in "FMX"})


@settings(max_examples=60)
@given(COUNTS, st.integers(1, 6), st.integers(0, 4), st.integers(0, 4), st.booleans(), st.integers(0, 9))
def test_a_draw_is_made_exactly_where_one_can_be(counts, seats, h, f, even, seed):
    listed = roll(counts)
    asked = [Quota("college", "h", h), Quota("gender") if even else Quota("gender", "F", f)]
    values = sorted({member.traits["gender"] for member in listed.members})

    def fits(chosen):
        genders = Counter(member.traits["gender"] for member in chosen)
        if sum(member.traits["college"] == "h" for member in chosen) != h:
            return False
        if even:
            return max(genders[value] for value in values) - min(genders[value] for value in values) <= 1
        return genders["F"] == f

    try:
        done = draw(listed, str(seed), seats, asked)
    except SortitionError:
        assert not any(fits(chosen) for chosen in combinations(listed.members, seats))
    else:
        by_name = {member.name: member for member in listed.members}
        assert len(set(done.drawn)) == seats
        assert fits([by_name[name] for name in done.drawn])


@pytest.mark.parametrize("asked", [[], ["college=h:5"], ["college=h:4", "gender=parity"], ["gender=F:6"]])
def test_everyone_of_a_stratum_has_the_same_chance(asked):
    """Chi-square of how often each member of a stratum is drawn, over fixed seeds: within four standard deviations."""
    listed = roll({("h", "F"): 8, ("h", "M"): 10, ("a", "F"): 4, ("a", "M"): 4})
    often = Counter()
    for seed in range(600):
        often.update(draw(listed, f"seed {seed}", 8, quotas(*asked)).drawn)
    columns = {text.partition("=")[0] for text in asked}
    strata = {}
    for member in listed.members:
        stratum = tuple(value for column, value in member.traits.items() if column in columns)
        strata.setdefault(stratum, []).append(often[member.name])
    for counts in strata.values():
        mean = sum(counts) / len(counts)
        free = len(counts) - 1
        assert sum((count - mean) ** 2 for count in counts) / mean < free + 4 * (2 * free) ** 0.5
    assert sum(often.values()) == 8 * 600


def test_the_order_of_the_list_changes_nothing():
    asked = quotas("college=inhabitants:3", "gender=parity")
    turned = Roll(ROLL.columns, ROLL.members[::-1])
    one, other = draw(ROLL, "s", 4, asked), draw(turned, "s", 4, asked)
    assert (one.drawn, one.reserves) == (other.drawn, other.reserves)


ASKED = ("college=inhabitants:4", "college=associations:1", "gender=parity")


def recorded():
    return json.loads(json.dumps(write(draw(ROLL, "a seed", quotas=quotas(*ASKED)))))


def packed(record):
    return json.dumps(record).encode()


def test_a_recorded_draw_is_verified():
    assert verify(packed(recorded())) == ()
    assert verify(packed(recorded()), ROLL) == ()
    assert recorded()["commitment"] == Lot("a seed").commitment


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"drawn": ["Anne"]}, {"drawn"}),
        ({"commitment": "0" * 64}, {"commitment"}),
        ({"replacements": []}, {"replacements"}),
        ({"seats": 99}, {"draw"}),
        ({"seed": ""}, {"draw"}),
        ({"quotas": ["?"]}, {"draw"}),
    ],
)
def test_a_record_that_was_changed_differs(change, differs):
    assert set(verify(packed(recorded() | change))) == differs


def test_another_seed_or_list_differs():
    other = recorded() | {"seed": "another seed"}
    assert "commitment" in verify(packed(other))
    short = Roll(ROLL.columns, ROLL.members[:-1])
    assert verify(packed(recorded()), short) == ("members",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"3",
        b"\xff",
        b"[" * 100_000,
        packed(recorded() | {"members": [["Anne"]]}),
        packed(recorded() | {"members": 3}),
        packed(recorded() | {"seats": "5"}),
        packed(recorded() | {"quotas": [3]}),
    ],
)
def test_what_is_no_record_is_refused(data):
    with pytest.raises(SortitionError) as refused:
        verify(data)
    assert refused.value.obstacle is Obstacle.RECORD


@pytest.mark.parametrize("seed", ["", "two\nlines", "ended\n", "ended\r"])
def test_a_seed_is_one_line(seed):
    with pytest.raises(SeedError):
        Lot(seed)


def test_standard_tools_redo_a_lot():
    tool = shutil.which("sha256sum") or pytest.skip("sha256sum is absent")

    def summed(text):
        done = subprocess.run([tool, "-"], input=text.encode(), capture_output=True, check=True)  # noqa: S603
        return done.stdout.split()[0]

    lot, names = Lot("a seed"), ["Anne", "Bilal", "Chloé"]
    assert lot.commitment.encode() == summed("a seed")
    assert list(lot.order("draw", names)) == sorted(names, key=lambda name: summed(f"a seed\ndraw\n{name}"))


@given(st.text(st.characters(exclude_characters="\r\n"), min_size=1), st.sets(st.text()))
def test_a_lot_orders_all_names_and_depends_on_nothing_else(seed, names):
    order = Lot(seed).order("x", names)
    assert sorted(order) == sorted(names)
    assert order == Lot(seed).order("x", sorted(names)) == Lot(seed).order("x", sorted(names, reverse=True))
