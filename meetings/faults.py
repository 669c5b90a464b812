"""What can keep a command from its work, as one sentence in the reader's language."""

import errno

from pydantic import ValidationError

from agenda import words as calendar_words
from agenda.errors import CalendarError
from meetings.domain.count.errors import BadElectionError, BltError, CountError, TieError
from meetings.domain.lot import SeedError
from meetings.domain.refusals import Refusal
from meetings.domain.rulebook import Fault, RulesError
from meetings.domain.sortition.errors import SortitionError
from meetings.findings import AilingError
from meetings.i18n import Translator
from meetings.log.errors import LogUnusableError
from meetings.minutes.signing import UnsignedError
from meetings.platforms.port import PlatformError
from meetings.recording.errors import RecordingError
from meetings.rehearsal.entries import ScenarioError, Wanted
from meetings.rehearsal.errors import BotFailedError, PortInUse, StuckError, TooFewItemsError
from transcribe.errors import (
    ClusterMissing,
    ModelUnavailable,
    ModelUnknown,
    TranscribeError,
    WorkersAway,
)

EXPECTED = (
    CalendarError,
    CountError,
    SeedError,
    SortitionError,
    ScenarioError,
    RulesError,
    TranscribeError,
    RecordingError,
    LogUnusableError,
    UnsignedError,
    AilingError,
    PlatformError,
    BotFailedError,
    StuckError,
    TooFewItemsError,
    ValidationError,
    OSError,
)
"""Everything a command may meet that is no mistake of ours; all else keeps its traceback."""

SYSTEM = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENOENT: "absent",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
    errno.EADDRINUSE: "address_taken",
}
"""What the system refuses, as people know it."""


def sentence(error: Exception, t: Translator) -> str:
    """One clear sentence: what happened, and what to do next."""
    match error:
        case CalendarError():
            return calendar_words.error(error, "fr" if t.lang == "fr" else "en")
        case ScenarioError() | RulesError():
            return _scenario(error, t) if isinstance(error, ScenarioError) else _rules(error, t)
        case CountError() | SeedError() | SortitionError():
            return _count(error, t)
        case TranscribeError():
            return _speech(error, t)
        case PlatformError():
            return error.words(t)
        case AilingError(code=code, fields=fields):
            return t(f"doctor.fault.{code}", **fields)
        case LogUnusableError(code=code, where=where, reason=reason):
            return t(f"faults.log.{code}", path=where, reason=reason)
        case RecordingError(code=code, path=path) | UnsignedError(code=code, path=path):
            room = "recording" if isinstance(error, RecordingError) else "minutes"
            return t(f"faults.{room}.{code}", path=path)
        case StuckError() | BotFailedError() | TooFewItemsError() | PortInUse():
            return _rehearsal(error, t)
        case ValidationError():
            return _setting(error, t)
        case OSError():
            key = SYSTEM.get(error.errno or 0, "system")
            return t(f"faults.{key}", path=error.filename or "", reason=error.strerror or str(error))
    return str(error)


def _rehearsal(error: StuckError | BotFailedError | TooFewItemsError | PortInUse, t: Translator) -> str:
    match error:
        case StuckError(code=code, step=step, reason=reason):
            return t(f"faults.stuck.{code}", step=step, reason=reason)
        case BotFailedError(sentence=last, log=log):
            return t("faults.bot_failed" if last else "faults.bot_failed_mute", sentence=last, log=log)
        case TooFewItemsError(wanted=wanted, found=found):
            return t("faults.too_few_items", wanted=wanted, found=found)
        case PortInUse(port=port):
            return t("faults.port_in_use", port=port)


def _scenario(error: ScenarioError, t: Translator) -> str:
    """Where in the scenario's file, then what is wrong there."""
    places = [error.path.name]
    places += [t("faults.scenario.line", number=error.line)] if error.line else []
    places += [t("faults.scenario.step", number=error.step)] if error.step else []
    fields = dict(error.fields)
    if isinstance(wanted := fields.get("wanted"), Wanted):
        fields["wanted"] = t(f"faults.scenario.wanted_{wanted.name.lower()}")
    if isinstance(refusal := fields.get("refusal"), Refusal):
        fields["why"] = t(f"refusal.{refusal.code.value}", **refusal.fields).rstrip(".")
    words = t(f"faults.scenario.{error.code.name.lower()}", **fields)
    return t("faults.scenario", place=", ".join(places), words=words)


def _rules(error: RulesError, t: Translator) -> str:
    words = t(f"faults.rules.{error.fault}", **{"file": error.file} | error.fields)
    return words if error.fault is Fault.ABSENT else t("faults.rules", file=error.file, line=error.line, words=words)


def _count(error: CountError | SeedError | SortitionError, t: Translator) -> str:
    match error:
        case BltError(line=line, flaw=flaw, found=found, limit=limit):
            return t("faults.blt", line=line, expected=t(f"faults.blt.{flaw.value}", limit=limit), found=found)
        case TieError(stage=stage, names=names):
            return t("faults.count.tie", stage=stage, names=names)
        case BadElectionError(why=why):
            return t(f"faults.count.{why.value}")
        case SortitionError(obstacle=obstacle, fields=fields):
            return t(f"faults.sortition.{obstacle.value}", **fields)
    return t("faults.seed")


def _speech(error: TranscribeError, t: Translator) -> str:
    match error:
        case ModelUnavailable(name=name, attempts=attempts):
            tried = "; ".join(f"{attempt.source}: {attempt.reason}" for attempt in attempts)
            return t("faults.model_unavailable", name=name, tried=tried)
        case ModelUnknown(name=name, known=known):
            return t("faults.model_unknown", name=name, known=known)
        case WorkersAway(scheduler=scheduler, reason=reason):
            return t("faults.workers_away", scheduler=scheduler, reason=reason)
        case ClusterMissing():
            return t("faults.cluster_missing")
    return t("faults.speech", detail=error.detail)


def _setting(error: ValidationError, t: Translator) -> str:
    first = error.errors()[0]
    name = f"HEMICYCLE_{'_'.join(map(str, first['loc']))}".upper()
    key = f"faults.setting.{first['type']}"
    reason = t(key, **first.get("ctx", {})) if key in t else first["msg"]
    return t("faults.setting", name=name, value=first["input"], reason=reason)
