"""The record of processing (registre des traitements, RGPD art. 30) as Markdown, from settings and rules in force."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from meetings.domain.meeting import Meeting
from meetings.domain.rules import Rules
from meetings.i18n import Translator
from meetings.i18n.dates import day
from meetings.settings import Settings

TREATMENTS = ("roll", "votes", "recording", "transcript", "minutes")
"""What is done with personal data, one row each."""

COLUMNS = ("treatment", "purpose", "basis", "data", "people", "recipients", "kept")


def register(settings: Settings, rules: Rules, t: Translator, meetings: Iterable[Meeting] = ()) -> str:
    """The register: who answers for it, each treatment, how long things are kept, how they are guarded; and what of
    these `meetings` was erased, by rule or on demand.
    """
    table = [_row([t(f"privacy.column.{column}") for column in COLUMNS]), _row(["---"] * len(COLUMNS))]
    pages = ("pages",) if settings.web_url or settings.web_port is not None else ()
    table += [_row(_treatment(one, rules, t)) for one in (*TREATMENTS, *pages)]
    log = t("privacy.log-database") if settings.log and "://" in settings.log else t("privacy.log-file")
    facts = [
        t("privacy.controller", council=settings.council),
        t("privacy.place", folder=settings.data, log=log),
        *_speech(settings, t),
        *_summary(settings, t),
        t("privacy.transfers"),
        t("privacy.rights", days=rules.minutes.days),
        t("privacy.security"),
    ]
    heading = t("privacy.heading", council=settings.council)
    gone = [f"- {deed}" for one in meetings for deed in _deeds(one, t)]
    done = [f"## {t('privacy.gone')}", "", *(gone or [f"- {t('privacy.gone.nothing')}"]), ""]
    return "\n".join([f"# {heading}", "", *(f"- {fact}" for fact in facts), "", *table, "", *done])


def _deeds(meeting: Meeting, t: Translator) -> Iterator[str]:
    """What was erased of a meeting and when, as its log says."""
    path, held = meeting.path, meeting.plan.starts if meeting.plan else meeting.at
    fields = {"held": day(held, t.lang) if held else meeting.id}
    if path.audio and path.audio_gone:
        yield t(f"privacy.gone.audio.{path.audio.why}", **fields, day=day(path.audio_gone, t.lang))
    if path.words_gone:
        yield t("privacy.gone.words", **fields, day=day(path.words_gone, t.lang))
    pending = {asked.member for asked in meeting.erasures.pending}
    for member, since in meeting.erasures.since.items():
        key = "privacy.gone.asked" if member in pending else "privacy.gone.member"
        yield t(key, **fields, day=day(since, t.lang))


def _speech(settings: Settings, t: Translator) -> list[str]:
    """Where what is said is written down."""
    if not settings.scheduler:
        return [t("privacy.model", model=settings.model)]
    told = [t("privacy.model-cluster", model=settings.model, scheduler=settings.scheduler)]
    return [*told, t("privacy.store")] if settings.audio_store else told


def _summary(settings: Settings, t: Translator) -> list[str]:
    """Where the debates go to be summarised, if anywhere."""
    if not (settings.summary_url and settings.summary_model):
        return []
    host = urlsplit(settings.summary_url).netloc or settings.summary_url
    return [t("privacy.summary", model=settings.summary_model, host=host)]


def _treatment(name: str, rules: Rules, t: Translator) -> list[str]:
    told = [t(f"privacy.{name}.{column}") for column in COLUMNS[1:-1]]
    return [t(f"privacy.{name}"), *told, _kept(name, rules, t)]


def _kept(name: str, rules: Rules, t: Translator) -> str:
    """How long: of the sound as the rules in force say, of the rest as long as the council's archives."""
    if name == "pages":
        return t("privacy.kept.pages")
    if name == "transcript" and rules.minutes.words_days:
        return t("privacy.kept.words", days=rules.minutes.words_days)
    if name != "recording":
        return t("privacy.kept.archive")
    limits = [t("privacy.kept.approval")] if rules.minutes.delete_audio else []
    limits += [t("privacy.kept.days", days=rules.minutes.audio_days)] if rules.minutes.audio_days else []
    return " ".join(limits) or t("privacy.kept.unlimited")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
