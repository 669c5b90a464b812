"""A PDF document -> its text, by a process of its own.

A page can be written so that it takes minutes and gigabytes to read; whoever sends one must not hold up a council's
bot.
"""

import subprocess
import sys
from pathlib import Path

from agenda.office import UnreadableError

SECONDS = 15.0
_PROGRAM = Path(__file__).with_name("pdfreader.py")


def pdf_text(data: bytes) -> str:
    """The text of the first pages.

    Raises:
        UnreadableError: it is damaged, locked, or takes too long.
    """
    command = [sys.executable, "-I", str(_PROGRAM)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - ours
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableError from error
    return done.stdout.decode("utf-8", "replace")
