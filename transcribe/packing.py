"""Utterances of one meeting, whoever spoke, packed for the model: windows no longer than they need, batches of a size.

Whisper is trained on thirty seconds; most utterances have five. The encoder is given the utterance and three seconds of
silence only, a third of the cost at the same error rate, and utterances of like length from all speakers are decoded
together: the decoder reads its weights once for eight. Nothing of two speakers ever shares a window, so each word comes
back to its speaker by the place of its window in the batch.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from transcribe.audio import RATE, Samples
from transcribe.engine import BATCH
from transcribe.speech import Span, cuts, seconds

FRAME = 160  # samples a mel frame: 10 ms
FULL = 3_000  # frames of Whisper's own window
MARGIN = 300  # frames of silence after the utterance; one second less and repetition loops set in
LONGEST = 27 * RATE  # samples of a piece: with the margin it fills the window
SPARED = 100  # frames of that silence that are not computed but repeated; 200 brought loops and errors
MATCHED = 1.5  # beyond this, a batch of its own costs less than the silence that fills the shorter windows
FULL_ROOM = 224  # tokens of a full window: half of what the decoder can hold


@dataclass(frozen=True)
class Piece:
    """A stretch of one job's audio that fits a window. `job` is its index, `start` where it begins in the job's audio,
    in samples; `voiced` are its spans of speech, in samples from there; `again`: it was heard before, badly; `hasty`:
    it will be heard again in any case."""

    job: int
    start: int
    samples: Samples
    voiced: tuple[Span, ...]
    language: str
    prompt: str
    window: int
    again: bool = False
    hasty: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """Only pieces of a kind may share a batch: the decoder begins them all with the same tokens."""
        return self.language, self.prompt

    def room(self) -> int:
        """Tokens it may take: three times what a fast speaker needs, and no more, or a loop runs on."""
        return FULL_ROOM if self.window == FULL else 8 * len(self.samples) // RATE + 12


def pieces(
    job: int, samples: Samples, found: Sequence[Span], language: str, prompt: str, full: bool, hasty: bool = False
) -> Iterator[Piece]:
    """The stretches of a job in which somebody speaks, cut in pauses where it is longer than a window."""
    for start, end in cuts(list(found), len(samples), LONGEST):
        voiced = [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start]
        if seconds(voiced) > 0:
            window = FULL if full else frames(end - start)
            yield Piece(job, start, samples[start:end], tuple(voiced), language, prompt, window, full, hasty)


def frames(length: int) -> int:
    """The window that `length` samples need, in frames: an even number, as the encoder halves it."""
    needed = min(FULL, -(-length // FRAME) + MARGIN)
    return needed + needed % 2


def batches(kinds: Sequence[Hashable], sizes: Sequence[int]) -> list[list[int]]:
    """Indexes of what goes together: of one kind, at most BATCH, no size MATCHED times another's; the largest first."""
    order = sorted(range(len(sizes)), key=lambda index: (repr(kinds[index]), -sizes[index]))
    found: list[list[int]] = []
    for index in order:
        group = found[-1] if found else []
        if (
            group
            and len(group) < BATCH
            and kinds[index] == kinds[group[0]]
            and sizes[group[0]] <= MATCHED * sizes[index]
        ):
            group.append(index)
        else:
            found.append([index])
    return sorted(found, key=lambda group: -sizes[group[0]])
