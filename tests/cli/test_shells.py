"""Completions in the real shells, driven through a terminal where the shell needs one."""

import pathlib
import shutil
import subprocess
import time

import harness

COMPLETIONS = harness.ROOT / "completions"


class Shells(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        (self.home / "path" / "amphi").symlink_to(harness.BIN)
        self.env["AMPHI_CATALOG"] = str(self.home / "catalog.db")
        self.disc = self.scan(title="Completion Film")
        shown = self.json("disc", "show", self.disc)
        self.fingerprint = shown["disc"]["fingerprint"]
        config = self.home / "config" / "amphi"
        config.mkdir(parents=True)
        shutil.copyfile(self.config, config / "config.toml")

    def in_terminal(self, shell, setup, typed):
        """Types into an interactive shell under tmux, presses Tab twice, and gives the screen."""
        socket = str(self.home / "tmux.sock")
        tmux = lambda *args: subprocess.run(["tmux", "-S", socket, *args], env=self.env, check=True,
                                            capture_output=True, text=True).stdout
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "200", "-y", "50", *shell)
        self.addCleanup(subprocess.run, ["tmux", "-S", socket, "kill-server"], capture_output=True)

        def wait_for(text):
            for _ in range(100):
                screen = tmux("capture-pane", "-p")
                if text in screen:
                    return screen
                time.sleep(0.1)
            self.fail(f"'{text}' never showed:\n{screen}")

        tmux("send-keys", setup + "; echo rea''dy", "Enter")
        wait_for("ready")
        tmux("send-keys", "clear", "Enter")
        time.sleep(0.3)
        for text, expected in typed:
            tmux("send-keys", "C-c", "")
            tmux("send-keys", "clear", "Enter")
            time.sleep(0.3)
            tmux("send-keys", "-l", text)
            tmux("send-keys", "Tab")
            time.sleep(0.5)
            tmux("send-keys", "Tab")
            wait_for(expected)
        subprocess.run(["tmux", "-S", socket, "kill-server"], capture_output=True)

    @property
    def typed(self):
        short = self.fingerprint[:11]
        return [("amphi disc sh", "amphi disc show"),
                ("amphi disc show dvd-", short),
                ("amphi track edit 1 --track-type behind", "behind_the_scenes"),
                ("amphi process --unt", "--until"),
                ("amphi process --until trans", "transcode"),
                ("amphi track edit 1 --preset-name ti", "tiny")]

    def test_bash(self):
        setup = f". /usr/share/bash-completion/bash_completion; . {COMPLETIONS}/amphi.bash"
        self.in_terminal(["bash", "--norc", "--noprofile"], setup, self.typed)

    def test_zsh(self):
        setup = f"PS1='> '; fpath=({COMPLETIONS} $fpath); autoload -Uz compinit; compinit -u -d {self.home}/zcompdump"
        self.in_terminal(["zsh", "-f"], setup, self.typed)

    def test_fish(self):
        for text, expected in self.typed:
            with self.subTest(text=text):
                out = subprocess.run(["fish", "--no-config", "-c",
                                      f"source {COMPLETIONS}/amphi.fish; complete -C '{text}'"],
                                     env=self.env, capture_output=True, text=True)
                self.assertIn(expected.split()[-1], out.stdout, out.stderr)

    def test_titles_describe_fingerprints(self):
        out = subprocess.run(["fish", "--no-config", "-c",
                              f"source {COMPLETIONS}/amphi.fish; complete -C 'amphi disc show dvd-'"],
                             env=self.env, capture_output=True, text=True)
        self.assertIn("Completion Film", out.stdout)

    def test_a_broken_catalog_makes_no_noise(self):
        (self.home / "catalog.db").write_text("broken" * 1000)
        result = self.amphi("__complete", "--", "amphi", "disc", "show", "", code=None)
        self.assertEqual(result.err, "")


if __name__ == "__main__":
    harness.main()
