"""Many at once on one catalog: each step is done once, no edit is lost, and nobody hears of a locked database."""

import collections
import json
import subprocess
import threading

import scenarios
import sweep

CROWD = sweep.harness.FIXTURES / "crowd" / "disc.iso"
EDITS = 1000   # of each of four


def start_many(test, count, *args):
    return [subprocess.Popen([*test.program_words(), "--config", str(test.config), *map(str, args), "--json"], env=test.env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(count)]


def end_all(children):
    """(exit code, stdout, stderr) of each; read side by side, so that no full pipe holds one up."""
    answers = [None] * len(children)

    def read(i):
        out, err = children[i].communicate(timeout=600)
        answers[i] = (children[i].returncode, out, err)
    readers = [threading.Thread(target=read, args=(i,)) for i in range(len(children))]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


def events_of_many(test, count, *args):
    answers = end_all(start_many(test, count, *args))
    return [json.loads(line) for _, out, _ in answers for line in out.splitlines()]


def done_twice(events):
    """Steps that more than one started or finished."""
    counts = collections.Counter((e["event"], e["track_id"], e["stage"]) for e in events
                                 if e["event"] in ("step_started", "step_finished"))
    return [f"{what} {count} times" for what, count in counts.items() if count > 1]


class Crowd(sweep.SweepTest):
    def prepare_crowd(self):
        self.settle_down(Nothing())
        disc = self.json("disc", "scan", CROWD)["disc"]["id"]
        self.amphi("disc", "edit", disc, "--title", "The Crowd", "--year", 2002)
        return disc

    def test_eight_at_once_on_twenty_tracks(self):
        disc = self.prepare_crowd()
        tracks = self.json("disc", "show", disc)["tracks"]
        self.assertEqual(len(tracks), 20)
        answers = end_all(start_many(self, 8, "process", disc, "--all-tracks", "--wait"))
        for code, out, err in answers:
            self.assertIn(code, (0, 5, 7), out[-2000:] + err)
            self.assertNotIn("locked", err)
            self.assertNotIn("catalog", err)
        events = [json.loads(line) for _, out, _ in answers for line in out.splitlines()]
        self.assertEqual(done_twice(events), [])
        rest = self.process("--resume", code=None)
        done = [(e["track_id"], e["stage"]) for e in events + rest if e["event"] == "step_finished"]
        self.assertEqual(sorted(done), sorted((t["id"], s) for t in tracks for s in sweep.STAGES))
        for track in self.json("track", "verify", "--all", "--probe")["tracks"]:
            self.assertEqual({s["state"] for s in track["stages"].values()}, {"done"}, track)
        self.assertEqual(self.leftovers(), [])
        self.record("8 x process on 20 tracks", 60, 0, 0)


class Nothing(scenarios.Scenario):
    """A home without a disc."""

    def prepare(self, test):
        pass


class Edits(sweep.SweepTest):
    def edit(self, worker, disc, track, failures):
        """A field of the disc and one of a track, each this worker's own; every edit has another value."""
        field = ("--title", "--edition", "--notes", "--show-name")[worker]
        for i in range(EDITS):
            args = (["disc", "edit", disc, field, f"worker {worker} edit {i}"] if i % 2 else
                    ["track", "edit", track, "--track-name", f"worker {worker} edit {i}"])
            result = self.amphi(*args, code=None)
            if result.code != 0:
                failures.append(repr(result))

    def test_four_edit_at_once(self):
        self.settle_down(Nothing())
        disc = self.json("disc", "scan", self.image)["disc"]["id"]
        tracks = [t["id"] for t in self.json("disc", "show", disc)["tracks"]]
        failures = []
        workers = [threading.Thread(target=self.edit, args=(w, disc, tracks[w], failures)) for w in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(failures, [])
        self.check_last_values(disc, tracks)
        self.check_history()
        self.record(f"4 x {EDITS} edits", 4 * EDITS, 0, 0)

    def check_last_values(self, disc, tracks):
        odd, even = [i for i in range(EDITS) if i % 2][-1], [i for i in range(EDITS) if i % 2 == 0][-1]
        shown = self.json("disc", "show", disc)
        for worker, field in enumerate(("title", "edition", "notes", "show_name")):
            self.assertEqual(shown["disc"][field], f"worker {worker} edit {odd}")
            track = next(t for t in shown["tracks"] if t["id"] == tracks[worker])
            self.assertEqual(track["track_name"], f"worker {worker} edit {even}")

    def check_history(self):
        """Every single one was taken in, in its order."""
        rows = self.read_catalog("SELECT detail FROM history WHERE event LIKE '%edit%' ORDER BY id")[0]
        seen = collections.defaultdict(list)
        for (detail,) in rows:
            for word in json.dumps(json.loads(detail)).split('"'):
                if word.startswith("worker "):
                    seen[word.split()[1]].append(int(word.split()[3]))
        for worker in range(4):
            news = sorted(set(seen[str(worker)]))
            self.assertEqual(news, list(range(EDITS)))


if __name__ == "__main__":
    sweep.harness.main()
