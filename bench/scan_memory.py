#!/usr/bin/env python3
"""Peak memory of a scan of half a million instances with UIDs of their own; the bound is 400 MB.

Writes small files (2 GB of /dev/shm for half a million), so it is not part of other runs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_KILOBYTES = 400 * 1024
FILES_PER_FOLDER = 400
UID_ROOT = "1.2.826.0.1.3680043.2.1143."


def template(build, work):
    """One file of our own making, cut to its header, and where its SOP Instance UIDs lie."""
    folder = work / "template"
    subprocess.run([build / "bench/make_set", folder, "tiny", "1"], check=True, stdout=subprocess.DEVNULL)
    path = next(path for path in folder.rglob("*") if path.is_file())
    content = path.read_bytes()
    content = bytearray(content[: content.index(b"\xe0\x7f\x10\x00")])
    at = content.index(b"\x02\x00\x03\x00UI")
    uid = bytes(content[at + 8 : at + 8 + int.from_bytes(content[at + 6 : at + 8], "little")])
    places, start = [], content.find(uid)
    while start >= 0:
        places.append(start)
        start = content.find(uid, start + 1)
    path.unlink()
    return content, places, len(uid)


def write_files(build, work, count):
    content, places, length = template(build, work)
    for number in range(count):
        folder = work / f"PATIENT{number // 20000:03}" / f"SERIES{number // FILES_PER_FOLDER:05}"
        if number % FILES_PER_FOLDER == 0:
            folder.mkdir(parents=True)
        uid = (UID_ROOT + f"1{number:0{length - len(UID_ROOT) - 1}}").encode()
        for place in places:
            content[place : place + length] = uid
        (folder / f"IM-0001-{number:06}-0001.dcm").write_bytes(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--files", type=int, default=500_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work, prefix="scan-memory-") as work:
        write_files(options.build, Path(work), options.files)
        output = subprocess.run([options.build / "bench/scanbench", "2", work], check=True, stdout=subprocess.PIPE)
    result = json.loads(output.stdout)
    print(json.dumps(result))
    if result["instances"] != options.files:
        sys.exit(f"{options.files} instances were written, {result['instances']} found")
    return 0 if result["peakKilobytes"] < MOST_KILOBYTES else 1


if __name__ == "__main__":
    sys.exit(main())
