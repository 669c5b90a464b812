"""What can go wrong, as types: a code for programs, whether another try may help, and one sentence for people."""
# ruff: noqa: N818  # the names say what happened; `except WorkerLost` reads as it should

from dataclasses import dataclass
from typing import ClassVar


class TranscribeError(Exception):
    """Root of this package's errors; `detail` is a whole sentence or clause, in English."""

    code: ClassVar[str] = "transcribe"
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class AudioUnreadable(TranscribeError):
    """The bytes hold no audio that could be decoded; trying again gives the same."""

    code = "audio_unreadable"


class VocabularyUnreadable(TranscribeError):
    """The file of names and words cannot be opened, or is not text."""

    code = "vocabulary_unreadable"


class EngineFailed(TranscribeError):
    """The engine raised something unforeseen over one utterance."""

    code = "engine_failed"
    retryable = True


class ModelBroken(TranscribeError):
    """The model's folder cannot be loaded: missing, of a wrong hash, or not a model."""

    code = "model_broken"


class WorkerLost(TranscribeError):
    """The worker process died over this utterance as often as it was allowed to."""

    code = "worker_lost"
    retryable = True


class WorkersAway(TranscribeError):
    """Nobody can be reached who hears, through no fault of the utterance; it is heard when there is somebody."""

    code = "workers_away"
    retryable = True

    def __init__(self, scheduler: str, reason: str) -> None:
        later = "What is said waits, and is heard when it does."
        super().__init__(f"The scheduler {scheduler} does not answer ({reason}). {later}")
        self.scheduler, self.reason = scheduler, reason

    def __reduce__(self) -> tuple[type["WorkersAway"], tuple[str, str]]:
        return WorkersAway, (self.scheduler, self.reason)


class StoreFailed(TranscribeError):
    """The store that carries sound to other machines cannot be used, from here or from there."""

    code = "store_failed"
    retryable = True


class ClusterMissing(TranscribeError):
    """The library that speaks with a cluster is not installed."""

    code = "cluster_missing"

    def __init__(self) -> None:
        super().__init__("A cluster needs libraries that are not here: install hemicycle[cluster].")


class PoolClosed(TranscribeError):
    """The pool was closed before this utterance was transcribed; its audio is untouched."""

    code = "pool_closed"
    retryable = True


class CatalogueInvalid(TranscribeError):
    """models/catalogue.toml is missing or says something that cannot be meant."""

    code = "catalogue_invalid"


class ModelUnknown(TranscribeError):
    """The catalogue has no model of that name; `known` are those it has."""

    code = "model_unknown"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no speech model named {name!r}; the catalogue has {', '.join(known)}.")
        self.name, self.known = name, known

    def __reduce__(self) -> tuple[type["ModelUnknown"], tuple[str, tuple[str, ...]]]:
        return ModelUnknown, (self.name, self.known)


@dataclass(frozen=True)
class Attempt:
    """One source that was tried for a model, and why it did not give it."""

    source: str
    reason: str


class SourceFailed(TranscribeError):
    """One source does not give a model; `fetch` goes on to the next."""

    code = "source_failed"
    retryable = True


class ModelUnavailable(TranscribeError):
    """No source gave the model; nothing that was on disk has been touched."""

    code = "model_unavailable"
    retryable = True

    def __init__(self, name: str, attempts: tuple[Attempt, ...], advice: str) -> None:
        tried = "; ".join(f"{attempt.source}: {attempt.reason}" for attempt in attempts) or "no source was left to try"
        super().__init__(f"The speech model {name} could not be had ({tried}). {advice}")
        self.name, self.attempts, self.advice = name, attempts, advice

    def __reduce__(self) -> tuple[type["ModelUnavailable"], tuple[str, tuple[Attempt, ...], str]]:
        return ModelUnavailable, (self.name, self.attempts, self.advice)
