"""Draw the boards as a phone shows them, from the very payloads that the bot sends, into docs/pictures.

    .venv/bin/python scripts/draw_boards.py [--lang en] [--to FOLDER]

A story is told to the domain, its boards are laid out by the adapter, and what Discord would be sent is drawn in HTML
after Discord's dark theme and photographed by the system's Chromium (`apt-get install chromium fonts-noto-core
fonts-noto-color-emoji`). Nothing is drawn that is not in a payload.
"""

import argparse
import asyncio
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta

from meetings.boards import Board, Caption, ballot_board, booth_board, captions_board, panel, sitting
from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT
from meetings.domain.values import BallotId, Form, Kind, Mark, MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.i18n import translator
from meetings.platforms.discord.views import layout

Lang = Literal["fr", "en"]

WIDTH, SCALE = 390, 1.5
"""A phone's width, in CSS pixels, and its pixels for each of them."""

START = datetime(2026, 11, 24, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
CHAIR, *MEMBERS = (MemberId(str(number)) for number in range(1, 8))
NAMES = dict(
    zip(
        (CHAIR, *MEMBERS),
        ("Aminata Diallo", "Léa Fontaine", "Paul Roux", "Salma Benali", "Thomas Girard", "Nadia Karim", "Louise Petit"),
        strict=True,
    )
)


@dataclass(frozen=True)
class Words:
    """What people wrote, in one language, and what Discord's app says under a message for one person."""

    title: str
    items: tuple[str, ...]
    motion: str
    question: str
    options: tuple[str, ...]
    alone: str
    said: tuple[str, ...]


WORDS: dict[str, Words] = {
    "fr": Words(
        title="Conseil citoyen, séance de novembre",
        items=("Bancs et arbres du square", "Fête de quartier", "Éclairage de la rue des Écoles", "Questions diverses"),
        motion="Le conseil demande à la ville de poser quatre bancs dans le square, à l’ombre.",
        question="Par quoi commencer dans le square ?",
        options=("Bancs à l’ombre", "Plantation d’arbres", "Jeux pour enfants", "Fontaine à eau"),
        alone="Vous seul pouvez voir ce message",
        said=(
            "Deux bancs suffiraient, à condition qu’ils soient à l’ombre.",
            "Les enfants du quartier en demandent quatre.",
            "Et qui les entretiendra ? La ville, ou nous ?",
            "La ville s’y est engagée au mois de",
        ),
    ),
    "en": Words(
        title="Citizens’ council, November session",
        items=("Benches and trees", "Street party", "Lights in School Lane", "Any other business"),
        motion="The council asks the town for four benches in the square, in the shade.",
        question="What should the square get first?",
        options=("Benches", "Trees", "A playground", "A water fountain"),
        alone="Only you can see this",
        said=(
            "Two benches would do, as long as they are in the shade.",
            "The children of the quarter ask for four.",
            "And who will look after them? The town, or us?",
            "The town has promised to, in the month of",
        ),
    ),
}


class Story:
    """A session told command by command, a minute after each other."""

    def __init__(self, lang: Lang) -> None:
        self.lang, self.words = lang, WORDS[lang]
        self.meeting, self.now = Meeting(MeetingId("m")), START - timedelta(minutes=1)
        items = tuple(PlannedItem(n, title, 20) for n, title in enumerate(self.words.items, 1))
        seats = tuple(Seat(member, Role.CHAIR if member == CHAIR else Role.MEMBER) for member in NAMES)
        plan = Planned(
            self.words.title,
            self.words.title,
            START,
            START + timedelta(hours=2),
            "1",
            "stage",
            lang,
            items,
            seats,
        )
        self.then(c.Plan, plan=plan).then(c.Convene)
        for member in (CHAIR, *MEMBERS[:-1]):
            self.then(c.Arrive, after=0, member=member)
        self.then(c.Open, CHAIR).then(c.StartRecording, after=0).then(c.NextItem, CHAIR)

    def then(self, command: type[c.Command], by: MemberId | None = None, *, after: float = 1, **fields: Any) -> "Story":
        self.now += timedelta(minutes=after)
        outcome = decide(self.meeting, command(meeting=self.meeting.id, at=self.now, by=by, **fields), CGCT)
        if isinstance(outcome, Refusal):
            raise SystemExit(f"the story is refused: {outcome}")
        for event in outcome:
            self.meeting = evolve(
                self.meeting, Recorded(self.meeting.id, self.meeting.seq + 1, self.now, by, "", event)
            )
        return self

    def put(self, ballot: str, motion: str, **fields: Any) -> "Story":
        return self.then(c.OpenBallot, CHAIR, ballot=BallotId(ballot), motion=motion, **fields)

    def cast(self, ballot: str, *marks: str, first: int = 0) -> "Story":
        for member, mark in zip(list(NAMES)[first:], marks, strict=False):
            self.then(c.CastVote, member, after=0.1, ballot=BallotId(ballot), mark=Mark(mark))
        return self

    def board(self, ballot: str) -> Board:
        return ballot_board(self.meeting, self.meeting.ballots[BallotId(ballot)], NAMES)


def pictures(lang: Lang) -> dict[str, tuple[Sequence[Board], datetime, bool]]:
    """Each picture's boards, the moment at which they are read, and whether one person alone sees them."""
    drawn: dict[str, tuple[Sequence[Board], datetime, bool]] = {}
    t, story = translator(lang), Story(lang)
    story.then(c.NextItem, CHAIR, after=12).then(c.RaiseHand, MEMBERS[1]).then(c.GiveFloor, CHAIR)
    story.then(c.RaiseHand, MEMBERS[2], after=0.5).then(c.RaiseHand, MEMBERS[4], after=0.2)
    story.then(c.RaiseHand, MEMBERS[3], after=0.2, kind=Kind.REPLY)
    drawn["session"] = (sitting(story.meeting, NAMES, CGCT), story.now, False)
    drawn["panel"] = ([panel(story.meeting, NAMES, t)], story.now, True)
    spoken = zip((MEMBERS[1], MEMBERS[1], MEMBERS[2], CHAIR), story.words.said, strict=True)
    said = [
        Caption(member, story.now, text, doubtful=number == 2, provisional=member == CHAIR)
        for number, (member, text) in enumerate(spoken)
    ]
    drawn["captions"] = ([captions_board(story.meeting, said, NAMES, t)], story.now, False)
    story.then(c.TakeFloor, CHAIR).put("1", story.words.motion, minutes=5).cast("1", "for", "for", "against", "for")
    drawn["ballot-open"] = ([story.board("1")], story.now, False)
    story.cast("1", "abstain", "for", first=4).then(c.CloseBallot, CHAIR, ballot="1", decision="2026-014")
    drawn["ballot-closed"] = ([story.board("1")], story.now, False)
    story.put("2", story.words.question, form=Form.IRV, options=story.words.options)
    drawn["ballot-ranked"] = ([story.cast("2", "2>1", "1>4").board("2")], story.now, False)
    booth = booth_board(story.meeting.ballots[BallotId("2")], "2>1", NAMES, t)
    drawn["booth-ranked"] = ([booth], story.now, True)
    story.cast("2", "2>1>3", "4>2", "1>2", "2", first=2).then(c.CloseBallot, CHAIR, ballot="2", decision="2026-015")
    drawn["ballot-ranked-closed"] = ([story.board("2")], story.now, False)
    return drawn


def page(components: list[dict[str, Any]], now: datetime, lang: str, alone: bool) -> str:
    """A message of these components as a page of HTML."""
    note = f'<p class="alone">{html.escape(WORDS[lang].alone)}</p>' if alone else ""
    clock = now.strftime("%H:%M")
    body = "".join(_component(one, now, lang) for one in components)
    head = f"<header><b>Hémicycle</b> <i>APP</i> <time>{clock}</time></header>"
    main = f'<main><div class="face">H</div><div>{head}{body}{note}</div></main>'
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{main}'


def _component(one: dict[str, Any], now: datetime, lang: str) -> str:
    inside = "".join(_component(inner, now, lang) for inner in one.get("components", []))
    match one["type"]:
        case 17:
            return f'<section style="border-left-color:#{one["accent_color"]:06x}">{inside}</section>'
        case 1:
            return f'<div class="row">{inside}</div>'
        case 2:
            emoji = (one.get("emoji") or {}).get("name", "")
            label = html.escape(f"{emoji} {one['label']}".strip())
            return f'<span class="button style{one["style"]}">{label}</span>'
        case 3:
            chosen = [option["label"] for option in one["options"] if option.get("default")]
            shown = ", ".join(chosen) or one["placeholder"]
            return f'<span class="menu{" chosen" if chosen else ""}">{html.escape(shown)}</span>'
        case 10:
            return _markdown(one["content"], now, lang)
    raise ValueError(one["type"])


def _markdown(text: str, now: datetime, lang: str) -> str:
    """As much of Discord's Markdown as boards use."""
    marks = {"### ": "h3", "> ": "blockquote", "-# ": "small"}
    blocks = []
    for line in text.split("\n"):
        mark = next((mark for mark in marks if line.startswith(mark)), "")
        tag = marks.get(mark, "p")
        blocks.append(f"<{tag}>{_inline(line[len(mark) :], now, lang)}</{tag}>")
    return "".join(blocks).replace("<p></p>", '<div class="gap"></div>')


def _inline(text: str, now: datetime, lang: str) -> str:
    def moment(found: re.Match[str]) -> str:
        apart = datetime.fromtimestamp(int(found[1]), now.tzinfo) - now
        words = format_timedelta(apart, add_direction=True, locale=lang)
        return f'<span class="moment">{words}</span>'

    escaped = html.escape(text, quote=False)
    bold = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<b>\1</b>", escaped)
    return re.sub(r"&lt;t:(\d+):R&gt;", moment, re.sub(r"\\([^\w\s])", r"\1", bold))


STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 390px; background: #313338; color: #dbdee1;
  font: 15px/1.35 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif }
main { display: grid; grid-template-columns: 40px 1fr; gap: 10px; padding: 12px 12px 14px }
.face { width: 40px; height: 40px; border-radius: 50%; background: #3b6fd4;
  color: #fff; font: 600 20px/40px sans-serif; text-align: center }
header b { color: #f2f3f5; font-weight: 600 }
header time { color: #949ba4; font-size: 12px }
header i { background: #5865f2; color: #fff; font: 600 10px/15px sans-serif; padding: 1px 4px; border-radius: 3px }
section { background: #2b2d31; border: 1px solid #3a3c42; border-left: 4px solid; border-radius: 8px;
  padding: 12px; margin-top: 6px }
p, h3, blockquote, small { overflow-wrap: anywhere }
h3 { font-size: 16px; color: #f2f3f5 }
b { color: #f2f3f5; font-weight: 700 }
small { display: block; color: #949ba4; font-size: 12.5px }
small b { color: inherit }
blockquote { border-left: 4px solid #4e5058; border-radius: 2px; padding-left: 10px }
.gap { height: 8px }
.moment { background: #3f4147; border-radius: 3px; padding: 0 3px }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px }
.button { border-radius: 8px; padding: 7px 13px; font-size: 14px; font-weight: 500; color: #fff; background: #4e5058 }
.style1 { background: #5865f2 }
.style3 { background: #248046 }
.style4 { background: #da373c }
.menu { flex: 1; background: #1e1f22; color: #949ba4; border-radius: 8px; padding: 9px 12px }
.menu::after { content: "⌄"; float: right; color: #dbdee1 }
.chosen { color: #dbdee1 }
.alone { color: #949ba4; font-size: 12px; margin-top: 6px }
.alone::before { content: "👁 " }
"""


def photograph(text: str, to: Path) -> None:
    """The page as a PNG as high as it needs to be. Raises SystemExit without a Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "board.html"
        measure = '<script>document.body.dataset.height = document.querySelector("main").offsetHeight</script>'
        source.write_text(text + measure, "utf-8")
        run = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
        ]
        told = subprocess.run([*run, "--dump-dom", source.as_uri()], capture_output=True, check=True, text=True).stdout
        height = int(re.findall(r'data-height="(\d+)"', told)[0])
        size = [
            f"--window-size={WIDTH},{height}",
            f"--force-device-scale-factor={SCALE}",
            f"--screenshot={to.resolve()}",
        ]
        subprocess.run([*run, *size, source.as_uri()], capture_output=True, check=True)


async def pages(lang: Lang) -> dict[str, str]:
    """Every picture's page; discord.py makes its views inside a running loop alone."""
    drawn = pictures(lang).items()
    return {name: page(layout(boards).to_components(), now, lang, alone) for name, (boards, now, alone) in drawn}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lang", choices=sorted(WORDS), default="fr")
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"))
    told = parser.parse_args()
    told.to.mkdir(parents=True, exist_ok=True)
    for name, text in asyncio.run(pages(told.lang)).items():
        photograph(text, told.to / f"{name}.png")
        print(told.to / f"{name}.png")


if __name__ == "__main__":
    main()
