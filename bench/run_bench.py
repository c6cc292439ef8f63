#!/usr/bin/env python3
"""Races `radpost send` against storescu, dcmsend and gdcmscu. See bench/README.md."""

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import gateway
import report
from peers import RECEIVERS, SENDERS, BenchError, Relay, environment, free_port, wait_for
from plan import QUICK_SETS, SETS, groups, targets

HERE = Path(__file__).resolve().parent
SENDER_TIMEOUT_SECONDS = 900


class Bench:
    """Where things are, and one run of one cell."""

    def __init__(self, options):
        self.build = Path(options.build).resolve()
        self.tools = self.build / "bench"
        self.radpost = Path(options.radpost).resolve() if options.radpost else self.find_radpost()
        self.work = Path(options.work).resolve()
        self.disk = Path(options.disk).resolve()
        self.sets = QUICK_SETS if options.quick else SETS

    def find_radpost(self):
        for place in ("app/cli/radpost", "app/radpost", "radpost", "bin/radpost"):
            if (self.build / place).is_file():
                return self.build / place
        return None

    def state_options(self, purpose):
        """A ledger and a configuration that no earlier run has seen."""
        folder = self.work / f"state-{purpose}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return ["--data", str(folder), "--config", str(folder / "radpost.toml")]

    def data_folder(self, cell):
        """The files of a set, or the first ones of it as links in a folder of their own."""
        count = cell.count or self.sets[cell.data]
        whole = self.work / "sets" / f"{cell.data}-{self.sets[cell.data]}"
        if not (whole / "complete").exists():
            shutil.rmtree(whole, ignore_errors=True)
            subprocess.run([self.tools / "make_set", whole / "files", cell.data, str(self.sets[cell.data])], check=True,
                           stdout=subprocess.DEVNULL)
            (whole / "complete").touch()
        if count >= self.sets[cell.data]:
            return whole / "files", self.sets[cell.data]
        part = self.work / "sets" / f"{cell.data}-first-{count}"
        if not part.exists():
            part.mkdir()
            for path in sorted((whole / "files").rglob("*.dcm"))[:count]:
                os.link(path, part / "-".join(path.relative_to(whole / "files").parts))
        return part, count

    def parts(self, folder, count):
        """The files of @p folder as links in @p count folders."""
        whole = self.work / "sets" / f"parts-{count}"
        shutil.rmtree(whole, ignore_errors=True)
        parts = [whole / str(index) for index in range(count)]
        for part in parts:
            part.mkdir(parents=True)
        for index, path in enumerate(sorted(folder.rglob("*.dcm"))):
            os.link(path, parts[index % count] / f"{index}.dcm")
        return parts

    def run(self, cell):
        """One measured run; raises BenchError when not everything arrived."""
        folder, count = self.data_folder(cell)
        with RECEIVERS[cell.receiver](self) as receiver:
            begin = time.time()
            if cell.round_trip == 0:
                sample = self.send(cell, folder, receiver.port, receiver.no_delay)
            else:
                with Relay(self, receiver.port, cell.round_trip) as relay:
                    sample = self.send(cell, folder, relay.port, receiver.no_delay)
            if sample["exit"] not in SENDERS[cell.sender].good_exits:
                raise BenchError(f"exit code {sample['exit']}: {self.tail()}")
            try:
                wait_for(lambda: receiver.stored() >= count, 300 if receiver.forwards else 10, "the last instances")
            except BenchError:
                pass
            if receiver.stored() != count:
                raise BenchError(f"{receiver.stored()} of {count} arrived")
            size = sum(path.stat().st_size for path in folder.rglob("*.dcm"))
            sample.update(receiver_cpu=gateway.cpu_seconds(receiver.process.pid) / (size / 1e9),
                          receiver_mb=gateway.peak_mb(receiver.process.pid))
            if receiver.forwards:
                sample["wall"] = receiver.last_arrival() - begin
            if hasattr(receiver, "lag_ms"):
                sample["lag_ms"] = receiver.lag_ms()
        sample.update(count=count, rate=count / sample["wall"], cpu_us=sample["cpu"] / count * 1e6,
                      rss_mb=sample["rss_kb"] / 1024, mb=size / sample["wall"] / 1e6)
        return sample

    def send(self, cell, folder, port, no_delay):
        result = self.work / "measured.json"
        result.unlink(missing_ok=True)
        command = [self.tools / "measured", result, *SENDERS[cell.sender].command(self, folder, port)]
        with open(self.work / "sender.log", "w") as log:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                           env=environment(no_delay), timeout=SENDER_TIMEOUT_SECONDS, check=True)
        return json.loads(result.read_text())

    def tail(self):
        return (self.work / "sender.log").read_text(errors="replace")[-400:].strip()


def measured_round_trip(bench, round_trip):
    """The median of 20 echoes through the relay, in milliseconds: what the relay really adds."""
    server = socket.create_server(("127.0.0.1", free_port()))

    def echo():
        peer, _ = server.accept()
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while data := peer.recv(64):
            peer.sendall(data)

    threading.Thread(target=echo, daemon=True).start()
    times = []
    with Relay(bench, server.getsockname()[1], round_trip) as relay:
        with socket.create_connection(("127.0.0.1", relay.port)) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(20):
                begin = time.perf_counter()
                client.sendall(b"x" * 64)
                client.recv(64)
                times.append((time.perf_counter() - begin) * 1000)
    server.close()
    return statistics.median(times)


def run_group(bench, group, repeats, results, wanted):
    """Every cell once, then every cell again, each round beginning with another one: no cell has the first place."""
    todo = [cell for cell in group.cells if wanted(cell)]
    for repeat in range(repeats):
        first = repeat % max(1, len(todo))
        for cell in todo[first:] + todo[:first]:
            entry = results.setdefault(cell, {"samples": [], "faults": []})
            try:
                sample = bench.run(cell)
            except (BenchError, OSError, subprocess.SubprocessError) as fault:
                entry["faults"].append(str(fault))
                print(f"  {cell.name()}: FAULT {fault}", file=sys.stderr, flush=True)
                continue
            entry["samples"].append(sample)
            print(f"  {repeat + 1}/{repeats} {cell.name()}: {sample['rate']:.5g}/s, {sample['mb']:.0f} MB/s, CPU {sample['cpu_us']:.0f} us, "
                  f"{sample['rss_mb']:.0f} MB", file=sys.stderr, flush=True)


def parse_options():
    default_work = "/dev/shm" if os.path.isdir("/dev/shm") else os.environ.get("TMPDIR", "/tmp")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sets, 3 repeats: does it work, not how fast it is")
    parser.add_argument("--repeats", type=int, help="runs of each cell (5, quick: 3)")
    parser.add_argument("--groups", help="only groups whose name contains one of these, comma-separated")
    parser.add_argument("--senders", help="only these senders, comma-separated")
    parser.add_argument("--build", default=HERE.parent / "build" / "release", help="build tree (release preset)")
    parser.add_argument("--radpost", help="the program to measure")
    parser.add_argument("--work", help="folder for data and receivers; should be in memory")
    parser.add_argument("--disk", default=HERE.parent / "build" / "bench-disk", help="folder on a disk, for what is synced")
    parser.add_argument("--results", default=HERE / "results", help="folder for the .json and .md")
    parser.add_argument("--keep-data", action="store_true", help="leave the sets for a later run")
    parser.add_argument("--list", action="store_true", help="name the groups and stop")
    options = parser.parse_args()
    options.work = options.work or os.path.join(default_work, f"radpost-bench-{os.getuid()}")
    options.repeats = options.repeats or (3 if options.quick else 5)
    return options


def missing_programs(bench, wanted_senders):
    needed = {"storescu": "storescu", "dcmsend": "dcmsend", "gdcmscu": "gdcmscu"}
    missing = [program for name, program in needed.items() if name in wanted_senders and not shutil.which(program)]
    return missing + ([] if (bench.tools / "measured").exists() else ["the bench programs (build the release preset)"])


def main():
    options = parse_options()
    bench = Bench(options)
    chosen = [group for group in groups(options.quick)
              if not options.groups or any(part in group.name for part in options.groups.split(","))]
    if options.list:
        print("\n".join(group.name for group in chosen))
        return 0
    senders = set(options.senders.split(",")) if options.senders else set(SENDERS)
    if missing := missing_programs(bench, senders):
        sys.exit(f"missing: {', '.join(missing)}")

    def wanted(cell):
        ours = SENDERS[cell.sender].ours or cell.receiver == "radpost"
        return cell.sender in senders and (bench.radpost or not ours)

    bench.work.mkdir(parents=True, exist_ok=True)
    about = {"machine": platform.platform(), "cores": os.cpu_count(), "quick": options.quick,
             "repeats": options.repeats, "work": str(bench.work), "load": os.getloadavg()[0],
             "round_trips": {rtt: round(measured_round_trip(bench, rtt), 2) for rtt in (20, 50)}}
    results = {}
    try:
        for group in chosen:
            print(group.name, file=sys.stderr, flush=True)
            run_group(bench, group, options.repeats, results, wanted)
    except KeyboardInterrupt:
        print("interrupted: the report covers what was measured", file=sys.stderr)
    finally:
        shutil.rmtree(bench.disk, ignore_errors=True)
        if not options.keep_data:
            shutil.rmtree(bench.work, ignore_errors=True)
    return report.write(Path(options.results), about, results, targets(options.quick))


if __name__ == "__main__":
    sys.exit(main())
