#!/usr/bin/env python3
"""Makes the icons that systems want as pixels from resources/icons/logo.svg: PNG (Linux), ICO (Windows), ICNS (macOS).

They are small and kept in the tree, so that no build needs rsvg-convert (librsvg2-bin). Run it when the logo changes."""
import pathlib
import struct
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
LOGO = HERE.parent / "resources/icons/logo.svg"
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def png(size):
    return subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), LOGO], check=True, capture_output=True).stdout


def ico(sizes):
    images = [(size, png(size)) for size in sizes]
    offset = 6 + 16 * len(images)
    head = struct.pack("<HHH", 0, 1, len(images))
    for size, data in images:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + b"".join(data for _, data in images)


def icns():
    parts = b""
    for size, kind in ICNS_TYPES.items():
        data = png(size)
        parts += kind + struct.pack(">I", len(data) + 8) + data
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


for pixels in (16, 24, 32, 48, 64, 128, 256):
    (HERE / f"linux/icons/{pixels}.png").write_bytes(png(pixels))
(HERE / "windows/radpost.ico").write_bytes(ico((16, 24, 32, 48, 64, 128, 256)))
(HERE / "macos/radpost.icns").write_bytes(icns())
