"""The figures of the README, each a ratio of two medians taken in turn in one run. See run.sh."""

import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build/release"
CACHE = ROOT / ".cache/bench"
AMPHI = CACHE / "installed/bin/amphi"
READER, MEDIA = (CACHE / "installed/libexec/amphi" / name for name in ("amphi-reader", "amphi-media"))
PAL = ROOT / ".cache/fixtures/pal"
BLURAY = ROOT / ".cache/fixtures/bluray/bd"
RUNS = int(os.environ.get("AMPHI_BENCH_RUNS", "15"))
TINY = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-c:a", "copy", "-c:s", "copy"]
ROWS = []


def run(command, env=None, cwd=None, check=True):
    """Seconds and peak memory (bytes) of one run, its children included."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **(env or {})}, cwd=cwd, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if check and child.returncode not in (0, 3):
        raise SystemExit(f"{command}: exit {child.returncode}: {err.decode()[-400:]}")
    return time.perf_counter() - begin, usage.ru_maxrss * 1024


def compare(what, ours, theirs, limit, before=lambda: None, runs=None):
    """Both sides in turn; `limit` is the ratio that must not be passed."""
    run_side = lambda side: side() if callable(side) else run(side)[0]
    before(); run_side(ours); before(); run_side(theirs)   # warm
    a, b = [], []
    for _ in range(runs or RUNS):
        before(); a.append(run_side(ours))
        before(); b.append(run_side(theirs))
    ratio = statistics.median(a) / statistics.median(b)
    row(what, f"{statistics.median(a) * 1000:.1f} ms", f"{statistics.median(b) * 1000:.1f} ms", ratio, limit, ratio <= limit)


def row(what, ours, theirs, ratio, limit, good):
    ROWS.append((what, ours, theirs, ratio, limit, good))
    print(f"| {what} | {ours} | {theirs} | {ratio:.2f} | {limit} | {'yes' if good else 'NO'} |", flush=True)


def compiled(name, source, *flags):
    out = CACHE / name
    if not out.exists() or out.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-O2", "-o", out, source, *flags], check=True)
    return out


def config(folder, image, extra=""):
    for name in ("ripped", "transcoded", "movies"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    profile = json.dumps(TINY)
    path.write_text(f'catalog = "{folder}/catalog.db"\ndrives = ["{image}"]\n[folders]\nripped = "{folder}/ripped"\n'
                    f'transcoded = "{folder}/transcoded"\n[transcode]\nengine = "ffmpeg"\npreset.dvd = "tiny"\n'
                    f'[transcode.profiles]\ntiny = {profile}\n[library]\nmovies = "{folder}/movies"\n{extra}')
    return path


# --- what is made once

def big_catalog():
    path = CACHE / f"catalog-{max(p.name for p in (ROOT / 'sql').iterdir())[:4]}.db"   # of the newest schema
    if not path.exists():
        subprocess.run([BUILD / "tests/bench/bench_catalog", str(path) + ".new", "100000", "10"], check=True)
        os.rename(str(path) + ".new", path)
    return path


def big_disc():
    """A DVD image with one title of more than 1 GB: the fixture's main title many times over, with times that go on."""
    image = CACHE / "big/disc.iso"
    if image.exists():
        return image
    work = CACHE / "big.new"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    vob = PAL / "dvd/VIDEO_TS/VTS_01_1.VOB"
    times = 1_050_000_000 // vob.stat().st_size + 1
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-fflags", "+genpts", "-stream_loop", str(times), "-i", vob,
                    "-map", "0:v", "-map", "0:i:0x80", "-map", "0:i:0x81", "-c", "copy", "-f", "dvd", work / "big.mpg"],
                   check=True)
    (work / "dvd.xml").write_text(
        f'<dvdauthor dest="{work}/dvd" jumppad="0"><vmgm/><titleset><titles><video format="pal" aspect="16:9"/>'
        f'<audio lang="en" format="ac3"/><audio lang="de" format="ac3"/><pgc><vob file="{work}/big.mpg" '
        f'chapters="0,10:00,20:00,30:00,40:00,50:00,60:00"/></pgc></titles></titleset></dvdauthor>')
    env = {**os.environ, "VIDEO_FORMAT": "PAL"}
    subprocess.run(["dvdauthor", "-x", work / "dvd.xml"], check=True, env=env, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    (work / "dvd/AUDIO_TS").mkdir(exist_ok=True)
    subprocess.run(["genisoimage", "-quiet", "-dvd-video", "-udf", "-V", "BIG", "-o", work / "disc.iso", work / "dvd"],
                   check=True, stderr=subprocess.DEVNULL)
    (work / "big.mpg").unlink()
    assert (work / "disc.iso").stat().st_size > 1_000_000_000
    os.rename(work, CACHE / "big")
    return image


def big_bluray():
    """A folder of 500 playlists and 500 clips, their information that of the fixture's, their streams holes of 1 GB."""
    folder = CACHE / "bluray"
    if folder.exists():
        return folder
    work = CACHE / "bluray.new"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(BLURAY, work, ignore=shutil.ignore_patterns("*.m2ts", "*.mpls", "*.clpi"))
    for number in range(500):
        shutil.copyfile(BLURAY / "BDMV/PLAYLIST/00000.mpls", work / f"BDMV/PLAYLIST/{number:05}.mpls")
        shutil.copyfile(BLURAY / "BDMV/CLIPINF/00000.clpi", work / f"BDMV/CLIPINF/{number:05}.clpi")
        with open(work / f"BDMV/STREAM/{number:05}.m2ts", "wb") as stream:
            stream.write((b"\0" * 4 + b"\x47" + b"\0" * 187) * 32)
            stream.truncate(6144 * 160_000)
    os.rename(work, folder)
    return folder


def big_log():
    """15,000 lines, as makemkvcon prints them of a disc with hundreds of playlists."""
    log = CACHE / "scan.log"
    lines = ["TCOUNT:250", 'CINFO:1,6209,"Blu-ray disc"', 'CINFO:2,0,"The Film"', 'CINFO:32,0,"THE_FILM"']
    stream = {1: '6202,"Audio"', 3: '0,"eng"', 4: '0,"English"', 5: '0,"A_DTS"', 6: '0,"DTS-HD MA"', 14: '0,"6"', 17: '0,"48000"'}
    for number in range(250):
        values = {2: "The Film", 8: 20, 9: "1:52:07", 10: "29.1 GB", 11: 31_300_000_000 + number, 16: f"{number:05}.mpls",
                  25: 3, 26: f"{number},7,9", 27: f"title_t{number:02}.mkv"}
        lines += [f'TINFO:{number},{key},0,"{value}"' for key, value in values.items()]
        lines += [f"SINFO:{number},{index},{key},{value}" for index in range(8) for key, value in stream.items()]
    log.write_text("\n".join(lines[:15_000]) + "\n")
    return log


# --- the figures

def bench_start():
    empty = CACHE / "empty.c"
    empty.write_text("int main(void) { return 0; }\n")
    compare("`amphi --version` / an empty C program", [AMPHI, "--version"], [compiled("empty", empty)], 3.0, runs=RUNS * 7)


def a_fingerprint():
    return subprocess.run(["sqlite3", big_catalog(), "SELECT fingerprint FROM disc WHERE id = 50000"], text=True,
                          capture_output=True, check=True).stdout.strip()


def bench_show():
    fingerprint = a_fingerprint()
    selects = (ROOT / "tests/bench/show.sql").read_text().replace(":fingerprint", f"'{fingerprint}'")
    selects = selects.split("\n", 1)[1]   # sqlite3 takes what begins with "--" for an option
    compare("`disc show FP --json --no-verify`, 100,000 discs / sqlite3 with the same selects",
            [AMPHI, "--catalog", big_catalog(), "disc", "show", fingerprint, "--json", "--no-verify"],
            ["sqlite3", "-readonly", big_catalog(), selects], 1.0, runs=RUNS * 7)


def bench_fingerprint():
    probe = compiled("dvdprobe", ROOT / "tests/fixtures/dvdprobe.c", "-ldvdread")
    ifos = " ".join(str(p) for p in sorted((PAL / "dvd/VIDEO_TS").glob("*.IFO")))
    compare("`disc fingerprint disc.iso` / dvdprobe + sha256sum of the IFOs",
            [AMPHI, "disc", "fingerprint", PAL / "disc.iso"],
            ["sh", "-c", f"{probe} {PAL}/disc.iso && sha256sum {ifos}"], 2.0)


def bench_folder():
    folder = big_bluray()
    compare("`disc fingerprint` of a folder of 500 playlists and 500 clips / `cat` of them through sha256sum",
            [AMPHI, "disc", "fingerprint", folder],
            ["sh", "-c", f"cat {folder}/BDMV/PLAYLIST/*.mpls {folder}/BDMV/CLIPINF/*.clpi | sha256sum"], 1.5)


def bench_log():
    log = big_log()
    ours, grep, start, peak = [], [], [], 0
    for _ in range(RUNS * 3):
        seconds, memory = run([AMPHI, "disc", "fingerprint", log])
        ours.append(seconds)
        peak = max(peak, memory)
        grep.append(run(["grep", "-c", "TINFO", log])[0])
        start.append(run([AMPHI, "--version"])[0])
    ours, grep, start = map(statistics.median, (ours, grep, start))
    allowed = 3 * grep + start
    row(f"log of {log.read_text().count(chr(10)):,} lines / 3 times `grep -c TINFO` and a start of amphi", f"{ours * 1000:.1f} ms",
        f"{allowed * 1000:.1f} ms", ours / allowed, 1.0, ours <= allowed)
    row("memory for that log", f"{peak / 1e6:.0f} MB", "64 MB", peak / 64e6, 1.0, peak <= 64e6)


def bench_rip():
    image = big_disc()
    vobs = " ".join(str(p) for p in sorted((CACHE / "big/dvd/VIDEO_TS").glob("VTS_01_[1-9].VOB")))
    work = CACHE / "rip"

    def fresh():
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        os.sync()

    def ours():
        path = config(work, image)
        run([AMPHI, "--config", path, "disc", "scan", image])
        return run([AMPHI, "--config", path, "process", "1", "--tracks", "1", "--until", "rip"])[0]

    def theirs():
        return run(["sh", "-c", f"cat {vobs} > {work}/s.vob && ffmpeg -v error -nostdin -fflags +genpts -probesize 100M "
                    f"-analyzeduration 100M -f mpeg -i {work}/s.vob -map 0:v -map 0:i:0x80 -map 0:i:0x81 "
                    f"-c copy {work}/out.mkv"])[0]

    compare("rip of a 1 GB title / `cat` its sectors, then `ffmpeg -c copy`", ours, theirs, 1.3, before=fresh)
    fresh()


def plain_script(image, work, titles):
    """The same tools one after the other, without any safety."""
    lines = ["set -e"]
    for t in titles:
        job = json.dumps({"source": str(image), "title": t, "out_fd": 5, "record_fd": 6, "from_sector": 0})
        mux = json.dumps({"source": str(image), "title": t, "sectors_fd": 5, "out_fd": 6, "tags": []})
        lines += [f"{READER} dvd-sectors --job '{job}' 5<>{work}/{t}.sec 6<>{work}/{t}.rec",
                  f"{MEDIA} dvd-remux --job '{mux}' 5<>{work}/{t}.sec 6<>{work}/{t}.rip.mkv", f"rm {work}/{t}.sec",
                  f"ffmpeg -v error -nostdin -i {work}/{t}.rip.mkv -map 0 {' '.join(TINY)} {work}/{t}.mkv",
                  f"ln {work}/{t}.mkv {work}/movies/{t}.mkv"]
    return "\n".join(lines)


def bench_process():
    image, work = PAL / "disc.iso", CACHE / "process"

    def fresh():
        shutil.rmtree(work, ignore_errors=True)
        (work / "movies").mkdir(parents=True)

    def ours():
        path = config(work, image)
        run([AMPHI, "--config", path, "disc", "scan", image])
        run([AMPHI, "--config", path, "disc", "edit", "1", "--title", "Bench", "--year", "2001"])
        return run([AMPHI, "--config", path, "process", "1", "--all-tracks"])[0]

    compare("`process` of five titles / a script of the same tools without safety", ours,
            lambda: run(["sh", "-c", plain_script(image, work, range(1, 6))])[0], 1.05, before=fresh)
    fresh()


def pipe(rips, transcodes):
    """bench/pipe.py's model: one drive, one encoder, no limit between them."""
    ripped = encoded = 0
    for r, t in zip(rips, transcodes):
        ripped += r
        encoded = max(ripped, encoded) + t
    return encoded


def bench_overlap():
    throttle = compiled("throttle.so", ROOT / "tests/bench/throttle.c", "-shared", "-fPIC", "-ldl")
    env = {"LD_PRELOAD": str(throttle), "THROTTLE_BYTES": "10e6"}
    image, work = PAL / "disc.iso", CACHE / "overlap"
    gains, bounds = [], []
    for _ in range(max(3, RUNS // 5)):
        shutil.rmtree(work, ignore_errors=True)
        path = config(work, image)
        run([AMPHI, "--config", path, "disc", "scan", image])
        run([AMPHI, "--config", path, "disc", "edit", "1", "--title", "Bench", "--year", "2001"])
        out = subprocess.run([AMPHI, "--config", path, "process", "1", "--all-tracks", "--json"], env={**os.environ, **env},
                             capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL).stdout
        events = [json.loads(line) for line in out.splitlines()]
        stamp = lambda e: time.mktime(time.strptime(e["time"][:19], "%Y-%m-%dT%H:%M:%S")) + float("0" + e["time"][19:-1])
        began = {(e["track_id"], e["stage"]): stamp(e) for e in events if e["event"] == "step_started"}
        order = [e for e in events if e["event"] == "step_finished"]
        took = {(e["track_id"], e["stage"]): stamp(e) - began[e["track_id"], e["stage"]] for e in order}
        tracks = [e["track_id"] for e in order if e["stage"] == "rip"]
        whole = stamp(events[-1]) - stamp(events[0])
        serial = sum(took.values())
        bound = sum(took[t, s] for t in tracks for s in ("rip", "transcode")) / pipe(
            [took[t, "rip"] for t in tracks], [took[t, "transcode"] for t in tracks])
        gains.append(serial / whole)
        bounds.append(bound)
    gain, bound = statistics.median(gains), statistics.median(bounds)
    row("overlap won with a source of 10 MB/s / bound of the two-lane model", f"x{gain:.2f}", f"x{bound:.2f}", gain / bound,
        ">= 0.9", gain / bound >= 0.9)
    shutil.rmtree(work, ignore_errors=True)


def bench_memory():
    catalog, fingerprint = big_catalog(), a_fingerprint()
    base = [AMPHI, "--config", config(CACHE / "lists", "/nowhere.iso"), "--catalog", catalog]
    verbs = {"status": ["status"], "disc list": ["disc", "list"], "disc list --json": ["disc", "list", "--json"],
             "disc list --needs-attention": ["disc", "list", "--needs-attention"], "disc show": ["disc", "show", fingerprint],
             "plan": ["plan", fingerprint], "history": ["history"], "track verify": ["track", "verify", "--disc", fingerprint],
             "track verify --all": ["track", "verify", "--all"], "plan (all)": ["plan"],
             "__complete": ["__complete", "--", "amphi", "disc", "show", ""]}
    peaks = {name: run(base + verb, check=False)[1] for name, verb in verbs.items()}
    worst = max(peaks, key=peaks.get)
    row(f"memory of `amphi`, worst verb on that catalog: `{worst}`", f"{peaks[worst] / 1e6:.0f} MB", "64 MB",
        peaks[worst] / 64e6, 1.0, peaks[worst] <= 64e6)
    image, work = big_disc(), CACHE / "memory"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    job = json.dumps({"source": str(image), "title": 1, "out_fd": 5, "record_fd": 6, "from_sector": 0})
    mux = json.dumps({"source": str(image), "title": 1, "sectors_fd": 5, "out_fd": 6, "tags": []})
    peak = max(run(["bash", "-c", f"exec {READER} dvd-sectors --job '{job}' 5<>{work}/s 6<>{work}/r"])[1],
               run(["bash", "-c", f"exec {MEDIA} dvd-remux --job '{mux}' 5<>{work}/s 6<>{work}/o.mkv"])[1],
               run([MEDIA, "probe", work / "o.mkv"])[1])
    row("memory of the workers, 1 GB title", f"{peak / 1e6:.0f} MB", "256 MB", peak / 256e6, 1.0, peak <= 256e6)
    shutil.rmtree(work)


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    figures = {name.removeprefix("bench_"): f for name, f in globals().items() if name.startswith("bench_")}
    wanted = sys.argv[1:] or ["start", "show", "fingerprint", "folder", "log", "rip", "process", "overlap", "memory"]
    model = next(l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name"))
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors seen, {len(os.sched_getaffinity(0))} usable, {model}, "
          f"medians of {RUNS} or more\n")
    print("| what | amphi | yardstick | ratio | limit | held |\n|---|---|---|---|---|---|")
    for name in wanted:
        figures[name]()
    return 0 if all(good for *_, good in ROWS) else 1


if __name__ == "__main__":
    sys.exit(main())
