"""Every class of tests is one of ctest's and waits for the discs it reads, every fuzz target one of those that are run, every
mutation changes a line that is there: what nobody names never runs."""

import ast
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "fuzz")]
import fuzz
import mutate
import seeds


def classes_with_tests(path):
    """Names of the classes that have tests, by a method or by a decorator; bases of others need not be run themselves."""
    classes = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]
    methods = lambda node: [m.name for m in node.body if isinstance(m, ast.FunctionDef)]
    return {c.name for c in classes if c.decorator_list or any(name.startswith("test_") for name in methods(c))}


class Registered(unittest.TestCase):
    def test_every_class(self):
        registered = {}
        for words in re.findall(r"^amphi_scenario\(([^)]*)\)", (TESTS / "CMakeLists.txt").read_text(), re.M):
            folder, file, *names = words.partition(" DISCS ")[0].split()
            registered.setdefault((folder, file), set()).update(names)
        found = {(path.parent.name, path.stem): classes_with_tests(path) for folder in ("cli", "crash", "media")
                 for path in sorted((TESTS / folder).glob("test_*.py"))}
        self.assertGreater(len(found), 20)
        missing = {key: sorted(names - registered.get(key, set())) for key, names in found.items()}
        self.assertEqual({key: names for key, names in missing.items() if names}, {})

    def test_every_disc(self):
        """A test waits for the discs that its file names."""
        made = set(re.search(r"^foreach\(disc ([^)]*)\)", (TESTS / "CMakeLists.txt").read_text(), re.M)[1].split())
        self.assertGreater(len(made), 5)
        for words in re.findall(r"^amphi_scenario\(([^)]*)\)", (TESTS / "CMakeLists.txt").read_text(), re.M):
            (folder, file, *_), _, discs = words.split(), *words.partition(" DISCS ")[1:]
            named = set(re.findall(r"""["']([a-z0-9-]+)(?:/[^"']*)?["']""", (TESTS / folder / f"{file}.py").read_text())) & made
            with self.subTest(file=file):
                self.assertLessEqual(named, set(discs.split()))
                self.assertLessEqual(set(discs.split()), made)

    def test_every_fuzz_target(self):
        built = set(re.findall(r"^amphi_fuzz\((\w+)", (TESTS / "fuzz/CMakeLists.txt").read_text(), re.M))
        self.assertGreater(len(built), 10)
        self.assertEqual((set(fuzz.LONGEST), set(seeds.MADE)), (built, built))

    def test_every_mutation(self):
        for number, file, old, *_ in mutate.mutations():
            with self.subTest(number=number, file=file, old=old):
                lines = (TESTS.parent / file).read_text().splitlines()
                self.assertEqual(sum(old in line for line in lines), 1)


if __name__ == "__main__":
    unittest.main()
