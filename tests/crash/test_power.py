"""The power fails at a system call: the file systems lose all that was not made durable, everything dies. Kills never show
a missing fsync; this does. The catalog lies beside the files, and on a file system of its own, where nothing that SQLite
makes durable takes the files along."""

import scenarios
import sweep

# name: (scenario, where: the home's file system, and which of catalog and library have their own)
ARRANGEMENTS = {
    "together": (scenarios.Fresh, "ext4", ()),
    "catalog_apart": (scenarios.Fresh, "ext4", ("catalog",)),
    "library_apart": (scenarios.Copy, "ext4", ("library",)),
    "exchange": (scenarios.Reprocess, "ext4", ("catalog",)),
    "reset": (scenarios.Reset, "ext4", ("catalog",)),
    "migrate": (scenarios.Migrate, "ext4", ()),
    "xfs": (scenarios.Fresh, "xfs", ("catalog",)),
}


def open_arrangement(test, name):
    """The scenario's home on its file systems, and the calls of its undisturbed run."""
    scenario, kind, apart = ARRANGEMENTS[name]
    home = test.ground.file_system("home", kind)
    folders = {what: test.ground.file_system(what, kind) for what in apart}
    test.settle_down(scenario(), home=home, catalog_folder=folders.get("catalog"), library=folders.get("library"))
    return test.learn(test.scenario)


def cut_everything(test):
    return [option for cut in test.ground.cuts() for option in ("--cut", cut)]


@sweep.a_test_per(ARRANGEMENTS)
class Cuts(sweep.SweepTest):
    def each(self, name):
        calls = open_arrangement(self, name)
        for role in ("coordinator", "step", "media"):
            chosen = sweep.sample(sweep.of_role(calls, role), 3)
            if chosen:
                self.sweep(f"power cut, {name}, {role}", chosen, lambda call: [cut_everything(self)])
        self.demand_unbroken()


if __name__ == "__main__":
    sweep.harness.main()
