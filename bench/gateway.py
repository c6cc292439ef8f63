"""Receivers that store durably, or forward what they receive, and senders in numbers."""

import os
import shlex
import sqlite3
from pathlib import Path
from statistics import median

from peers import AE_TITLE, RECEIVERS, SENDERS, FastStorescp, Orthanc, RadpostServe, Receiver, Sender


class Crowd(Sender):
    """Several senders at once, each with its part of the set."""

    def __init__(self, one, count):
        super().__init__(f"{count} {one.title}")
        self.one = one
        self.count = count

    def command(self, bench, folder, port):
        parts = bench.parts(folder, self.count)
        commands = (shlex.join(map(str, self.one.command(bench, part, port))) for part in parts)
        return ["sh", "-c", " & ".join(commands) + " & wait"]


class Dcmqrscp(Receiver):
    """DCMTK's small archive: files and an index."""
    title = "dcmqrscp, TCP_NODELAY=1"
    no_delay = True

    def command(self):
        config = self.bench.work / "dcmqrscp.cfg"
        config.write_text(f"NetworkTCPPort = {self.port}\nMaxPDUSize = 65536\nMaxAssociations = 64\n"
                          "HostTable BEGIN\nHostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\n"
                          f"{AE_TITLE} {self.folder} RW (10000, 100gb) ANY\nAETable END\n")
        return ["dcmqrscp", "-c", str(config), str(self.port)]

    def stored(self):
        return super().stored() - (self.folder / "index.dat").exists()


class OnDisk:
    """What is stored lies on the disk, not in memory."""

    def __init__(self, bench):
        super().__init__(bench)
        self.folder = bench.disk / "received"


class PowerServe(OnDisk, RadpostServe):
    title = "radpost serve, durability power-loss, on disk"
    durability = "power-loss"


class DiskOrthanc(OnDisk, Orthanc):
    title = "Orthanc, on disk, TCP_NODELAY=1"
    no_delay = True


class Forwarding:
    """Forwards to a storescp of its own; what arrives there counts, and when."""
    forwards = True

    def __enter__(self):
        self.target = FastStorescp(self.bench)
        self.target.folder = self.bench.work / "forwarded"
        self.target.log = self.bench.work / "target.log"
        self.target.__enter__()
        try:
            return super().__enter__()
        except BaseException:
            self.target.__exit__()
            raise

    def __exit__(self, *_):
        super().__exit__()
        self.target.__exit__()

    def stored(self):
        return self.target.stored()

    def last_arrival(self):
        """Seconds since the epoch."""
        return max(path.stat().st_mtime for path in self.target.folder.iterdir())


class ServeForward(Forwarding, RadpostServe):
    title = "radpost serve with a rule -> storescp +B"

    def command(self):
        (self.folder / "config.toml").write_text(
            f'[[destination]]\nname = "TARGET"\nhost = "127.0.0.1"\nport = {self.target.port}\n'
            f'ae_title = "{AE_TITLE}"\n[[rule]]\nname = "all"\nsend = "TARGET"\n')
        return super().command()

    def lag_ms(self):
        """The median time from the file in the spool to the file at the destination."""
        spool = {path.stem.lstrip("0"): path.stat().st_mtime for path in self.folder.rglob("*.dcm")}
        with sqlite3.connect(f"file:{self.folder}/data/ledger.sqlite?mode=ro", uri=True) as index:
            ids = dict(index.execute("SELECT sop_instance_uid, id FROM spool_instances"))
        # storescp names files MODALITY.UID
        return median((path.stat().st_mtime - spool[str(ids[path.name.split(".", 1)[1]])]) * 1000
                      for path in self.target.folder.iterdir())


class OrthancForward(Forwarding, Orthanc):
    title = "Orthanc, auto-routing by Lua -> storescp +B"

    def options(self):
        script = self.bench.work / "route.lua"
        script.write_text("function OnStoredInstance(id, tags, metadata, origin)\n  SendToModality(id, 'target')\nend\n")
        return {**super().options(), "LuaScripts": [str(script)],
                "DicomModalities": {"target": [AE_TITLE, "127.0.0.1", self.target.port]}}


class TunedOrthancForward(OrthancForward):
    title = "Orthanc, auto-routing by Lua, TCP_NODELAY=1, 8 jobs at once -> storescp +B"
    no_delay = True

    def options(self):
        return {**super().options(), "ConcurrentJobs": 8}


def cpu_seconds(pid):
    """Of a process and of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0


SENDERS.update({f"{name}-{count}": Crowd(SENDERS[name], count) for name in ("storescu", "floor") for count in (4, 8)})
RECEIVERS.update({
    "dcmqrscp": Dcmqrscp,
    "serve-power": PowerServe,
    "orthanc-disk": DiskOrthanc,
    "serve-forward": ServeForward,
    "orthanc-forward": OrthancForward,
    "orthanc-forward-tuned": TunedOrthancForward,
})
