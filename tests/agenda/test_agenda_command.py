"""`hemicycle agenda`, as it is run: files and addresses, what is printed and how it ends."""

import asyncio
import json
import os
import sys
from pathlib import Path

from aiohttp import web
from icsfiles import ROOT, calendar, event
from webserver import serving

MEETING = event(
    "DTSTART:20261208T173000Z", "DTEND:20261208T183000Z", "SUMMARY:Conseil", r"DESCRIPTION:1. Budget\n2. Voirie"
)
OFF = event("DTSTART:20261209T173000Z", "STATUS:CANCELLED", "SUMMARY:Annulée", uid="off@test")
WINDOW = ("--from", "2026-12-01", "--to", "2026-12-31")


async def hemicycle(folder: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    """Exit status, what was printed, what was said."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=inherited | {"LC_ALL": "C", "PYTHONPATH": str(ROOT)} | environment,
    )
    printed, said = await process.communicate()
    return process.returncode or 0, printed.decode(), said.decode()


async def serve(request: web.Request) -> web.Response:
    if request.path == "/odj.md":
        return web.Response(text="# Ordre du jour\n1. Bancs (5 min)\n2. Divers")
    if request.path != "/c.ics":
        return web.Response(status=404)
    link = f"http://{request.host}/odj.md"
    elsewhere = event("DTSTART:20261210T173000Z", "SUMMARY:Bureau", f"DESCRIPTION:{link}", uid="link@test")
    return web.Response(text=calendar(MEETING, OFF, elsewhere))


async def test_files_and_addresses_together(tmp_path):
    other = event("DTSTART;VALUE=DATE:20261211", "SUMMARY:Fête", uid="day@test")
    (tmp_path / "a.ics").write_text(calendar(other))
    async with serving(serve) as url:
        status, printed, said = await hemicycle(
            tmp_path,
            *("agenda", "show", "a.ics", f"{url}/c.ics", f"{url}/absent", "b.ics", *WINDOW, "--json", "--documents"),
            HEMICYCLE_AGENDA_PRIVATE="1",
        )
    assert (status, said) == (0, "")
    shown = json.loads(printed)
    assert [(one["uid"], one["start"]) for one in shown["occurrences"]] == [
        ("one@test", "2026-12-08T18:30:00+01:00"),
        ("link@test", "2026-12-10T18:30:00+01:00"),
        ("day@test", "2026-12-11"),
    ]
    assert [[item["title"] for item in one["items"]] for one in shown["occurrences"]] == [
        ["Budget", "Voirie"],
        ["Bancs", "Divers"],
        ["Fête"],
    ]
    absent = "127.0.0.1 has no calendar at this address (404): copy the shared link again."
    assert [(one["place"], one["what"]) for one in shown["problems"]] == [
        ("127.0.0.1", f"{absent} So this calendar was not read."),
        ("b.ics", "There is no file b.ics. So this calendar was not read."),
        ("127.0.0.1, event link@test", "The agenda of “Bureau” comes from the document odj.md."),
        ("a.ics, event day@test", "No agenda was found for “Fête”; the meeting itself is the only item."),
    ]


async def test_nothing_is_fetched_from_this_machine_unless_it_is_allowed(tmp_path):
    asked = []

    async def noting(request: web.Request) -> web.Response:
        asked.append(request.path)
        return await serve(request)

    async with serving(noting) as url:
        status, printed, said = await hemicycle(tmp_path, "agenda", "show", f"{url}/c.ics")
        assert (status, printed, said.count("\n")) == (2, "", 1)
        status, printed, _ = await hemicycle(
            tmp_path, "agenda", "show", f"{url}/c.ics", *WINDOW, "--cancelled", HEMICYCLE_AGENDA_PRIVATE="1"
        )
    assert status == 0
    assert [line for line in printed.splitlines() if line[:4] == "2026"] == [
        "2026-12-08 18:30–19:30 Europe/Paris  Conseil",
        "2026-12-09 18:30–18:30 Europe/Paris  Annulée  [CANCELLED]",
        "2026-12-10 18:30–18:30 Europe/Paris  Bureau",
    ]
    assert asked == ["/c.ics"]
