"""Short scan logs, each of a disc that one of classify's rules is for: fuzzing by chance would take hours to lay clips so
that they are a season, two cuts of a film or a play-all."""

MEGA = 1 << 20
VIDEO, AUDIO = '6201,"Video"', '6202,"Audio"'
BLURAY, DVD, HD_DVD = (6209, "Blu-ray disc"), (6206, "DVD disc"), (6212, "HD DVD disc")


def log(label, *titles, kind=BLURAY, angles=(), files=()):
    """A title: seconds, megabytes, chapters, clips, and where they count its audio language and the author's name."""
    lines = [f'MSG:3308,0,3,"File added","File %1 (angle %2) was added as title #%3","00800.mpls","{angle}","{title}"'
             for title, angle in angles]
    lines += [f'CINFO:1,{kind[0]},"{kind[1]}"', f'CINFO:32,0,"{label}"', f"TCOUNT:{len(titles)}"]
    for number, (seconds, megabytes, chapters, clips, *more) in enumerate(titles):
        language, name, source = (*more, *("eng", "", "")[len(more):])
        source = source or (f"{number + 1:05}.mpls" if kind == BLURAY else "")
        note = f"{chapters} chapter(s) , {megabytes / 1024:.1f} GB" + (f" ({name})" if name else "")
        said = {8: chapters, 9: f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}", 11: megabytes * MEGA,
                16: source, 24: number + 1, 26: clips, 30: note}
        lines += [f'TINFO:{number},{attribute},0,"{value}"' for attribute, value in said.items() if value != ""]
        lines += [f'SINFO:{number},0,1,{VIDEO}', f'SINFO:{number},0,19,0,"1920x1080"']
        lines += [f'SINFO:{number},1,1,{AUDIO}', f'SINFO:{number},1,3,0,"{language}"'] if language else []
    lines += [f"HSH:{number},{name},4/20/2016 7:08:34 PM,{size}" for number, (name, size) in enumerate(files)]
    return ("\n".join(lines) + "\n").encode()


def episodes(count, seconds=2640, megabytes=5000):
    return [(seconds + 20 * i, megabytes + 9 * i, 6, i + 1) for i in range(count)]


def parts(lengths, rate=3):
    """Short ones, and what plays them all."""
    each = [(seconds, seconds * rate, 1, 50 + i) for i, seconds in enumerate(lengths)]
    return [*each, (sum(lengths), sum(lengths) * rate, len(lengths), ",".join(str(clips) for *_, clips in each))]


FILM = (7200, 28_000, 20, "1,2,3,4")
DISCS = {
    "season": log("BIG_SHOW_S1_D2", *episodes(4), (10_680, 20_054, 24, "1-4"), (300, 500, 1, 9)),
    "season-spelled": log("SHOW_THE_COMPLETE_SECOND_SEASON_DISC_3", *episodes(3), (1_900, 4_100, 5, 8)),
    "season-numbered": log("SERIE STAFFEL 2 DISC TWO", *episodes(3), kind=DVD),
    "season-glued": log("SHOW_S02D03", *episodes(2), (5_300, 10_000, 12, 7)),
    "season-british": log("BIG_SHOW_SERIES_2ND_BD50_D1", *episodes(3)),
    "season-of-no-number": log("A_SHOW_FINAL_SEASON", *episodes(3), (9_000, 40_000, 20, 9)),
    "long-first-episode": log("PILOTS", (5_400, 10_200, 12, 9), *episodes(3)),
    "short-last-episode": log("PILOTS", *episodes(4), (2_200, 4_200, 6, 9)),
    "pair": log("LAST_OF_THEM", (2_650, 5_000, 7, 1), (2_900, 5_500, 7, 2), (120, 90, 1, 3)),
    "no-pair": log("TWO_FILMS", (2_650, 5_000, 7, 1), (4_400, 8_300, 7, 2), (2_000, 700, 7, 3)),
    "pair-of-one-play-all": log("LAST", *episodes(2), (5_300, 10_009, 12, "1,2")),
    "featurettes-of-a-film": log("A_FILM", FILM, *((1_300 + i, 900, 4, 9 + i) for i in range(3))),
    "cuts": log("A_FILM", FILM, (7_500, 29_000, 21, "1,5,3,4"), (6_900, 27_000, 19, "1,6,3,4"), (1_800, 7_000, 5, 2)),
    "languages": log("A_FILM", FILM, (7_200, 28_000, 20, "1,2,7,4", "deu"), (7_201, 28_000, 20, "1,8,3,4")),
    "language-codes": log("A_FILM", *((90 + i, 80, 1, i, language) for i, language in enumerate(("ger", "de", "fr-CA", "und", "xx", "ENG"), 1))),
    "branch": log("A_FILM", (7_230, 28_100, 1, "1,2,3,4,9"), FILM, (7_200, 27_990, 1, "1,2,3,4")),
    "tie": log("TWO_FILMS", FILM, (7_190, 27_000, 20, "11,12"), (7_195, 6_000, 20, "13")),
    "same-make": log("TWO_CUTS", (7_200, 28_000, 16, 1), (6_600, 25_700, 16, 2), (1_000, 800, 1, 3)),
    "crowd": log("A_FILM", FILM, *((7_200 + 90 * i, 28_000, 20, f"1,{9 + i},3,4") for i in range(1, 6))),
    "angles": log("A_FILM", *[(*FILM, "eng", "", "00800.mpls")] * 2, angles=((0, 1), (1, 2))),
    "orders": log("A_FILM", FILM, *((7_200, 28_000, 20, order) for order in ("2,1,3,4", "3,2,1,4", "4,3,2,1", "1,4,3,2"))),
    "one-length": log("A_FILM", *((7_200, 28_000, 20, f"1,2,{i}") for i in range(3, 11))),
    "again-and-again": log("A_FILM", FILM, (7_000, 26_000, 9, ",".join(["7"] * 30))),
    "duplicates": log("A_FILM", FILM, FILM, (60, 40, 1, 9), (60, 40, 1, 9, "")),
    "many-scenes": log("A_FILM", FILM, *parts([45, 60, 80, 95, 110, 130, 150, 170, 62])),
    "few-scenes": log("A_FILM", FILM, *parts([130, 140, 150])),
    "long-parts": log("A_FILM", FILM, *parts([400, 500, 650, 700, 800, 900])),
    "unlike-parts": log("A_FILM", FILM, *parts([45, 70, 170, 100, 120, 140]), (190, 900, 1, "50,51,52,53")),
    "two-parts": log("A_FILM", FILM, *parts([100, 230])),
    "sums": log("A_FILM", FILM, (600, 500, 3, 12), (700, 600, 3, 13), (650, 550, 3, 14), (1_950, 1_650, 9, 15), kind=DVD),
    "side-by-side": log("A_FILM", FILM, *((90 + 9 * i, 400 + 40 * i, 1, 20 + i) for i in range(7)), (900, 700, 1, 40)),
    "one-in-pieces": log("A_FILM", FILM, *((90 + 9 * i, 90 + 9 * i, 1, 20 + i) for i in range(12)), (900, 800, 1, 40)),
    "company": log("A_FILM", FILM, *((s, s * 2, 1, 30 + i) for i, s in enumerate((600, 700, 90, 800, 650, 100)))),
    "compilations": log("A_FILM", FILM, (800, 900, 9, 61), (290, 400, 2, 62), (120, 150, 4, 63)),
    "alone": log("A_FILM", FILM, *((s, s // 2, 1, 70 + s) for s in (20, 150, 200, 1_500)), (3_000, 2_000, 1, 90), (90, 4, 1, 91),
                 (70, 60, 9, 92), (100, 90, 1, 93, "")),
    "author": log("A_FILM", (7_200, 9_000, 1, 1), (5_400, 20_000, 2, 2, "eng", "FPL_MainFeature"), (140, 99, 1, 3, "eng", "SF_06_Trailer"),
                  (99, 80, 1, 4, "eng", "SF_DS_01"), (300, 80, 3, "4,5", "eng", "SF_DS_PlayAll"), (20, 9, 1, 6, "eng", "FBI_Warning")),
    "thin": log("A_FILM", (7_300, 9_000, 12, 1), (7_000, 28_000, 20, 2)),
    "hd-dvd": log("A_FILM", kind=HD_DVD),
    "hashed": log("A_FILM", (7_200, 28_000, 20, 1, "eng", "", "00001.m2ts"), files=[("00001.m2ts", 28_000 * MEGA), ("00002.m2ts", 5)]),
    "hashed-dvd": log("A_FILM", (5_400, 4_000, 20, 1), kind=DVD, files=[("VTS_01_1.VOB", 4_000 * MEGA), ("VTS_01_0.IFO", 9), ("X.TXT", 1)]),
    "hashed-in-part": log("A_FILM", (7_200, 28_000, 20, 1, "eng", "", "00009.m2ts"), files=[("00001.m2ts", 5)]),
    "nothing-stands-out": log("EXTRAS", *((600 + 40 * i, 500, 1, i) for i in range(1, 9))),
}
