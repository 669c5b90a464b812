"""The loopback's voice server: signalling over TLS, media over UDP, keys delivered but never held."""

from meetings.rehearsal.loopback.voice_sessions import Sessions, VoiceSession

__all__ = ["Sessions", "VoiceSession"]
