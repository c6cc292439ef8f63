"""Turns samples into the tables that people read."""

import dataclasses
import json
import statistics
import time

from peers import RECEIVERS, SENDERS

FIELDS = {"rate": "rate", "cpu": "cpu_us", "rss": "rss_mb", "receiver_rss": "receiver_mb", "lag": "lag_ms"}


def values(results, cell, measure):
    entry = results.get(cell)
    return [sample[FIELDS[measure]] for sample in entry["samples"]] if entry else []


def judged(target, results):
    """The row of one target: what was reached, its spread, and pass or miss; None when it was not measured."""
    ours = values(results, target.ours, target.measure)
    theirs = [values(results, cell, target.measure) for cell in target.theirs]
    theirs = [one for one in theirs if one]
    if not ours or (target.theirs and not theirs):
        return None
    faults = len(results[target.ours]["faults"])
    if target.theirs:
        # "the best of them": the quickest; of CPU only one peer is ever named
        best = max(theirs, key=statistics.median)
        base = statistics.median(best)
        reached = statistics.median(ours) / base
        low, high = min(ours) / max(best), max(ours) / min(best)
    else:
        reached, low, high = statistics.median(ours), min(ours), max(ours)
    passed = reached <= target.bound if target.at_most else reached >= target.bound
    if target.otherwise and statistics.median(ours) >= target.otherwise:
        passed = True
    return {"target": target.title, "asked": target.bound, "at_most": target.at_most, "reached": reached, "low": low,
            "high": high, "ours": statistics.median(ours), "verdict": "FAULTS" if faults else "pass" if passed else "MISS"}


def target_table(rows):
    lines = ["| case | asked | reached | spread | ours | |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        sign = "<=" if row["at_most"] else ">="
        digits = 2 if row["asked"] < 10 else 1
        lines.append(f"| {row['target']} | {sign} {row['asked']:g} | {row['reached']:.{digits}f} "
                     f"| {row['low']:.{digits}f}-{row['high']:.{digits}f} | {row['ours']:.0f} | {row['verdict']} |")
    return lines


def cell_table(results):
    lines = ["| set | from | to | round trip | instances | runs | instances/s (min-max) | MB/s | CPU us/instance | peak MB "
             "| receiver: CPU s/GB, peak MB | lag ms |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    for cell, entry in results.items():
        names = f"| {cell.data} | {SENDERS[cell.sender].title} | {RECEIVERS[cell.receiver].title} | {cell.round_trip} ms "
        samples = entry["samples"]
        if not samples:
            lines.append(names + f"| | 0 | FAULT: {entry['faults'][0][:80]} | | | | | |".replace("\n", " "))
            continue
        rates = [sample["rate"] for sample in samples]
        middle = {key: statistics.median(sample[key] for sample in samples) for key in ("rate", "cpu_us", "rss_mb", "mb", "receiver_cpu", "receiver_mb")}
        lag = f"{statistics.median(sample['lag_ms'] for sample in samples):.1f}" if "lag_ms" in samples[0] else ""
        fault = f" ({len(entry['faults'])} faults)" if entry["faults"] else ""
        digits = 0 if middle["rate"] >= 10 else 2
        lines.append(names + f"| {samples[0]['count']} | {len(samples)}{fault} | {middle['rate']:.{digits}f} "
                     f"({min(rates):.{digits}f}-{max(rates):.{digits}f}) | {middle['mb']:.0f} | {middle['cpu_us']:.0f} "
                     f"| {middle['rss_mb']:.0f} | {middle['receiver_cpu']:.2f}, {middle['receiver_mb']:.0f} | {lag} |")
    return lines


def write(folder, about, results, targets):
    """Prints the tables and leaves them in @p folder. @return the exit code: 0 when every measured target is met."""
    rows = [row for row in (judged(target, results) for target in targets) if row]
    lines = [f"# Bench, {time.strftime('%Y-%m-%d %H:%M')}", "",
             f"{about['machine']}, {about['cores']} cores, load {about['load']:.2f} at the start; medians of "
             f"{about['repeats']} interleaved runs{', quick sets' if about['quick'] else ''}; data in {about['work']}; "
             f"measured round trips {about['round_trips']} ms. A set of fewer instances than its neighbours is a subset: "
             "rates are compared.", "", "## Targets", "", *target_table(rows), "", "## Runs", "", *cell_table(results), ""]
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    (folder / f"{stamp}.md").write_text("\n".join(lines))
    cells = [{**dataclasses.asdict(cell), **entry} for cell, entry in results.items()]
    (folder / f"{stamp}.json").write_text(json.dumps({"about": about, "targets": rows, "cells": cells}, indent=1))
    print("\n".join(lines))
    print(f"written to {folder / stamp}.md and .json")
    faults = any(entry["faults"] for entry in results.values())
    return 1 if faults or any(row["verdict"] != "pass" for row in rows) else 0
