"""The settings: from the environment and a `.env` file, checked before anything starts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, FilePath, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV = Path(".env")
"""The file of settings, in the folder from which the house is started."""


class Settings(BaseSettings):
    """Every setting; its name in the environment is `HEMICYCLE_` and its own in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="HEMICYCLE_", env_file=ENV, extra="ignore", use_attribute_docstrings=True
    )

    token: SecretStr = SecretStr("")
    """The Discord bot's token."""
    guild: int | None = None
    """The Discord server's id; needed only when the bot is in several."""
    room: int | None = None
    """The id of the voice or stage channel; needed only where there are several. A meeting's place in the calendar may
    name another.
    """
    text: int | None = None
    """The id of the text channel for the boards; needed only where there are several."""
    secretary_channel: int | None = None
    """The id of the channel in which the secretary gets drafts; without it they come by direct message."""
    chair_role: str = "Présidence"
    """The Discord role of who presides."""
    secretary_role: str = "Secrétariat"
    """The Discord role of who writes the minutes."""
    member_role: str = "Membre"
    """The Discord role of the members entitled to sit."""
    college_role: str = "Collège"
    """How the Discord roles of colleges begin: who has `Collège habitants` is of the college `habitants`."""
    rules: str = "cgct"
    """The council's rules: `cgct`, `association`, `simple`, or a file (TOML) with its own."""
    council: str = "Conseil citoyen"
    """The council's name, as its minutes write it."""
    lang: Literal["fr", "en"] = "fr"
    """The council's language."""
    zone: ZoneInfo = ZoneInfo("Europe/Paris")
    """The council's time zone."""
    agenda: str = Field(default="", repr=False)
    """The calendars that hold the meetings: files (ICS) or addresses, separated by spaces or line ends."""
    agenda_minutes: Annotated[float, Field(gt=0)] = 15
    """Minutes between two readings of a calendar; a file is read whenever it changes."""
    agenda_private: bool = False
    """Whether calendars may lie on this machine or its network, or be read without encryption (http)."""
    soon: float | None = None
    """Hold the next meeting in this many seconds, whatever its date: for rehearsals."""
    data: Path = Path("data")
    """The folder for the log, the recordings and the minutes."""
    log: str | None = None
    """Where the log lies, when not in that folder: a file, or PostgreSQL (postgresql://user@server/database)."""
    template: FilePath | None = None
    """A DOCX or ODT file whose letterhead and styles the minutes in that format take."""
    logo: FilePath | None = None
    """A PNG, JPEG or SVG file that heads the minutes in PDF and HTML; DOCX and ODT have their template."""
    address: str = ""
    """The council's address, under its name at the head of the minutes; `\\n` begins a line."""
    summary_url: str = ""
    """An OpenAI-compatible endpoint (`http://127.0.0.1:11434/v1`) whose model summarises debates."""
    summary_model: str = ""
    """The language model at that endpoint, as it is called there."""
    summary_key: SecretStr = SecretStr("")
    """The endpoint's key, where it wants one."""
    summary_seconds: Annotated[float, Field(gt=0)] = 120
    """Seconds that it has for all debates of a meeting; those it does not summarise by then are given word for word."""
    model: str = "auto"
    """The speech model (`hemicycle models list`), or `auto` for the best this machine can keep up with."""
    second_model: str = "off"
    """The model that hears a meeting again once it is over, `auto` for the best this machine can get, or `off`."""
    second_minutes: Annotated[float, Field(gt=0)] = 10
    """Minutes after the adjournment at which the draft is made, whether all was heard again or not."""
    also: str = ""
    """Languages that may be spoken beside the council's (`en`, or `en,de`); one is written where it is surely heard."""
    figures: bool = True
    """Whether minutes write spoken numbers, dates, hours and sums in figures."""
    workers: Annotated[int, Field(ge=0)] = 0
    """Worker processes that transcribe; `0` for two where cores and memory suffice, else one."""
    scheduler: str = ""
    """A dask scheduler (`tcp://host:8786`) whose workers transcribe, `hemicycle worker`, in place of this machine's."""
    audio_store: str = Field(default="", repr=False)
    """Where sound lies, sealed, on its way to those: `file:///shared/sounds`, `s3://bucket/sounds`."""
    captions: Literal["live", "after", "off"] = "live"
    """Captions in a thread under the board: while people speak (`live`), once they spoke (`after`), or none (`off`)."""
    announcement: str = "on"
    """What the bot says aloud when the recording begins: the house's own words (`on`), an Ogg/Opus file, or `off`."""
    rest: str | None = None
    """Another address for Discord's REST API: a loopback server's."""
    gateway: str | None = None
    """Another address for Discord's gateway: a loopback server's."""
    web_port: Annotated[int | None, Field(ge=0, le=65535)] = None
    """The port of the web pages; without it `hemicycle run` serves none."""
    web_host: str = "127.0.0.1"
    """The address at which the pages listen; `0.0.0.0` for every machine around."""
    web_url: str = ""
    """The address under which the public reaches the pages, for links: `https://conseil.example`."""
    web_names: Literal["full", "short", "none"] = "full"
    """How public pages call members: whole names, `Claire M.` (short), or seats' numbers (none)."""
    web_client: str = ""
    """The client id of the Discord application, for signing in with Discord."""
    web_secret: SecretStr = SecretStr("")
    """The client secret of the same application."""

    def calendars(self) -> tuple[str, ...]:
        """Each of the calendars; a line that is the name of a file is one, whatever spaces are in it."""
        lines = [line.strip() for line in self.agenda.splitlines() if line.strip()]
        return tuple(one for line in lines for one in ([line] if Path(line).exists() else line.split()))

    def log_of(self, folder: Path) -> Path | str:
        """Where the log of a data folder lies: in it, but for the council's own where the settings say otherwise."""
        own = folder.resolve() == self.data.resolve()
        return self.log if own and self.log else folder / "council.db"


def keep(path: Path, values: Mapping[str, str]) -> None:
    """Write settings, by their names in `Settings`, into a `.env` file that its owner alone can read.

    What the file said of other things stays as it was. Raises OSError; the file is then as it was before.
    """
    ours = {f"HEMICYCLE_{name.upper()}": _quoted(value) for name, value in values.items()}
    before = path.read_text("utf-8").splitlines() if path.exists() else []
    others = [line for line in before if line.partition("=")[0].strip() not in ours]
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    lines = [*others, *(f"{name}={value}" for name, value in ours.items())]
    draft.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    draft.replace(path)


def _quoted(value: str) -> str:
    """A value as python-dotenv reads it back."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
