#!/usr/bin/env python3
"""Kills `radpost` at random points of one batch, resumes it each time, and checks that nothing was lost.

After every kill: what the ledger calls stored is at the receiver, whole. At the end: the receiver holds every source
file, data set bytes unchanged, and no other; the ledger's counts say so; a further resume has nothing to do.
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AE_TITLE = "CRASH"
LISTENING = "0A"
STEP_SECONDS = 60
RESERVED_FOR_EACH_KILL = 40
# A machine that lets this script wait a second for its turn must not see the batch end meanwhile.
RATE_LIMIT = "800 KiB/s"


def fail(text):
    sys.exit(f"FAILED: {text}")


def is_listening(port):
    """Without connecting: storescp would take a probe for an association."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[1].endswith(f":{port:04X}") and fields[3] == LISTENING:
                return True
    return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def parts(path):
    """SOP Instance UID and data set of a Part 10 file; None when it is not whole enough to have them."""
    data = path.read_bytes()
    if len(data) < 144 or data[128:132] != b"DICM":
        return None
    end = 144 + int.from_bytes(data[140:144], "little")
    at = data.find(b"\x02\x00\x03\x00UI", 132, end)
    if at < 0:
        return None
    length = int.from_bytes(data[at + 6:at + 8], "little")
    return data[at + 8:at + 8 + length].rstrip(b"\0").decode(), data[end:]


class Receiver:
    """storescp where it is installed, else `radpost receive`."""

    def __init__(self, radpost, work):
        self.folder = work / "received"
        self.folder.mkdir()
        self.port = free_port()
        if shutil.which("storescp"):
            command = ["storescp", "-dhl", "+B", "--fork", "-od", str(self.folder), str(self.port)]
        else:
            command = [radpost, "receive", "--port", str(self.port), "--aet", AE_TITLE, "--dir", str(self.folder),
                       "--data", str(work / "receiver-data"), "--config", str(work / "none.toml")]
        self.process = subprocess.Popen(command, env={**os.environ, "TCP_NODELAY": "1"}, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + STEP_SECONDS
        while not is_listening(self.port):
            if time.monotonic() > end or self.process.poll() is not None:
                fail("the receiver did not start")
            time.sleep(0.01)

    def files(self):
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def count(self):
        """Quick: it is asked thousands of times while the batch runs."""
        return sum(len(self.inside(entry)) for entry in os.scandir(self.folder))

    @staticmethod
    def inside(entry):
        return [name for _, _, names in os.walk(entry.path) for name in names] if entry.is_dir() else [entry.name]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Batch:
    """The sources, the ledger, and the program that is killed."""

    def __init__(self, radpost, work, instances, port):
        self.radpost = radpost
        config = work / "radpost.toml"
        config.write_text(f'''version = 1
[[destination]]
name = "pacs"
host = "127.0.0.1"
port = {port}
ae_title = "{AE_TITLE}"
rate_limit = "{RATE_LIMIT}"
''')
        self.state = ["--data", str(work / "data"), "--config", str(config)]
        self.log = open(work / "radpost.log", "w")
        self.folder = work / "source"
        self.run("synth", str(self.folder), "--series", f"tiny:{instances}")
        self.sources = dict(filter(None, (parts(path) for path in self.folder.rglob("*") if path.is_file())))
        if len(self.sources) != instances:
            fail(f"{len(self.sources)} sources instead of {instances}")

    def run(self, *arguments, check=True):
        done = subprocess.run([self.radpost, *arguments, *self.state], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=self.log, timeout=STEP_SECONDS)
        if check and done.returncode != 0:
            fail(f"radpost {' '.join(arguments)}: exit code {done.returncode}")
        return done

    def start(self, has_job):
        """The first send, or resume once the ledger has the job."""
        arguments = ["resume"]
        if not has_job:
            arguments = ["send", str(self.folder), "--to", "pacs"]
        return subprocess.Popen([self.radpost, *arguments, *self.state], stdin=subprocess.DEVNULL, stdout=self.log,
                                stderr=self.log)

    def counts(self):
        """Deliveries by state, as the receipt has them; None before there is a job."""
        done = self.run("report", "1", "--format", "json", check=False)
        return json.loads(done.stdout)["counts"] if done.returncode == 0 else None


def stored(counts):
    return counts["stored"] + counts["stored-with-warning"]


def whole(batch, receiver):
    """How many sources the receiver has, unchanged."""
    got = dict(filter(None, (parts(path) for path in receiver.files())))
    return sum(1 for uid, data in batch.sources.items() if got.get(uid) == data)


def kill_somewhere(process, receiver, rng, kills_left, instances):
    """Kills after a random number of further files or a random time, what comes first; False when the batch was over.

    Each kill that is still to come keeps some instances for itself, or a quick batch would be over before the last.
    """
    before = receiver.count()
    spare = instances - before - kills_left * RESERVED_FOR_EACH_KILL
    wanted = before + rng.randint(0, max(0, 2 * spare // (kills_left + 1)))
    patience = rng.uniform(0, 0.15) if rng.random() < 0.4 else STEP_SECONDS
    end = time.monotonic() + patience
    while process.poll() is None and receiver.count() < wanted and time.monotonic() < end:
        time.sleep(0.001)
    if patience == STEP_SECONDS and time.monotonic() >= end:
        fail(f"no progress in {STEP_SECONDS} s")
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def check_after_kill(batch, receiver, kill):
    """@return whether the ledger has the job."""
    counts = batch.counts()
    if counts is None:
        return False
    arrived = whole(batch, receiver)
    if stored(counts) > arrived:
        fail(f"after kill {kill} the ledger calls {stored(counts)} stored, the receiver has {arrived} whole")
    return True


def check_end(batch, receiver):
    batch.run("resume")
    counts = batch.counts()
    total = len(batch.sources)
    if stored(counts) != total or counts["total"] != total:
        fail(f"the ledger says {counts}, the sources are {total}")
    if whole(batch, receiver) != total or receiver.count() != total:
        fail(f"the receiver has {receiver.count()} files, {whole(batch, receiver)} whole, the sources are {total}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--radpost", required=True)
    parser.add_argument("--instances", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="radpost-crash-") as folder:
        work = Path(folder)
        receiver = Receiver(options.radpost, work)
        try:
            batch = Batch(options.radpost, work, options.instances, receiver.port)
            kills = 0
            has_job = False
            while kills < options.kills:
                process = batch.start(has_job)
                if not kill_somewhere(process, receiver, rng, options.kills - kills, options.instances):
                    fail(f"the batch ended after {kills} kills, {options.kills} were asked")
                kills += 1
                has_job = check_after_kill(batch, receiver, kills)
            arrived = receiver.count()
            check_end(batch, receiver)
            print(f"{kills} kills, the last with {arrived} of {options.instances} at the receiver; all arrived once, unchanged")
        finally:
            receiver.stop()


if __name__ == "__main__":
    main()
