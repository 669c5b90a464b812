"""The recorder of one meeting: packets in, journal on the disk, utterances and troubles out."""

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from meetings.recording import journal
from meetings.recording.errors import Code, RecordingError
from meetings.recording.holes import Hole, holes
from meetings.recording.journal import Deaf, End, Listening
from meetings.recording.rtp import Heard
from meetings.recording.utterances import Segmenter, Speech, Utterance
from meetings.recording.writer import RESERVE, Ill, JournalWriter, Trouble

TELL_NS = 2_000_000_000  # after which it is told that the recorder is away
_FRESH = 16 << 20  # bytes of recent utterances kept in memory: about 80 of the longest


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run of the recorder kept."""

    packets: dict[int, int]  # by user id, written to the journal
    declined: int  # packets of members who may not be recorded; never written
    lost: int  # packets the disk did not take
    utterances: int
    holes: list[Hole]  # of the whole recording, earlier runs included
    network: Counter[str]  # what became of every datagram, see Receiver.counts
    complete: bool  # whether the disk took everything before the journal was closed


def _wall() -> datetime:
    return datetime.now(UTC)


class Recorder:
    """Records into `folder`, going on with what an earlier run left there.

    `hear` may be called from any thread and never blocks on the disk. Everything else belongs to one thread, which
    calls `tick` about ten times a second; from there alone `on_utterance` and `on_trouble` are called. `clock` is
    monotonic, in nanoseconds; `wall` is aware. Raises RecordingError when the folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        may_record: Callable[[int], bool] = lambda _user_id: True,
        on_utterance: Callable[[Utterance], None] = lambda _utterance: None,
        on_trouble: Callable[[Trouble], None] = lambda _trouble: None,
        clock: Callable[[], int] = time.monotonic_ns,
        wall: Callable[[], datetime] = _wall,
    ) -> None:
        self.folder = folder
        self.network: Counter[str] = Counter()
        self._may_record, self._on_utterance, self._on_trouble = may_record, on_utterance, on_trouble
        self.clock = clock
        self._origin, anchor = clock(), wall()
        self._writer = _open(folder, anchor, lambda: clock() - self._origin)
        self._segmenter = Segmenter(anchor, self._origin)
        self._lock = threading.Lock()
        self._latest = self._origin
        self._heard: list[Heard] = []
        self._packets: Counter[int] = Counter()
        self._declined = self._utterances = 0
        self._listening = self._closed = False
        self._deaf = self._told = False
        self._unheard: int | None = None  # since when nothing, or not everything, is heard
        self._fresh: OrderedDict[str, bytes] = OrderedDict()
        self._fresh_size = 0
        self._news: deque[Utterance | Trouble] = deque()

    @property
    def packets_recorded(self) -> int:
        """Packets written to the journal, or waiting for the disk, in this run."""
        return self._packets.total()

    def hear(self, heard: Heard) -> None:
        """Keep one packet, unless its speaker declined."""
        if not self._may_record(heard.user_id):
            self._declined += 1
            return
        with self._lock:
            if self._closed:
                return
            if heard.opened_ns < self._latest:
                heard = heard._replace(opened_ns=self._latest)
            self._latest = heard.opened_ns
            if not self._listening:
                self._note_listening(present=True)
            if self._writer.append(journal.packet(heard, self._origin)):
                self._packets[heard.user_id] += 1
            self._heard.append(heard)

    def listening(self, *, present: bool) -> None:
        """Say that the recorder now stands in the room, or no longer does; the time between is a hole."""
        with self._lock:
            if present != self._listening and not self._closed:
                self._note_listening(present=present)

    def deaf(self, since_ns: int | None) -> None:
        """Say since when the connection brings voice that cannot be kept, or nothing at all; None: it is well.

        From there on the recording has a hole, though other voices may be kept meanwhile.
        """
        with self._lock:
            if self._closed or not self._listening or (since_ns is not None) is self._deaf:
                return
            self._deaf = since_ns is not None
            at = self.clock() if since_ns is None else max(since_ns, self._origin)
            self._unheard = None if since_ns is None else at
            self._writer.note(journal.note(Deaf(at - self._origin, self._deaf)))

    def tick(self, now_ns: int | None = None) -> None:
        """Let time pass: close utterances, report troubles. `now_ns` is on the recorder's clock."""
        with self._lock:
            self._latest = max(self._latest, self.clock() if now_ns is None else now_ns)
            now, batch = self._latest, self._heard
            self._heard = []
            self._tell(now)
        for heard in batch:
            self._keep(self._segmenter.push(heard))
        self._keep(self._segmenter.tick(now))
        self._report()

    def fresh(self, utterance_id: str) -> bytes | None:
        """A recent utterance as an Ogg/Opus file, while it is in memory; from any thread."""
        return self._fresh.get(utterance_id)

    def open(self) -> list[Speech]:
        """Utterances that are not over, so far."""
        return self._segmenter.open(self.clock())

    def holes(self) -> list[Hole]:
        """The holes of the whole recording so far, earlier runs included. Raises OSError."""
        self._writer.flush(1.0)
        return holes(self.folder)

    def close(self) -> Summary:
        """Close open utterances and the journal. Raises OSError when the journal cannot be read back."""
        self.tick()
        self.deaf(None)
        with self._lock:
            self._closed = True
        self._keep(self._segmenter.finish())
        self._writer.note(journal.note(End(self._latest - self._origin)))
        complete = self._writer.close()
        self._report()
        return Summary(
            packets=dict(self._packets),
            declined=self._declined,
            lost=self._writer.lost,
            utterances=self._utterances,
            holes=holes(self.folder),
            network=Counter(self.network),
            complete=complete,
        )

    def _note_listening(self, *, present: bool) -> None:
        now = self.clock()
        self._listening, self._deaf = present, False
        if present or self._unheard is None:
            self._unheard = None if present else now
        self._writer.note(journal.note(Listening(now - self._origin, present)))

    def _tell(self, now: int) -> None:
        """Say at once that a voice is lost, and that we are away once that has lasted; and that it is over."""
        lasts = self._unheard is not None and (self._told or self._deaf or now - self._unheard >= TELL_NS)
        if lasts is not self._told:
            self._told = lasts
            self._news.append(Trouble(Ill.UNHEARD if lasts else Ill.HEARD, self._writer.lost))

    def _keep(self, over: list[Speech]) -> None:
        for speech in over:
            self._utterances += 1
            self._fresh[speech.utterance.id] = audio = speech.audio()
            self._fresh_size += len(audio)
            self._news.append(speech.utterance)
        while self._fresh_size > _FRESH:
            self._fresh_size -= len(self._fresh.popitem(last=False)[1])

    def _report(self) -> None:
        """Say what is new; what a failing listener did not get to hear is said at the next call."""
        self._news += self._writer.news()
        while self._news:
            news = self._news.popleft()
            if isinstance(news, Utterance):
                self._on_utterance(news)
            else:
                self._on_trouble(news)


def _open(folder: Path, anchor: datetime, clock: Callable[[], int]) -> JournalWriter:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = max((int(path.stem) for path in folder.glob(f"*{journal.SUFFIX}") if path.stem.isdecimal()), default=0)
        path = folder / f"{number + 1:04d}{journal.SUFFIX}"
        return JournalWriter(path, journal.head(anchor), clock, reserve=RESERVE)
    except OSError as refusal:
        raise RecordingError(Code.UNWRITABLE, folder, refusal.errno or 0) from refusal
