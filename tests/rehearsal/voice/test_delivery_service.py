"""The delivery service against davey, Discord's own protocol in another hand, without sockets or clocks."""

import heapq
from collections import Counter, deque
from collections.abc import Callable

import davey
import pytest
from davey import MediaType, ProposalsOperationType

from meetings.rehearsal.loopback.dave import PATIENCE, DeliveryService, Op, Payload
from meetings.rehearsal.loopback.mls_wire import MalformedMessage

CHANNEL = 500000000000000777
OPUS = b"\xfc" + bytes(range(60))
FIRST = 100000000000000001


class Client:
    """A DAVE client as the voice gateway documents it, its messages queued in both directions."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self.session = davey.DaveSession(1, user_id, CHANNEL)
        self.received: Counter[Op] = Counter()
        self.mute_commits = False
        self.ready = True

    def on(self, op: Op, payload: Payload, service: DeliveryService) -> None:
        self.received[op] += 1
        if isinstance(payload, dict):
            if op is Op.PREPARE_EPOCH and payload["epoch"] == 1:
                self.restart(service)
        elif op is Op.EXTERNAL_SENDER:
            self.session.set_external_sender(payload)
            service.key_package(self.user_id, self.session.get_serialized_key_package())
        elif op is Op.PROPOSALS:
            kind = ProposalsOperationType.revoke if payload[0] else ProposalsOperationType.append
            answer = self.session.process_proposals(kind, payload[1:])
            if answer and not self.mute_commits:
                service.commit(self.user_id, answer.commit + (answer.welcome or b""))
        else:
            self.follow(op, payload, service)

    def follow(self, op: Op, payload: bytes, service: DeliveryService) -> None:
        transition = int.from_bytes(payload[:2])
        process = self.session.process_commit if op is Op.ANNOUNCE_COMMIT else self.session.process_welcome
        try:
            process(payload[2:])
        except (ValueError, RuntimeError):
            service.invalid(self.user_id)
            self.restart(service)
        else:
            if transition and self.ready:
                service.ready(self.user_id, transition)

    def restart(self, service: DeliveryService) -> None:
        self.session.reinit(1, self.user_id, CHANNEL)
        service.key_package(self.user_id, self.session.get_serialized_key_package())


class Call:
    """Clients, the service, and a clock that jumps to the next thing due."""

    def __init__(self) -> None:
        self.clients: dict[int, Client] = {}
        self.queue: deque[tuple[int, Op, Payload]] = deque()
        self.timers: list[tuple[float, int, Callable[[], None]]] = []
        self.now = 0.0
        self.service = DeliveryService(CHANNEL, lambda *message: self.queue.append(message), self.later)

    def later(self, delay: float, action: Callable[[], None]) -> None:
        heapq.heappush(self.timers, (self.now + delay, len(self.timers) + id(action), action))

    def join(self, user_id: int) -> Client:
        client = self.clients[user_id] = Client(user_id)
        self.service.join(user_id)
        return client

    def leave(self, user_id: int) -> Client:
        self.service.leave(user_id)
        self.queue = deque(message for message in self.queue if message[0] != user_id)
        return self.clients.pop(user_id)

    def deliver(self) -> None:
        while self.queue:
            user_id, op, payload = self.queue.popleft()
            if client := self.clients.get(user_id):
                client.on(op, payload, self.service)

    def run(self, until: float | None = None) -> None:
        """Deliver everything, then let time pass up to `until` (default: until nothing is due)."""
        self.deliver()
        while self.timers and (until is None or self.timers[0][0] <= until):
            self.now, _, action = heapq.heappop(self.timers)
            action()
            self.deliver()

    def agree(self) -> None:
        """Everyone is in one group, and everyone hears everyone."""
        assert self.service.members == self.clients.keys()
        assert len({client.session.voice_privacy_code for client in self.clients.values()}) == 1
        assert {client.session.epoch for client in self.clients.values()} == {self.service.epoch}
        for speaker in self.clients.values():
            frame = speaker.session.encrypt_opus(OPUS)
            for listener in self.clients.values():
                if listener is not speaker:
                    assert listener.session.decrypt(speaker.user_id, MediaType.audio, frame) == OPUS


@pytest.fixture
def call() -> Call:
    return Call()


def users(count: int) -> list[int]:
    return [FIRST + index for index in range(count)]


def test_one_alone_has_no_group(call: Call):
    call.join(FIRST)
    call.run()
    assert (call.service.epoch, call.service.members) == (0, frozenset())


def test_two_make_a_group_and_hear_each_other(call: Call):
    for user_id in users(2):
        call.join(user_id)
    call.run()
    call.agree()
    assert call.service.epoch == 1


def test_members_come_one_by_one(call: Call):
    for count, user_id in enumerate(users(6), 1):
        call.join(user_id)
        call.run()
        assert call.service.epoch == count - 1
    call.agree()


def test_twenty_five_at_once_take_one_commit(call: Call):
    for user_id in users(25):
        call.join(user_id)
    call.run()
    call.agree()
    assert call.service.stats["commits"] == 1


def test_a_leaver_no_longer_opens_what_is_said(call: Call):
    for user_id in users(4):
        call.join(user_id)
    call.run()
    gone = call.leave(FIRST + 1)
    call.run()
    call.agree()
    frame = call.clients[FIRST].session.encrypt_opus(OPUS)
    with pytest.raises(ValueError, match=r"(?i)crypt"):
        gone.session.decrypt(FIRST, MediaType.audio, frame)


def test_blank_leaves_are_taken_from_the_left(call: Call):
    for user_id in users(7):
        call.join(user_id)
    call.run()
    for user_id in (FIRST + 1, FIRST + 3, FIRST + 6):
        call.leave(user_id)
    call.run()
    for user_id in (FIRST + 9, FIRST + 8, FIRST + 7, FIRST + 6):
        call.join(user_id)
        call.run()
    call.agree()
    indices = [client.session.own_leaf_index for client in call.clients.values()]
    assert sorted(indices) == list(range(8))


def test_who_comes_back_before_the_group_noticed_is_removed_and_added_in_one_commit(call: Call):
    for user_id in users(3):
        call.join(user_id)
    call.run()
    call.leave(FIRST + 2)
    call.join(FIRST + 2)
    call.run()
    call.agree()
    assert call.service.epoch == 2


def test_who_comes_back_while_being_added_is_not_given_the_old_welcome(call: Call):
    for user_id in users(2):
        call.join(user_id)
    call.run()
    call.join(FIRST + 2)
    call.clients[FIRST].mute_commits = call.clients[FIRST + 1].mute_commits = True
    call.run(until=call.now + 0.06)
    call.leave(FIRST + 2)
    call.join(FIRST + 2)
    call.clients[FIRST].mute_commits = call.clients[FIRST + 1].mute_commits = False
    call.run()
    call.agree()
    assert call.service.stats["invalid_commits"] == 0


def test_who_stays_alone_starts_over(call: Call):
    for user_id in users(2):
        call.join(user_id)
    call.run()
    call.leave(FIRST + 1)
    call.run()
    lonely = call.clients[FIRST]
    assert (lonely.received[Op.PREPARE_EPOCH], lonely.received[Op.PREPARE_TRANSITION]) == (1, 1)
    assert call.service.epoch == 0
    call.join(FIRST + 1)
    call.run()
    call.agree()


def test_only_the_first_commit_of_an_epoch_wins(call: Call):
    for user_id in users(5):
        call.join(user_id)
    call.run()
    call.join(FIRST + 5)
    call.run()
    call.agree()
    assert call.service.stats["commits"] == 2
    assert call.service.stats["commits_dropped"] == (5 - 1) + (5 - 1)


def test_a_member_that_cannot_follow_is_removed_and_added_again(call: Call):
    for user_id in users(3):
        call.join(user_id)
    call.run()
    call.clients[FIRST].follow(Op.ANNOUNCE_COMMIT, b"\x00\x4d\x00\x01\x00\x01nonsense", call.service)
    call.run()
    call.agree()
    assert call.service.stats["invalid_commits"] == 1
    assert call.clients[FIRST].received[Op.WELCOME] >= 1


def test_all_members_failing_at_once_get_a_new_group(call: Call):
    for user_id in users(3):
        call.join(user_id)
    call.run()
    for client in call.clients.values():
        call.service.invalid(client.user_id)
    call.run()
    call.agree()
    assert call.service.epoch == 1


def test_a_recreated_group_is_a_new_one(call: Call):
    for user_id in users(3):
        call.join(user_id)
    call.run()
    before = call.clients[FIRST].session.voice_privacy_code
    call.service.recreate()
    call.run()
    call.agree()
    assert call.clients[FIRST].session.voice_privacy_code != before


def test_proposals_nobody_commits_are_taken_back_and_made_again(call: Call):
    pair = [call.join(user_id) for user_id in users(2)]
    call.run()
    newcomer = call.join(FIRST + 2)
    for client in pair:
        client.mute_commits = True
    call.run(until=call.now + PATIENCE + 0.01)
    for client in pair:
        client.mute_commits = False
    call.run()
    call.agree()
    assert call.service.stats["batches_revoked"] == 1
    assert newcomer.received[Op.WELCOME] == 1


def test_a_transition_executes_with_the_last_ready_or_when_patience_ends(call: Call):
    for user_id in users(2):
        call.join(user_id)
    call.run()
    call.join(FIRST + 2)
    call.run(until=call.now + 0.06)
    assert all(client.received[Op.EXECUTE_TRANSITION] == 1 for client in call.clients.values())
    call.clients[FIRST].ready = False
    call.join(FIRST + 3)
    call.run(until=call.now + 0.06)
    assert call.clients[FIRST + 1].received[Op.EXECUTE_TRANSITION] == 1
    call.run(until=call.now + PATIENCE)
    assert call.clients[FIRST + 1].received[Op.EXECUTE_TRANSITION] == 2


@pytest.mark.parametrize("cut", [0, 1, 3, 40, 200, -1])
def test_a_cut_message_changes_nothing(call: Call, cut: int):
    for user_id in users(2):
        call.join(user_id)
    call.run()
    package = davey.DaveSession(1, FIRST, CHANNEL).get_serialized_key_package()
    with pytest.raises(MalformedMessage):
        call.service.key_package(FIRST, package[:cut])
    with pytest.raises(MalformedMessage):
        call.service.commit(FIRST, package[:cut])
    call.run()
    call.agree()


def test_a_key_package_of_someone_else_is_refused(call: Call):
    call.join(FIRST)
    stolen = davey.DaveSession(1, FIRST + 1, CHANNEL).get_serialized_key_package()
    with pytest.raises(MalformedMessage, match=f"{FIRST + 1} sent by user {FIRST}"):
        call.service.key_package(FIRST, stolen)


def test_a_forged_key_package_is_refused(call: Call):
    call.join(FIRST)
    package = bytearray(davey.DaveSession(1, FIRST, CHANNEL).get_serialized_key_package())
    package[20] ^= 1
    with pytest.raises(MalformedMessage):
        call.service.key_package(FIRST, bytes(package))
