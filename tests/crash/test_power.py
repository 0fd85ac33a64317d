"""The power fails at a system call: the file systems lose all that was not made durable, everything dies. Kills never show
a missing fsync; this does. The catalog lies beside the files, and on a file system of its own, where nothing that SQLite
makes durable takes the files along."""

import scenarios
import sweep

FEW = 2
SYNCS = {"fsync", "fdatasync", "sync", "syncfs", "sync_file_range", "msync"}

# name: (scenario, where: the home's file system, and which of catalog and library have their own)
ARRANGEMENTS = {
    **{name: (scenario, "ext4", ("library",) if scenario.library_elsewhere else ())
       for name, scenario in scenarios.ALL.items()},
    **{f"{name}_catalog_apart": (scenario, "ext4", ("catalog", "library") if scenario.library_elsewhere else ("catalog",))
       for name, scenario in scenarios.ALL.items()},
    **{f"fresh_{kind}": (scenarios.Fresh, kind, ("catalog",)) for kind in ("xfs", "btrfs")},
}


def open_arrangement(test, name):
    """The scenario's home on its file systems, and the calls of its undisturbed run."""
    scenario, kind, apart = ARRANGEMENTS[name]
    home = test.ground.file_system("home", kind)
    folders = {what: test.ground.file_system(what, kind) for what in apart}
    test.settle_down(scenario(), home=home, catalog_folder=folders.get("catalog"), library=folders.get("library"))
    return test.learn(test.scenario)


def one_per_interval(calls):
    """Nothing becomes durable between two syncs, and everything dies, whoever makes the call: the cut before a sync stands
    for all since the one before it, and the last call for those after the last sync."""
    return [call for call in calls if call.name in SYNCS] + [sweep.of_role(calls, "coordinator")[-1]]


@sweep.a_test_per(ARRANGEMENTS)
class Cuts(sweep.SweepTest):
    def each(self, name):
        calls = one_per_interval(open_arrangement(self, name))
        self.sweep(f"power cut, {name}", sweep.sample(calls, FEW), lambda call: [self.ground.cut()])
        self.demand_unbroken()


if __name__ == "__main__":
    sweep.harness.main()
