"""Minutes: state and transcript composed into one document, and its renderings."""

from meetings.minutes.compose import compose
from meetings.minutes.document import Minutes, from_json, to_json
from meetings.minutes.sources import Circumstances, Words

__all__ = ["Circumstances", "Minutes", "Words", "compose", "from_json", "to_json"]
