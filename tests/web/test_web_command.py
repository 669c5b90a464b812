"""`hemicycle web`: serves a data folder until asked to end; what keeps it from that is one sentence."""

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp
from website import ANNE, Evening

from meetings.web import Links

ROOT = Path(__file__).parents[2]


async def hemicycle(folder: Path, *words: str, command: str = "web") -> asyncio.subprocess.Process:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", command, *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT), "LANG": "fr_FR.UTF-8", "LC_ALL": ""},
    )


async def address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr
    async for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line.decode()):
            return found[0]
    raise AssertionError("the pages never said where they are")


async def test_it_serves_and_follows_another_process_until_asked_to_end(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    process = await hemicycle(tmp_path, ".", "--port", "0")
    url = await address(process)
    async with aiohttp.ClientSession() as client, asyncio.timeout(60):
        while True:
            try:
                async with client.get(f"{url}/live/events") as answer:
                    await evening.vote("Poser un banc.", {})
                    async for line in answer.content:
                        if b"Poser un banc." in line:
                            break
                break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)  # it has its place, and opens soon
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    evening.close()


async def test_a_place_that_is_taken_and_a_folder_without_a_log_are_one_sentence_each(tmp_path: Path) -> None:
    Evening(tmp_path).close()
    (tmp_path / "empty").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for words, sentence in (((".", "--port", port), f"127.0.0.1:{port} est déjà prise"), (("empty",), "journal")):
            process = await hemicycle(tmp_path, *words)
            _, said = await process.communicate()
            assert process.returncode == 2
            assert sentence in said.decode().replace("\u00a0", " ")
            assert said.decode().count("\n") == 1
    assert list((tmp_path / "empty").iterdir()) == []


async def test_who_hosts_the_pages_makes_a_link_for_a_member_by_name(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    process = await hemicycle(tmp_path, "anne le goff", ".", command="link")
    printed, _ = await process.communicate()
    assert process.returncode == 0
    assert Links(tmp_path).redeem(printed.decode().strip().rpartition("/enter/")[2]) == ANNE
    process = await hemicycle(tmp_path, "Personne", ".", command="link")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "Anne Le Goff, Bilal Ferrand" in said.decode()
    evening.close()
