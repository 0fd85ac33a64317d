"""SIGKILL at a system call that changes something: of the coordinator, of the step alone and of everything with it, of
the workers and of the tool. Unless AMPHI_SWEEP_CASES says otherwise: every call in the first run of one short track, and
samples of the rest (of pages that SQLite writes in a row the first and the last at most)."""

import errno

import scenarios
import sweep


FEW = 2


def options_of(call):
    """A step that dies alone leaves a coordinator that goes on; that is tried at every call only where all are wanted."""
    if call.role != "step":
        return [["--kill"]]
    alone = sweep.CASES == "all" or call.number % 8 == 0
    return [["--kill-all"], ["--kill"]] if alone else [["--kill-all"]]


def kill_at_each(test, name, limits):
    calls = sweep.open_scenario(test, scenarios.ALL[name]())
    for role in sweep.ROLES:
        chosen = sweep.sample(sweep.of_role(calls, role), limits[role])
        if chosen:
            test.sweep(f"SIGKILL, {name}, {role}", chosen, options_of)
    test.demand_unbroken()


class FirstRun(sweep.SweepTest):
    def test_fresh(self):
        kill_at_each(self, "fresh", dict.fromkeys(sweep.ROLES, sweep.EVERY))


@sweep.a_test_per([name for name in scenarios.ALL if name != "fresh"])
class Kills(sweep.SweepTest):
    def each(self, name):
        kill_at_each(self, name, dict.fromkeys(sweep.ROLES, FEW))


class Poor(sweep.SweepTest):
    """On file systems without RENAME_NOREPLACE, RENAME_EXCHANGE and, where `links` says so, hard links."""

    def publish_poorly(self, scenario, links):
        self.refused = ["--refuse", f"renameat2={errno.EINVAL}"] + ([] if links else ["--refuse", f"linkat={errno.EPERM}"])
        self.settle_down(scenario)
        calls = sweep.of_role(self.learn(scenario), "step")
        near = [c for c in calls if ".amphi-" in c.path or c.path.endswith(".mkv") or c.name in ("fsync", "exit_group")]
        self.sweep(f"SIGKILL, {'no RENAME_NOREPLACE' if links else 'no hard links either'}, "
                   f"{type(scenario).__name__.lower()}, step", sweep.sample(near, 6),
                   lambda call: [["--kill-all"]])
        self.demand_unbroken()

    def test_without_rename_noreplace(self):
        self.publish_poorly(scenarios.Fresh(), links=True)

    def test_without_hard_links(self):
        self.publish_poorly(scenarios.Fresh(), links=False)

    def test_an_exchange_without_rename_exchange(self):
        self.publish_poorly(scenarios.Reprocess(), links=True)


if __name__ == "__main__":
    sweep.harness.main()
