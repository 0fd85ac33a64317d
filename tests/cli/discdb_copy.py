"""A copy of TheDiscDB, made up, with the disc at hand in it."""

import hashlib
import json

import harness


class Copy:
    """A folder in the shape of TheDiscDB's data; what is in it is made up."""

    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"
        (self.data / "movie").mkdir(parents=True)

    def work(self, kind="movie", title="The Test Film", year=2001, **changes):
        folder = self.data / kind / f"{title} ({year})"
        folder.mkdir(parents=True, exist_ok=True)
        slug = f"{title.lower().replace(' ', '-')}-{year}"
        metadata = {"Title": title, "FullTitle": f"{title} ({year})", "Slug": slug, "Year": year, "RuntimeMinutes": 0,
                    "Type": "Series" if kind == "series" else "Movie", "ExternalIds": {"Tmdb": "4242", "Imdb": "tt7654321"}}
        (folder / "metadata.json").write_text(json.dumps({**metadata, **changes}))
        return folder

    def release(self, work, slug="2001-dvd", title="2001 DVD"):
        folder = work / slug
        folder.mkdir(exist_ok=True)
        (folder / "release.json").write_text(json.dumps({"Slug": slug, "Title": title, "Year": 2001, "Locale": "en-us"}))
        (folder / "front.jpg").write_bytes(b"\xff\xd8")
        return folder

    def disc(self, release, content_hash, titles, number=1, **changes):
        disc = {"Index": number, "Slug": "dvd", "Name": "DVD", "Format": "DVD", "ContentHash": content_hash, "Titles": titles}
        path = release / f"disc{number:02}.json"
        path.write_text(json.dumps({**disc, **changes}, indent=2))
        path.with_suffix(".txt").write_text("MSG:1005,0,1\n")
        return path


def title(source, duration, name=None, kind="Extra", segments="1", **numbers):
    made = {"Index": 0, "Comment": "title.mkv", "SourceFile": source, "SegmentMap": segments, "Duration": duration, "Size": 5,
            "Tracks": [{"Index": 0, "Name": "Mpeg2", "Type": "Video", "Resolution": "720x576"}]}
    if name:
        made["Item"] = {"Title": name, "Type": kind, "Chapters": [], **numbers}
    return made


FILM = [title("01", "0:01:30", "The Test Film", "MainMovie", "1-12"), title("02", "0:00:30", "Theatrical Trailer", "Trailer"),
        title("03", "0:00:12"), title("04", "0:00:06", "Night: Shots", "DeletedScene"), title("05", "0:00:08", "A Look Behind")]


class Identifying(harness.AmphiTest):
    """What every class here needs."""

    def setUp(self):
        super().setUp()
        self.copy = Copy(self.home / "thediscdb")

    def hash_of(self, source):
        found = {i["kind"]: i["value"] for i in self.json("disc", "fingerprint", source)["identifiers"]}
        return found["thediscdb-content-hash"]

    def scan_and_describe(self, titles=FILM):
        """The PAL disc in the catalog without a title, and in the copy with these titles; its id and its file there."""
        disc = self.scan(title=None)
        release = self.copy.release(self.copy.work())
        return disc, self.copy.disc(release, self.hash_of(self.image), titles)

    def identify(self, *args, code=0):
        """The one disc's part of the document."""
        document = self.json("disc", "identify", *args, "--from", self.copy.folder, code=code)
        self.assertEqual(document["schema"], "amphi.disc.identify/1")
        return document["discs"][0]

    def refused(self, *args, code):
        return self.error("disc", "identify", *args, "--from", self.copy.folder, code=code)

    def names(self, disc):
        return {t["track_number"]: (t["track_name"], t["track_type"]) for t in self.json("disc", "show", disc)["tracks"]}

    def catalog_digest(self):
        return hashlib.sha256((self.home / "catalog.db").read_bytes()).hexdigest()

    def events(self, disc):
        return [e["event"] for e in self.json("history", disc, "--limit", "0")["history"]]
