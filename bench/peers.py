"""Senders and receivers of the bench: how each is started, and how it is known what arrived."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path

AE_TITLE = "BENCH"


class BenchError(Exception):
    """A run that cannot be believed."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    """Looks without connecting: a probe would be an association to a receiver that takes one at a time."""
    wanted = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for line in lines:
                fields = line.split()
                if fields[1].endswith(wanted) and fields[3] == "0A":
                    return True
    return False


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise BenchError(f"waited {seconds} s for {what}")
        time.sleep(0.005)


def count_files(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


def environment(no_delay):
    env = dict(os.environ)
    env.pop("TCP_NODELAY", None)
    if no_delay:
        env["TCP_NODELAY"] = "1"  # DCMTK's tools turn Nagle's algorithm off by it
    return env


class Receiver:
    """One started receiver with an empty store of its own; a context manager."""

    no_delay = False
    forwards = False
    ready_seconds = 20

    def __init__(self, bench):
        self.bench = bench
        self.port = free_port()
        self.folder = bench.work / "received"
        self.log = bench.work / "receiver.log"

    def command(self):
        raise NotImplementedError

    def stored(self):
        """Instances that are really there."""
        return count_files(self.folder)

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, env=environment(self.no_delay),
                                            cwd=self.bench.work)
        try:
            wait_for(lambda: is_listening(self.port), self.ready_seconds, f"{type(self).__name__} to listen")
        except BenchError:
            self.__exit__()
            raise BenchError(f"{type(self).__name__} did not start: {self.log.read_text()[-500:]}")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class StockStorescp(Receiver):
    """As it comes: Nagle's algorithm on, objects parsed and written anew."""
    title = "storescp (stock)"
    options = []

    def command(self):
        return ["storescp", "-dhl", "-aet", AE_TITLE, "-od", str(self.folder), *self.options, str(self.port)]


class FastStorescp(StockStorescp):
    title = "storescp +B, TCP_NODELAY=1"
    no_delay = True
    options = ["+B"]


class ForkStorescp(FastStorescp):
    title = "storescp +B --fork, TCP_NODELAY=1"
    options = ["+B", "--fork"]


class Orthanc(Receiver):
    """Debian's configuration; only folders and ports are our own."""
    title = "Orthanc"
    ready_seconds = 60

    def command(self):
        self.http_port = free_port()
        folder = str(self.folder / "db")
        shipped = Path("/etc/orthanc/orthanc.json")
        own = {"StorageDirectory": folder, "IndexDirectory": folder, **self.options()}
        config = self.bench.work / "orthanc-config"
        shutil.rmtree(config, ignore_errors=True)
        config.mkdir()
        if shipped.exists():
            # Orthanc refuses an option that is set in two files of one folder, so ours replace the shipped lines.
            (config / "orthanc.json").write_text(with_options(shipped.read_text(), own))
        else:
            (config / "orthanc.json").write_text(json.dumps(own))
        return [shutil.which("Orthanc") or "/usr/sbin/Orthanc", str(config)]

    def options(self):
        return {"DicomPort": self.port, "HttpPort": self.http_port, "RemoteAccessAllowed": False,
                "AuthenticationEnabled": False}

    def stored(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/statistics", timeout=30) as answer:
            return json.load(answer)["CountInstances"]


def with_options(text, options):
    """The JSON-with-comments @p text with @p options set anew."""
    string_or_comment = r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/'
    return json.dumps({**json.loads(re.sub(string_or_comment, r"\1", text, flags=re.DOTALL)), **options}, indent=1)


class RadpostReceive(Receiver):
    title = "radpost receive"
    no_delay = True

    def command(self):
        return [str(self.bench.radpost), "receive", "--port", str(self.port), "--aet", AE_TITLE,
                "--dir", str(self.folder), *self.bench.state_options("receive")]

    def stored(self):
        return sum(1 for path in self.folder.rglob("*.dcm"))


class RadpostServe(Receiver):
    """The gateway: spool and index. Not synced, as the others do not either."""
    title = "radpost serve, durability process"
    no_delay = True
    durability = "process"

    def command(self):
        return [str(self.bench.radpost), "serve", "--quiet", "--port", str(self.port), "--aet", AE_TITLE,
                "--durability", self.durability, "--config", str(self.folder / "config.toml"),
                "--data", str(self.folder / "data")]

    def stored(self):
        """Files that have a row."""
        files = sum(1 for path in self.folder.rglob("*.dcm"))
        with sqlite3.connect(f"file:{self.folder}/data/ledger.sqlite?mode=ro", uri=True) as index:
            rows = index.execute("SELECT count(*) FROM spool_instances WHERE state = 0").fetchone()[0]
        return min(files, rows)


class Sink(Receiver):
    """Discards; says at the end of each association how much it took."""
    title = "discarding sink"
    no_delay = True

    def command(self):
        return [str(self.bench.tools / "sink_receive"), str(self.port)]

    def stored(self):
        lines = [line.split() for line in self.log.read_text().splitlines()]
        return sum(int(words[1]) for words in lines if words and words[0] == "instances")


class WindowSink(Sink):
    title = "discarding sink, window 16"

    def command(self):
        return [*super().command(), "--window", "16"]


class Relay:
    """Adds half of @p round_trip milliseconds in each direction; a context manager with a port of its own."""

    def __init__(self, bench, target, round_trip):
        self.port = free_port()
        self.command = [str(bench.tools / "delay_relay"), str(self.port), str(target), str(round_trip / 2)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command)
        wait_for(lambda: is_listening(self.port), 10, "the relay")
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Sender:
    """How one batch is sent; the command runs once and ends when all is sent."""

    good_exits = (0,)

    def __init__(self, title, ours=False):
        self.title = title
        self.ours = ours

    def command(self, bench, folder, port):
        raise NotImplementedError


class Storescu(Sender):
    def command(self, bench, folder, port):
        # -R: without it the two hundred contexts of its default list hide the presentation context that is needed.
        return ["storescu", "-R", "-nh", "+sd", "+r", "-aec", AE_TITLE, "127.0.0.1", str(port), str(folder)]


class Dcmsend(Sender):
    def command(self, bench, folder, port):
        return ["dcmsend", "-nh", "+sd", "+r", "-aec", AE_TITLE, "127.0.0.1", str(port), str(folder)]


class Gdcmscu(Sender):
    # gdcm 3.0.21 aborts (SIGABRT) after the association is over; what arrived decides.
    good_exits = (0, 128 + signal.SIGABRT)

    def command(self, bench, folder, port):
        return ["gdcmscu", "--store", "-r", "--aetitle", "GDCM", "--call", AE_TITLE, "-i", str(folder),
                "127.0.0.1", str(port)]


class RadpostSend(Sender):
    """The product, ledger on, nothing left over from an earlier run."""

    def __init__(self, title, associations=None):
        super().__init__(title, ours=True)
        self.associations = associations

    def command(self, bench, folder, port):
        chosen = [] if self.associations is None else ["--associations", str(self.associations)]
        return [str(bench.radpost), "send", str(folder), "--to", f"{AE_TITLE}@127.0.0.1:{port}", *chosen,
                *bench.state_options("send")]


class Floor(Sender):
    """The bare sendfile loop."""

    def __init__(self, title, *options):
        super().__init__(title)
        self.options = options

    def command(self, bench, folder, port):
        return [str(bench.tools / "floor_send"), str(port), str(folder), *self.options]


SENDERS = {
    "radpost": RadpostSend("radpost send, 1 association", associations=1),
    "radpost-auto": RadpostSend("radpost send, defaults"),
    "storescu": Storescu("storescu"),
    "dcmsend": Dcmsend("dcmsend"),
    "gdcmscu": Gdcmscu("gdcmscu"),
    "floor": Floor("floor"),
    "floor-copy": Floor("floor, copying", "--copy"),
    "floor-window": Floor("floor, window 16", "--window", "16"),
}

PEERS = ("storescu", "dcmsend", "gdcmscu")

RECEIVERS = {
    "stock": StockStorescp,
    "fast": FastStorescp,
    "fork": ForkStorescp,
    "orthanc": Orthanc,
    "radpost": RadpostReceive,
    "serve": RadpostServe,
    "sink": Sink,
    "sink-window": WindowSink,
}
