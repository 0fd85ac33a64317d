#!/usr/bin/env python3
"""seeds.py FOLDER : fills FOLDER/NAME with what each target starts from, made of real samples: the discs of tests/fixtures,
the scan logs of the tests (and those of AMPHI_TEST_DATA where they are), the README's configuration, and the documents
that a real run left (corpus/). Beside each folder NAME.dict, the words that its texts are made of."""

import json
import os
import pathlib
import re
import sys

import seed_logs

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
FIXTURES = pathlib.Path(os.environ.get("AMPHI_FIXTURES", TOP / ".cache/fixtures"))
DATA = pathlib.Path(os.environ.get("AMPHI_TEST_DATA", TOP / "../shared/data"))
WITH_BACKUPS, SECOND_TITLE_SET = 1, 2
LARGEST_LOG = 6 << 10   # all truncations take the square of it; libFuzzer slows down with it, too


def ifos():
    """A manager and one title set of each disc, in ifo.cpp's form."""
    for disc in ("pal", "nasty"):
        folder = FIXTURES / disc / "dvd/VIDEO_TS"
        manager = (folder / "VIDEO_TS.IFO").read_bytes()
        for title_set in sorted(folder.glob("VTS_*_0.IFO")):
            flags = SECOND_TITLE_SET if disc == "pal" else WITH_BACKUPS
            head = bytes([len(manager) // 2048, flags])
            yield f"{disc}-{title_set.stem}", head + manager + title_set.read_bytes()


def blurays():
    folder = FIXTURES / "bluray/bd/BDMV"
    for playlist in sorted(folder.glob("PLAYLIST/*.mpls")):
        yield playlist.stem, playlist.read_bytes()
    yield "clip", (folder / "STREAM/00020.m2ts").read_bytes()[:6144]


def logs():
    for path in sorted((TOP / "tests/unit/disc/data").glob("*.log")) + sorted(DATA.glob("makemkv-logs/*/*.txt")):
        yield f"{path.parent.name}-{path.stem}", path.read_bytes()[:LARGEST_LOG]
    yield from seed_logs.DISCS.items()
    yield "failed", b'MSG:5021,131332,1,"This application version is too old.","%1","old"\n'
    yield "failed-otherwise", b'MSG:5010,0,0,"Failed to open disc","Failed to open disc"\nMSG:5003,0,0,"x","x"\n'


def cds():
    yield "plain", b"1 6 95462 150 15363 32314 46592 63414 80489"
    yield "cue", (b'REM GENRE Rock\r\nPERFORMER "The Band"\r\nTITLE "An Album"\r\nFILE "a b.bin" BINARY\r\n'
                  b'  TRACK 01 AUDIO\r\n    TITLE One\r\n    PREGAP 00:02:00\r\n    INDEX 01 00:00:00\r\n'
                  b'  TRACK 02 AUDIO\r\n    INDEX 00 02:58:10\r\n    INDEX 01 03:00:00\r\n')
    yield "data", (b'FILE "x.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 MODE1/2048\nPREGAP 02:32:00\n'
                   b'INDEX 01 05:00:00\n')
    yield "waves", b'FILE 1.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nFILE 2.wav WAVE\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n'


def manifests():
    yield "own", (HERE / "corpus/manifest.json").read_bytes()
    for path in sorted(DATA.glob("odm/tests/*/*.json")):
        yield f"{path.parent.name}-{path.stem}", path.read_bytes()


def discdbs():
    """A disc's file, and one that says of itself what those of a release and of a film say."""
    def title(source, duration, name, kind, **numbers):
        return {"Index": 0, "SourceFile": source, "SegmentMap": "1-2,4", "Duration": duration, "Size": 5,
                "Item": {"Title": name, "Type": kind, "Chapters": [{"Index": 1, "Title": "One"}], **numbers},
                "Tracks": [{"Index": 0, "Name": "Mpeg2", "Type": "Video"}]}
    disc = {"Index": 1, "Slug": "blu-ray", "Format": "Blu-ray", "ContentHash": "0123456789ABCDEF0123456789ABCDEF",
            "GlobalDiscId": "00112233445566778899AABBCCDDEEFF", "Titles": [
                title("00800.mpls", "1:30:05", "Film (French)", "MainMovie"), title("00801.mpls", "1:30:05", "Film: Uncut", "MainMovie"),
                title("00002.m2ts", "0:00:20", "Deleted Scenes", "Extra"), {"SourceFile": "03", "Duration": "0:01:00"},
                title("01", "0:01:30", "Trailer", "Trailer"), title("02", "0:21:40", "Pilot", "Episode", Season="1", Episode="1-2")]}
    yield "disc", json.dumps(disc).encode()
    film = {"Title": "Film", "Slug": "film-2001", "Type": "Movie", "Year": 2001, "ExternalIds": {"Tmdb": "42", "Imdb": "tt1234567"}}
    yield "film", json.dumps({**film, "Title": "Film", **disc}).encode()
    yield "show", json.dumps({**film, "Type": "Series", "Titles": disc["Titles"][3:]}).encode()
    yield "release", json.dumps({"Slug": "2001-dvd", "Title": "Director's Cut DVD", "Titles": disc["Titles"][4:5]}).encode()


def ancestors():
    """Rows of the ancestor's, in ancestor.cpp's form."""
    scan = {"disc_name": "ALIEN", "disc_type": "dvd", "tracks": [
        {"number": 0, "duration": "1:30:00", "size_bytes": 9, "chapters": 3, "resolution": "720x576", "score": 0.9,
         "classification": "main_feature", "confidence": "high", "segment_map": "1,2", "makemkv_name": "B1_t00.mkv",
         "audio_streams": [{"language": "eng", "codec": "AC3", "channels": 6}], "subtitle_streams": [{"format": "PGS"}]},
        {"number": 1, "duration": 60}]}
    disc = {"id": 1, "fingerprint": "dvd-" + "a1" * 32, "title": "Alien", "year": 1979, "imdb_id": "tt0078748",
            "disc_type": "bluray", "edition_notes": "Director's Cut", "processed_at": "2026-11-22 07:59:57", "notes": "x",
            "scanned_at": "2025-12-26T10:11:12.123", "media_type": "tv", "show_name": "S", "tmdb_id": "348",
            "needs_reprocessing": 1, "reprocessing_type": "re-rip"}
    track = {"id": 1, "disc_id": 1, "track_number": 3, "track_type": "feature", "original_name": "title_t03.mkv",
             "duration_seconds": 61, "size_bytes": 5, "ripped_path": "/r/a.mkv", "transcoded_path": "/t/a.mp4",
             "inserted_path": "/l/a.mkv", "preset_id": 1, "status": "complete", "created_at": "2026-11-22 07:59:57",
             "track_name": "N", "classification_confidence": "low", "language": "en", "resolution": "1920x1080",
             "audio_tracks": "[{\"language\": \"fra\", \"codec\": \"DTS-HD MA\", \"channels\": \"7.1\"}]",
             "subtitle_tracks": "[]", "chapter_count": 2, "segment_map": "1-3", "season_number": 1, "episode_number": 2,
             "episode_end_number": 3, "preset_name": "copy", "classification_score": 0.5}
    yield "rows", json.dumps({"discs": [disc], "tracks": [track], "presets": [{"id": 1, "name": "HQ"}]}).encode()
    yield "scan", json.dumps({"discs": [{"id": 1, "title": "A", "scan_data": json.dumps(scan)}]}).encode()
    yield "odd", json.dumps({"discs": [{"id": 1, "title": {"hex": "ff"}}, {"id": 2, "scan_data": "{"}, {"id": 3}],
                             "tracks": [{"id": 1, "disc_id": 3}, {"id": 2, "disc_id": 3, "track_number": 0},
                                        {"id": 3, "disc_id": 9, "ripped_path": "x"}], "jobs": [{"id": 1}]}).encode()


def patches():
    yield "disc", (b'{"disc": {"title": "Alien", "year": 1979, "imdb_id": "tt0078748", "tmdb_id": "348", "media_type": "movie",'
                   b' "show_name": null, "edition": "Director\'s Cut", "notes": "a\\nb \\u00e9"}}')
    yield "tracks", (b'{"tracks": [{"id": 1, "track_name": "Pilot", "track_type": "episode", "season": 1, "episode": 2,'
                     b' "episode_end": 3, "language": "fra", "preset_name": "copy", "wanted": true},'
                     b' {"id": 2, "track_type": "trailers", "edition": "Uncut", "wanted": null}]}')
    yield "both", b'{"disc": {"title": "\\ud83d\\ude00"}, "tracks": [{"id": 4, "wanted": false}]}'


def selectors():
    for number, text in enumerate(("1", "dvd-a1b2", "dvd-a1b2c3d4", "A1B2C3D5", "45E55078D9468F0F2426CC58077ACCa1", "2:1",
                                   "dvd-ffff:1", "log-12345", "6", "cd-:", "dvd-ffff0000" + "0" * 56)):
        yield str(number), text.encode()


def names():
    """Texts in names.cpp's order, then its numbers from the last to the first."""
    def draw(texts, numbers=b""):
        return b"".join(text.encode().replace(b"\\", b"\\\\") + b"\\\n" for text in texts) + numbers
    film = ["dvd-0123456789abcdef", "ALIEN", "Alien: Covenant", "-", "Director's Cut", "tt0078748", "348"]
    show = ["log-aa", "../..", "Firefly/Disc 1", "Fire\u0301fly?", "-", "-", "-"]
    yield "film", draw([*film, "dvd:1", "-", "-", "de"], b"\0" * 40)
    yield "show", draw([*show, "mpls:00800.angle2", "CON", "Uncut", "eng"], b"\5" + b"\1\0\0\0" * 9)
    yield "odd", draw(["", "\u202e.", "aux.", " . ", "\u0301", "tt1", "x", "..", "\U0001f469\u200d\U0001f469", "", ""], b"\7" * 40)


def episodes():
    """A label in the first line, then a list of runtimes; see episodes.cpp."""
    yield "plain", b"BIG_SHOW_S1_D2\n# season 1\n44:00 Pilot\n1:28:10 - Two of them\n43 min\n2620\n"
    yield "numbered", b"SHOW_SEASON_2_DISC_1\ns02e03 44:00 C\ns02e04 43:40\ns03e01 43:20 X\n"
    yield "numbers", b"THE_COMPLETE_FIRST_SEASON_DVD_3\n7. 44:00\n8) 44:10 \xe2\x80\x93 H\n9 45 min\n"
    yield "minutes", b"SHOW S01D03\n44 min\n44 min\n43 min\n44 min\n44 min\n44 min\n"
    yield "odd", b"SEASON_OF_THE_WITCH\n44:60\n:\n\xff\n0 min\n99999\n"


def configurations():
    readme = re.search(r"```toml\n(.*?)```", (TOP / "README.md").read_text(), re.S).group(1)
    yield "readme", readme.encode()
    for number, value in enumerate(("7", '"x"', "true", "[1]", "{a = 1}", "-1", "0.5", "1979-05-27", '["x", 7]', "07:32:00")):
        yield f"wrong-{number}", re.sub("=.*", f"= {value}", readme).encode()
    yield "misspelt", (b'drvies = []\nCatalog = "c"\n"" = 1\n"a.b" = 1\n"\xc3\xa4" = 1\nA-b_9 = 1\n[foldres]\nripepd = "/r"\n'
                       b'[rip]\nengine = "makemvk"\n[transcode]\nengine = "ffmpge"\n[library]\nlayout = "plxe"\nmodes = 1\n')
    for mode in ("0664", "600", "0064", "01777", "888", "rw-", ""):
        yield f"mode-{mode}", f'[library]\nmode = "{mode}"\n'.encode()
    yield "named", b'[transcode.profiles]\n"a\\u0001\\u007f\\\\\\"b" = ["-an"]\nA_b-9 = []\n"\xc3\xa4 b" = ["\\u0009"]\n'
    yield "ffmpeg", (b'[transcode]\nengine = "ffmpeg"\n[transcode.profiles]\nown = ["-c:v", "libx265"]\n"a b" = ["-an", "\\"\\\\\\t"]\n'
                     b'[process]\nwatchdog_seconds = 60\n[library]\ngroup = "media"\nshows = "~/TV"\nmusic = "/m"\n')


def nested():
    """Documents that nest deeply where something is looked for. Run once: too long to grow others from them."""
    deep = b"[" * 50_000 + b"]" * 50_000
    spec = (HERE / "corpus/step_spec/spec-rip.json").read_bytes()
    yield "patch", b'{"disc": ' + deep + b"}"
    yield "discdb", b'{"Titles": ' + deep + b"}"
    yield "receipt", b'{"schema": "amphi.receipt/1", "step_id": ' + deep + b"}"
    yield "step_spec", re.sub(rb'("output": )\{.*?\}', lambda found: found[1] + deep, spec, flags=re.S)


def stored(name):
    for path in sorted((HERE / "corpus" / name).glob("*")):
        yield path.name, path.read_bytes()


MADE = {"cd": cds, "manifest": manifests, "discdb": discdbs, "ancestor": ancestors, "ifo": ifos, "bluray": blurays, "makemkv_log": logs,
        "patch": patches, "selectors": selectors, "names": names, "episodes": episodes,
        "configuration": configurations, "step_spec": tuple, "receipt": tuple}
BINARY = ("ifo", "bluray", "names")
ODD_VALUES = ("true", "null", "[]", "{}", "-1", "1e999", "0.5", "4294967297", "99999999999999999999")


def words(texts):
    found = set()
    for text in texts:
        found |= set(re.findall(rb'[A-Za-z_][A-Za-z0-9_.]{2,24}', text))
    return [word.decode() for word in sorted(found)[:400]]


def main(folder):
    for name, make in MADE.items():
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        samples = dict(make()) | dict(stored(name))
        for sample, content in samples.items():
            (target / sample).write_bytes(content)
        if name not in BINARY:
            lines = [f'"{word}"' for word in (*words(samples.values()), *ODD_VALUES)]
            (folder / f"{name}.dict").write_text("\n".join(lines) + "\n")
    for name, content in nested():
        (folder / f"{name}.nested").write_bytes(content)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
