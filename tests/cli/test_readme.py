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

    def test_no_placeholder_is_left(self):
        self.assertEqual(re.findall(r"^@\w+@$", README, re.M), [])


class Installed(harness.AmphiTest):
    def test_the_installed_program_works_from_its_places(self):
        build = os.environ.get("AMPHI_BUILD_DIR")
        self.assertTrue(build, "AMPHI_BUILD_DIR is not set")
        root = self.home / "root"
        subprocess.run(["cmake", "--install", build, "--prefix", f"{root}/usr"], check=True, stdout=subprocess.DEVNULL)
        for name in ("bin/amphi", "libexec/amphi/amphi-media",
                     "share/bash-completion/completions/amphi", "share/zsh/vendor-completions/_amphi",
                     "share/fish/vendor_completions.d/amphi.fish", "share/doc/amphi/README.md",
                     "share/doc/amphi/examples/quickstart.sh", "share/doc/amphi/examples/udev/61-amphi.rules"):
            self.assertTrue((root / "usr" / name).exists(), name)
        env = {k: v for k, v in self.env.items() if k != "AMPHI_MEDIA"}
        amphi = lambda *a: subprocess.run([f"{root}/usr/bin/amphi", "--config", str(self.config), *a], env=env, check=True,
                                          capture_output=True, text=True).stdout
        amphi("disc", "scan", str(harness.PAL / "disc.iso"))
        amphi("process", "1", "--tracks", "4", "--until", "rip")
        self.assertEqual(self.states(1, 4)[0], "done")
        libraries = subprocess.run(["ldd", f"{root}/usr/bin/amphi"], capture_output=True, text=True, check=True).stdout
        self.assertNotIn("libav", libraries)


if __name__ == "__main__":
    harness.main()
