"""one.py JOBS ROOM|FILE[.CLASS]... : builds what these need and runs them, with the build that the whole run uses for each:
`tests/run.sh plan`, `tests/run.sh test_cd`, `tests/run.sh tests/cli/test_cd.py`, `tests/run.sh test_cd.AudioCd`."""

import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[1]
LONGEST = {"crash", "release"}     # labels of what runs with the release build


def configure(preset):
    cache = TOP / f".build/{preset}/CMakeCache.txt"
    if not cache.exists() or not re.search(r"^AMPHI_TESTS:\w+=ON$", cache.read_text(), re.M):
        subprocess.run(["cmake", "--preset", preset], cwd=TOP, check=True, stdout=subprocess.DEVNULL)


def registered():
    """Name -> labels of every test."""
    shown = subprocess.run(["ctest", "--preset", "debug", "--show-only=json-v1"], cwd=TOP, check=True, capture_output=True, text=True)
    tests = json.loads(shown.stdout)["tests"]
    return {test["name"]: {label for p in test.get("properties", []) if p["name"] == "LABELS" for label in p["value"]}
            for test in tests}


def meant(word, names):
    """The tests that a word on the command line means."""
    word = pathlib.PurePath(word).name.removesuffix(".py")
    file, _, only = word.partition(".")
    return [name for name in names if name == f"unit.{word}" or name.split(".")[1:2] == [file] and name.count(".") == 2
            and only in ("", name.split(".")[2])]


def targets(preset, names):
    wanted = {f"unit_{name.removeprefix('unit.')}" if name.startswith("unit.") else "scenario-programs" for name in names}
    return sorted(wanted | ({"amphi-faulty"} if preset == "release" and any(name.startswith("crash.") for name in names) else set()))


def main():
    jobs, *words = sys.argv[1:]
    configure("debug")
    labels = registered()
    chosen = {"debug": [], "release": []}
    for word in words:
        found = meant(word, labels)
        if not found:
            sys.exit(f"run.sh: '{word}' is no room of tests/unit and no file of tests/cli, tests/crash or tests/media")
        for name in found:
            chosen["release" if LONGEST & labels[name] else "debug"].append(name)
    for preset, names in chosen.items():
        if not names:
            continue
        configure(preset)
        built = subprocess.run(["cmake", "--build", "--preset", preset, "-j", jobs, "--target", *targets(preset, names)], cwd=TOP, check=False)
        exact = "^(" + "|".join(map(re.escape, names)) + ")$"
        if built.returncode or subprocess.run(["ctest", "--preset", preset, "-j", jobs, "-R", exact], cwd=TOP, check=False).returncode:
            sys.exit(1)


if __name__ == "__main__":
    main()
