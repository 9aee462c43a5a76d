"""Builds ``pose_landmarker_full.task`` from the tensors inside the mediapipe 0.10.21 wheel.

The Tasks API wants one bundle; the 0.10.21 wheel carries the same two networks loose, for the
legacy graphs. This script gives each network the input normalisation that the Tasks API reads
from its metadata, and zips both, uncompressed and with a fixed time stamp, so that the same wheel
always gives the same bytes.

Run it from anywhere; it needs a package index and about 400 MB of temporary space::

    python models/build.py --out models/pose_landmarker_full.task

The legacy wheel cannot live beside the current mediapipe, so it goes into a throw-away
environment, in which this very file is run again with ``--inner``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

LEGACY = "mediapipe==0.10.21"
#: network in the wheel, its name in the bundle, input mean and std of the legacy graph's
#: ImageToTensor calculator: the detector wants [-1, 1], the landmark network [0, 1] (after the
#: Tasks API's own division of the bytes by 255 for std 255).
PARTS = (
    ("pose_detection/pose_detection.tflite", "pose_detector.tflite", 127.5, 127.5),
    ("pose_landmark/pose_landmark_full.tflite", "pose_landmarks_detector.tflite", 0.0, 255.0),
)
#: ZIP members carry a date; a constant one keeps the bundle's hash reproducible.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def build_inside(out: Path) -> None:
    """Writes the bundle; runs in an environment that has the legacy wheel."""
    import mediapipe
    from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer

    modules = Path(mediapipe.__file__).parent / "modules"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for source, name, mean, std in PARTS:
            writer = metadata_writer.MetadataWriter.create(bytearray((modules / source).read_bytes()))
            writer.add_image_input([mean], [std])
            network, _ = writer.populate()
            bundle.writestr(zipfile.ZipInfo(name, ZIP_TIME), bytes(network))


def build(out: Path) -> None:
    """Creates the throw-away environment and builds there; `out` appears whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="formcheck-model-") as folder:
        env = Path(folder) / "env"
        venv.create(env, with_pip=True)
        python = env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", LEGACY], check=True)
        part = out.with_suffix(".part")
        subprocess.run([python, __file__, "--inner", "--out", part], check=True)
        part.replace(out)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("pose_landmarker_full.task"))
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    (build_inside if arguments.inner else build)(arguments.out.resolve())
    print(arguments.out, arguments.out.stat().st_size, "bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
