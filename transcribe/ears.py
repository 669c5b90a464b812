"""Who hears with a model: workers of this machine, or those of a cluster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transcribe import catalogue
from transcribe.fetch import fetch
from transcribe.pool import Pool


@dataclass(frozen=True)
class Ears:
    """A model's name, where it is (a folder, or a scheduler's address), and what opens the pool that hears with it."""

    model: str
    where: str
    open: Callable[[], Pool]


def find(
    model: str,
    *,
    scheduler: str = "",
    store: str = "",
    language: str | None = None,
    others: Sequence[str] = (),
    live: bool = False,
    workers: int = 0,
) -> Ears:
    """Who hears. On this machine the model is fetched if it is not here. Blocks.

    Args:
        model: of the catalogue; "auto" for the best this machine can get, and on a cluster for the usual one, because
            other machines are not this one.
        scheduler: a dask scheduler's address, or "" for this machine.
        store: where sound lies on its way to a cluster; "" sends it with the task.
        language: of utterances that name none; None finds it out.
        others: languages that may be spoken beside it.
        live: whether a meeting is to be followed.
        workers: processes on this machine; 0 for as many as suit it and the model.

    Raises:
        ModelUnknown: the catalogue has no such model.
        ModelUnavailable: no source gives it.
        ClusterMissing: the library that speaks with a cluster is not installed.
    """
    if scheduler:
        from transcribe.cluster import Cluster  # of a library that only a cluster needs

        name = catalogue.DEFAULT if model == "auto" else catalogue.model(model).name

        def cluster() -> Pool:
            return Pool(Cluster(scheduler, name, language=language, others=others, store=store))

        return Ears(name, scheduler, cluster)
    folder = fetch(model, live=live)
    seats, threads = catalogue.crew(folder.name, live=live, workers=workers)

    def processes() -> Pool:
        return Pool(folder, language=language, others=others, workers=seats, threads=threads)

    return Ears(folder.name, str(folder), processes)
