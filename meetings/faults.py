"""What can keep a command from its work, as one sentence in the reader's language."""

import errno

from pydantic import ValidationError

from agenda import words as calendar_words
from agenda.errors import CalendarError
from meetings.i18n import Translator
from meetings.log.store import LogUnusableError
from meetings.platforms.port import PlatformError
from meetings.recording.errors import RecordingError
from meetings.rehearsal.bot import BotFailedError
from meetings.rehearsal.entries import ScenarioError
from meetings.rehearsal.loopback.server import PortInUse
from meetings.rehearsal.performance import StuckError
from meetings.rehearsal.rehearse import TooFewItemsError
from transcribe.errors import TranscribeError

EXPECTED = (
    CalendarError,
    ScenarioError,
    TranscribeError,
    RecordingError,
    LogUnusableError,
    PlatformError,
    BotFailedError,
    StuckError,
    TooFewItemsError,
    ValidationError,
    OSError,
)
"""Everything a command may meet that is no mistake of ours; all else keeps its traceback."""


def sentence(error: Exception, t: Translator) -> str:
    """One clear sentence: what happened, and what to do next."""
    match error:
        case CalendarError():
            return calendar_words.error(error, "fr" if t.lang == "fr" else "en")
        case PlatformError(platform=platform, code=code, fields=fields):
            return t(f"{platform}.start.{code}", **fields)
        case LogUnusableError(code=code, path=path, reason=reason):
            return t(f"faults.log.{code}", path=path, reason=reason)
        case RecordingError(code=code, path=path):
            return t(f"faults.recording.{code}", path=path)
        case TooFewItemsError(wanted=wanted, found=found):
            return t("faults.too_few_items", wanted=wanted, found=found)
        case PortInUse(port=port):
            return t("faults.port_in_use", port=port)
        case StuckError(step=step, why=why):
            return t("faults.stuck", step=step, why=why)
        case BotFailedError(sentence=last, log=log):
            return t("faults.bot_failed", sentence=last, log=log)
        case ValidationError():
            return _setting(error, t)
        case OSError():
            return _system(error, t)
    return str(error)


def _setting(error: ValidationError, t: Translator) -> str:
    first = error.errors()[0]
    name = f"HEMICYCLE_{'_'.join(map(str, first['loc']))}".upper()
    return t("faults.setting", name=name, value=first["input"], reason=first["msg"])


def _system(error: OSError, t: Translator) -> str:
    keys = {errno.EACCES: "denied", errno.EPERM: "denied", errno.EROFS: "denied", errno.ENOSPC: "disk_full"}
    keys |= {errno.ENOENT: "absent", errno.ENOTDIR: "not_a_folder", errno.EEXIST: "not_a_folder"}
    key = keys.get(error.errno or 0, "system")
    return t(f"faults.{key}", path=error.filename or "", reason=error.strerror or str(error))
