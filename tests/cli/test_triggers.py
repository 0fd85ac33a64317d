"""udev, systemd and cron: the files of examples/ are accepted by the real tools, and their command lines work with an
image for a drive."""

import re
import shlex
import shutil
import subprocess

import harness

EXAMPLES = harness.ROOT / "examples"


class Triggers(harness.AmphiTest):
    def units(self):
        return sorted((EXAMPLES / "systemd").iterdir())

    def test_systemd_accepts_the_units(self):
        place = self.home / "units"
        place.mkdir()
        for unit in self.units():
            (place / unit.name).write_text(unit.read_text().replace("/usr/bin/amphi", harness.BIN))
        for unit in self.units():
            out = subprocess.run(["systemd-analyze", "verify", "--man=no", place / unit.name.replace("@", "@sr0")]
                                 if "@" not in unit.name else
                                 ["systemd-analyze", "verify", "--man=no", place / unit.name],
                                 capture_output=True, text=True)
            self.assertEqual((out.returncode, out.stderr), (0, ""), unit.name)

    def test_the_sandbox_is_tight(self):
        for unit in self.units():
            if unit.suffix != ".service":
                continue
            out = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
                                 capture_output=True, text=True)
            self.assertEqual(out.returncode, 0, f"{unit.name}: {out.stdout[-300:]}")

    def command_lines(self, unit, drive):
        text = (EXAMPLES / "systemd" / unit).read_text()
        for line in re.findall(r"^ExecStart=/usr/bin/amphi (.*)$", text, re.M):
            yield shlex.split(line.replace("${AMPHI_DRIVE}", str(drive)))

    def test_the_units_command_lines_with_an_image_for_a_drive(self):
        image = self.copy_of_disc("drive.iso")
        accepted = (0, 3, 5, 7)
        for line in self.command_lines("amphi@.service", image):
            self.assertIn(self.amphi(*line, code=None).code, accepted, line)
        discs = self.json("disc", "list")["discs"]
        self.assertEqual(len(discs), 1)
        disc = discs[0]["id"]
        self.want_only(disc, 4)
        self.amphi("disc", "edit", disc, "--title", "From A Drive")
        self.process(disc, "--until", "rip")
        self.process(disc, "--until", "insert", "--dry-run")
        for line in self.command_lines("amphi-resume.service", image):
            self.assertEqual(self.amphi(*line).code, 0, line)

    def test_the_unit_continues_an_interrupted_disc(self):
        image = self.copy_of_disc("drive.iso")
        disc = self.scan(image)
        self.want_only(disc, 4)
        away = self.home / "away"
        (self.home / "movies").rename(away)
        self.process(disc, code=5)
        away.rename(self.home / "movies")
        for line in self.command_lines("amphi@.service", image):
            self.amphi(*line)
        self.assertEqual(self.states(disc, 4), ("done",) * 3)

    def test_the_udev_rule_names_the_unit_and_the_events(self):
        rule = " ".join((EXAMPLES / "udev/61-amphi.rules").read_text().replace("\\\n", " ").split())
        for part in ('ACTION=="change"', 'ENV{DISK_MEDIA_CHANGE}=="1"', 'ENV{ID_CDROM_MEDIA}=="1"',
                     'RUN+="/usr/bin/systemctl --no-block start amphi@%k.service"'):
            self.assertIn(part, rule)
        if shutil.which("udevadm") and subprocess.run(["udevadm", "verify", "--help"], capture_output=True).returncode == 0:
            subprocess.run(["udevadm", "verify", EXAMPLES / "udev/61-amphi.rules"], check=True, capture_output=True)

    def test_the_cron_line(self):
        lines = [l for l in (EXAMPLES / "cron/amphi").read_text().splitlines() if re.match(r"^[0-9*]", l)]
        self.assertEqual(len(lines), 1)
        command = lines[0].split(None, 6)[6].replace("/usr/bin/amphi", f"{harness.BIN} --config {self.config}")
        self.scan()
        self.assertEqual(subprocess.run(["sh", "-c", command], env=self.env, capture_output=True).returncode, 0)

    def test_a_second_amphi_is_told_who_holds_the_drive(self):
        image = self.copy_of_disc("drive.iso")
        disc = self.scan(image)
        held = subprocess.Popen(["flock", "--exclusive", image, "sleep", "60"])
        self.addCleanup(held.kill)
        for _ in range(50):
            if subprocess.run(["flock", "--nonblock", image, "true"]).returncode == 1:
                break
        result = self.amphi("process", disc, "--tracks", "4", code=7)
        self.assertIn("drive.iso", result.err)   # what is held


class Drives(harness.AmphiTest):
    def test_status_tells_no_disc_unknown_disc_and_known_disc(self):
        image = self.copy_of_disc("drive.iso")
        self.write_config(**{"drives = []": f'drives = ["{image}", "{self.home}/nothing.iso"]'})
        drives = self.json("status", code=None)["drives"]
        self.assertEqual(len(drives), 2)
        unknown = drives[0]
        self.assertEqual(unknown["volume_label"], "AMPHI_TEST_DISC")
        self.assertIsNone(unknown["disc"])
        human = self.amphi("status", code=None).out
        self.assertIn("AMPHI_TEST_DISC", human)
        self.assertIn("amphi disc scan", human)
        self.amphi("disc", "scan")
        self.amphi("disc", "edit", 1, "--title", "Known Now")
        human = self.amphi("status", code=None).out
        self.assertIn("Known Now", human)
        self.assertIn("amphi disc show", human)
        self.assertEqual(self.json("status", code=None)["drives"][0]["disc"]["id"], 1)

    def test_the_only_drive_is_the_default_disc(self):
        self.write_config(**{"drives = []": f'drives = ["{self.copy_of_disc("drive.iso")}"]'})
        self.amphi("disc", "scan")
        self.assertEqual(self.json("disc", "show")["disc"]["id"], 1)

    def test_an_image_cannot_be_ejected(self):
        image = self.copy_of_disc("drive.iso")
        self.write_config(**{"drives = []": f'drives = ["{image}"]'})
        self.error("drive", "eject", image, code=2)
        self.assertEqual(self.json("drive", "list")["drives"][0]["path"], str(image))


if __name__ == "__main__":
    harness.main()
