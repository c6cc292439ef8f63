#!/usr/bin/env python3
"""Tests check_sums.py: each line alone is found, or is not."""
import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).resolve().parent / "check_sums.py"

FOUND = {
    "two strings": "const auto path = folder + name;",
    "a literal": 'auto path = folder() + u"/x"_s;',
    "a reference": "const auto& path = folder + name;",
    "a forwarding reference": "auto&& path = folder + name;",
    "braces": "const auto path{folder + name};",
    "one branch of a choice": "const auto text = isNew ? a + b : QString();",
    "a choice by comparison": "const auto text = a == b ? a + b : QString();",
    "over two lines": "const auto text = first() +\n    second();",
    "a lambda": "const auto made = map([](const QString& a) { return a + b; });",
    "a lambda without parameters": "run([&] { return a + b; });",
    "a function": "auto made(const QString& a)\n{\n    return a + b;\n}",
    "a quotation mark between": "const auto text = a + u'\"' + b;",
    "a number within a call": "const auto text = a.mid(1) + b;",
}

PASSED = {
    "a named type": "const QString path = folder + name;",
    "a named result": "const auto made = map([](const QString& a) -> QString { return a + b; });",
    "a named result of a function": "QString made(const QString& a) { return a + b; }",
    "within a call": "const auto path = clean(folder + name);",
    "a pointer": "auto* end = begin + size;",
    "a number": "const auto next = at + 1;",
    "a comparison": "const auto isFull = size + more <= most;",
    "a comparison in a lambda": "find([](const auto& o) { return word == dashes + o; });",
    "an increment": "const auto before = count++;",
    "in a literal": 'const auto text = u"a + b"_s;',
    "in a comment": "const auto text = a; // a + b",
    "a later argument": "const auto text = f(a, b); g(a + b);",
}


def is_found(text):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        return subprocess.run([CHECK, file.name], stdout=subprocess.DEVNULL, check=False).returncode == 1


def main():
    wrong = [f"not found: {name}" for name, text in FOUND.items() if not is_found(text)]
    wrong += [f"found: {name}" for name, text in PASSED.items() if is_found(text)]
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
