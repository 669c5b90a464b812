"""The settings: from the environment and a `.env` file, checked before anything starts."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, its name in the environment being `HEMICYCLE_` and its own in capitals."""

    model_config = SettingsConfigDict(env_prefix="HEMICYCLE_", env_file=".env", extra="ignore")

    token: SecretStr = Field(SecretStr(""), description="The Discord bot's token.")
    guild: int | None = Field(None, description="The Discord server's id; needed only when the bot is in several.")
    room: int | None = Field(None, description="The voice or stage channel's id; needed only where there are several.")
    text: int | None = Field(None, description="The text channel for the boards; needed only where there are several.")
    chair_role: str = Field("Présidence", description="The Discord role of who presides.")
    secretary_role: str = Field("Secrétariat", description="The Discord role of who writes the minutes.")
    member_role: str = Field("Membre", description="The Discord role of the members entitled to sit.")
    council: str = Field("Conseil citoyen", description="The council's name, as its minutes write it.")
    lang: Literal["fr", "en"] = Field("fr", description="The council's language.")
    zone: ZoneInfo = Field(ZoneInfo("Europe/Paris"), description="The council's time zone.")
    agenda: Path | None = Field(None, description="The calendar file (ICS) that holds the meetings.")
    soon: float | None = Field(None, description="Hold the next meeting in this many seconds, whatever its date.")
    data: Path = Field(Path("data"), description="The folder for the log, the recordings and the minutes.")
    model: str = Field("auto", description="The speech model, or `auto`; see `hemicycle models list`.")
    workers: int = Field(1, ge=1, description="Worker processes that transcribe.")
    rest: str | None = Field(None, description="Another address for Discord's REST API (a loopback server's).")
    gateway: str | None = Field(None, description="Another address for Discord's gateway (a loopback server's).")
