"""What the README shows is true: its examples run, its two commands are there, its tables fit the program."""

import os
import re
import subprocess

import harness

README = (harness.ROOT / "README.md").read_text()


def block(heading, language="sh"):
    """The fenced blocks of a section."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.S)


class Readme(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        (self.home / "path" / "amphi").write_text(f'#!/bin/sh\nexec {harness.BIN} --config {self.config} "$@"\n')
        (self.home / "path" / "amphi").chmod(0o755)

    def shell(self, line, code=0):
        done = subprocess.run(["bash", "-o", "pipefail", "-c", line], env=self.env, cwd=self.home, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, code, f"{line}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def test_the_jq_examples_run(self):
        disc = self.scan()
        self.want_only(disc, 4, 5)
        self.process(disc, "--tracks", "4")
        examples = [l for b in block("JSON") for l in b.splitlines() if l.strip() and not l.startswith("#")]
        self.assertGreaterEqual(len(examples), 5)
        outputs = {}
        for line in examples:
            with self.subTest(line=line):
                self.assertIn("| jq", line)
                outputs[line] = self.shell(line, code=0)
        text = "\n".join(outputs.values())
        self.assertRegex(text, r"(?m)^5 ")   # the track that is not in the library yet
        self.assertIn("dvd-disc-id 45E55078D9468F0F2426CC58077ACC11", text)
        self.assertIn("/movies/", text)

    def test_the_configuration_shown_is_accepted(self):
        for text in block("Configuration", "toml"):
            path = self.home / "readme.toml"
            path.write_text(text)
            self.amphi("--config", path, "config", "check")

    def test_the_exit_codes_are_the_programs(self):
        codes = {int(c) for c in re.findall(r"^\| (\d) \|", README.split("## Exit codes", 1)[1].split("## ", 1)[0], re.M)}
        self.assertEqual(codes, set(range(9)))

    def test_the_rooms_of_the_picture_exist(self):
        rooms = set(re.findall(r"^\| `lib/(\w+)`", README, re.M))
        self.assertEqual(rooms, {p.name for p in (harness.ROOT / "lib").iterdir() if p.is_dir()})

    def test_every_file_it_names_is_there(self):
        for name in set(re.findall(r"`((?:examples|tests|lib|cmd)/[\w./-]+\.(?:sh|cpp|hpp|py))`", README)):
            self.assertTrue((harness.ROOT / name).exists(), name)

    def test_the_second_command_builds_the_tests_that_the_first_left_out(self):
        build = self.home / "build"
        for options in (["-DAMPHI_TESTS=OFF"], []):   # as the quickstart configures, and as tests/run.sh does
            subprocess.run(["cmake", "-S", harness.ROOT, "--preset", "release", "-B", build, *options], check=True,
                           stdout=subprocess.DEVNULL)
        self.assertIn("AMPHI_TESTS:BOOL=ON", (build / "CMakeCache.txt").read_text())

    def test_no_placeholder_is_left(self):
        self.assertEqual(re.findall(r"^@\w+@$", README, re.M), [])


class Tour(harness.AmphiTest):
    """The two minutes, command by command, in a home whose `srv` stands for /srv. AMPHI_ACCEPT=1 writes what was seen."""

    CONFIG = """
        catalog = "{srv}/amphi/catalog.db"
        drives = ["{srv}/amphi/alien.iso"]
        [folders]
        ripped = "{srv}/amphi/ripped"
        transcoded = "{srv}/amphi/transcoded"
        [transcode]
        preset.dvd = "Very Fast 576p25"
        [library]
        movies = "{srv}/media/Movies"
        """

    def setUp(self):
        super().setUp()
        self.srv = self.home / "srv"
        for name in ("amphi/ripped", "amphi/transcoded", "media/Movies"):
            (self.srv / name).mkdir(parents=True)
        self.image.rename(self.srv / "amphi/alien.iso")
        self.config.write_text(self.CONFIG.format(srv=self.srv))
        (self.home / "path" / "amphi").write_text(f'#!/bin/sh\nexec {harness.BIN} --config {self.config} "$@"\n')
        (self.home / "path" / "amphi").chmod(0o755)

    def run_line(self, line):
        done = subprocess.run(["bash", "-c", line.replace("/srv/", f"{self.srv}/")], env=self.env, cwd=self.home,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
        self.assertIn(done.returncode, (0, 3), f"{line}\n{done.stdout}\n{done.stderr}")
        return done.stdout.replace(f"{self.srv}/", "/srv/")

    @staticmethod
    def comparable(text):
        """Encoders differ in size and lanes in order from run to run; widths follow the length of the home."""
        lines = [re.sub(r"\d+\.\d [kM]B", "SIZE", re.sub(r"\s+", " ", line)).strip() for line in text.splitlines()]
        return sorted(line for line in lines if line)

    def test_every_command_prints_what_it_shows(self):
        shown = block("Two minutes", "console")[0]
        seen = []
        for entry in re.split(r"(?m)^\$ ", shown)[1:]:
            line, _, expected = entry.partition("\n")
            printed = self.run_line(line)   # progress goes to stderr
            seen.append(f"$ {line}\n{printed}")
            if not os.environ.get("AMPHI_ACCEPT"):
                self.assertEqual(self.comparable(printed), self.comparable(expected), line)
        if os.environ.get("AMPHI_ACCEPT"):
            tour = "\n".join(seen)
            (harness.ROOT / "README.md").write_text(README.replace(shown, tour))


class Installed(harness.AmphiTest):
    def test_the_installed_program_works_from_its_places(self):
        build = os.environ.get("AMPHI_BUILD_DIR")
        self.assertTrue(build, "AMPHI_BUILD_DIR is not set")
        root = self.home / "root"
        subprocess.run(["cmake", "--install", build, "--prefix", f"{root}/usr"], check=True, stdout=subprocess.DEVNULL)
        for name in ("bin/amphi", "libexec/amphi/amphi-reader", "libexec/amphi/amphi-media",
                     "share/bash-completion/completions/amphi", "share/zsh/vendor-completions/_amphi",
                     "share/fish/vendor_completions.d/amphi.fish", "share/doc/amphi/README.md",
                     "share/doc/amphi/examples/quickstart.sh", "share/doc/amphi/examples/udev/61-amphi.rules"):
            self.assertTrue((root / "usr" / name).exists(), name)
        env = {k: v for k, v in self.env.items() if k not in ("AMPHI_READER", "AMPHI_MEDIA")}
        amphi = lambda *a: subprocess.run([f"{root}/usr/bin/amphi", "--config", str(self.config), *a], env=env, check=True,
                                          capture_output=True, text=True).stdout
        amphi("disc", "scan", str(harness.PAL / "disc.iso"))
        amphi("process", "1", "--tracks", "4", "--until", "rip")
        self.assertEqual(self.states(1, 4)[0], "done")
        libraries = subprocess.run(["ldd", f"{root}/usr/bin/amphi"], capture_output=True, text=True, check=True).stdout
        self.assertNotIn("libav", libraries)


if __name__ == "__main__":
    harness.main()
