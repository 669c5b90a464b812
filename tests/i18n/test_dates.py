from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetings.i18n import dates, lists

PARIS = ZoneInfo("Europe/Paris")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_moments():
    when = datetime(2026, 11, 22, 18, 30, tzinfo=PARIS)
    assert plain(dates.moment(when, "fr")) == "dimanche 22 novembre 2026 à 18 h 30"
    assert plain(dates.moment(when, "en")) == "Sunday 22 November 2026 at 18:30"
    assert plain(dates.precise(when, "fr")) == "18 h 30 min 00 s"
    assert plain(dates.precise(when, "en")) == "18:30:00"


def test_first_of_the_month_and_full_hour():
    when = datetime(2026, 2, 1, 9, 0, tzinfo=PARIS)
    assert plain(dates.moment(when, "fr")) == "dimanche 1er février 2026 à 9 h"
    assert dates.clock(when, "en") == "9:00"
    assert dates.clock(when.replace(minute=5), "fr") == "9\u00a0h\u00a005"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (18, 30, "dix-huit heures trente"),
        (21, 1, "vingt et une heures une"),
        (0, 0, "minuit"),
        (12, 15, "midi quinze"),
        (1, 0, "une heure"),
        (11, 51, "onze heures cinquante et une"),
    ],
)
def test_opening_words(hour, minute, words):
    when = datetime(2026, 3, 1, hour, minute, tzinfo=PARIS)
    assert dates.opening_words(when, "fr") == f"L’an deux mille vingt-six, le premier mars, à {words}"


@pytest.mark.parametrize(
    ("seconds", "french", "english", "short"),
    [
        (0, "0 seconde", "0 seconds", "0 s"),
        (1, "1 seconde", "1 second", "1 s"),
        (61, "1 minute 1 seconde", "1 minute 1 second", "1 min 1 s"),
        (119.6, "2 minutes", "2 minutes", "2 min"),
        (3605, "1 heure", "1 hour", "1 h"),
        (7500, "2 heures 5 minutes", "2 hours 5 minutes", "2 h 5 min"),
        (-3, "0 seconde", "0 seconds", "0 s"),
    ],
)
def test_durations(seconds, french, english, short):
    assert plain(dates.duration(seconds, "fr")) == french
    assert plain(dates.duration(seconds, "en")) == english
    assert plain(dates.duration_short(seconds)) == short


def test_lists():
    assert lists.both(["A", "B", "C"], "fr") == "A, B et C"
    assert lists.both(["A", "B", "C"], "en") == "A, B and C"
    assert lists.either(["A", "B"], "fr") == "A ou B"
    assert lists.both([], "fr") == ""
    assert lists.both(["{A}"], "fr") == "{A}"


def test_zone_is_the_moments_own():
    when = datetime(2026, 7, 1, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert dates.clock(when.astimezone(PARIS), "en") == "18:30"
    assert dates.clock(when + timedelta(minutes=1), "en") == "16:31"
