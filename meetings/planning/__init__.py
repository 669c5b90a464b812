"""The council's calendars followed: what they say becomes meetings in the log, what they change is changed there."""

from meetings.planning.follower import Follower
from meetings.planning.plans import Host, meeting_id, plan_soon

__all__ = ["Follower", "Host", "meeting_id", "plan_soon"]
