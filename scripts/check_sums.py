#!/usr/bin/env python3
"""Fails, and names the lines, where a type that is deduced may be that of a sum of strings.

With QT_USE_QSTRINGBUILDER the sum of strings is no string but a QStringBuilder that refers to its operands, and
temporaries among them are gone at the end of the statement: `const auto path = folder() + u"/x"_s;` crashes, and so
does a lambda without a return type that returns such a sum. Types are not known here, so every sum has to name its
type, unless it is evident that it holds no string: a pointer, a comparison, or one that adds a
number that is written out.

check_sums.py [FILE...]    the files given, else all sources.
"""
import pathlib
import re
import sys

FOLDERS = ("app", "bench", "core", "tests", "ui")
VARIABLE = re.compile(r"\bauto\b\s*(?:&&|&)?\s*\w+\s*(?:=(?!=)|\{|\()\s*")
LAMBDA = re.compile(r"\](?:\s*\((?:[^()]|\([^()]*\))*\))?\s*(?:mutable\s*|noexcept\s*)*\{")
FUNCTION = re.compile(r"\bauto\s+\w+\s*\((?:[^()]|\([^()]*\))*\)\s*(?:const\s*|noexcept\s*)*\{")
RETURN = re.compile(r"\breturn\b\s*")
SUM = re.compile(r"(?<!\+)\+(?![+=])")
COMPARISON = re.compile(r"[=!<>]=|&&|\|\|")
NUMBER = re.compile(r"(?:^|[+\-])\s*\d[\w'.]*\s*(?:[+\-)]|$)")
BLANKED = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)u?\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)


def blank(text):
    """Comments and what stands between quotes give way to spaces; places and lines stay."""
    return BLANKED.sub(lambda found: re.sub(r"[^\n\"]", " ", found.group()), text)


def end_of(text, at, ends=";"):
    """Where the expression that begins at `at` ends, and what of it stands in no brackets of its own."""
    depth, top = 0, []
    while at < len(text):
        char = text[at]
        if depth == 0 and (char in ends or char in ")]}"):
            break
        if char in "([{":
            depth += 1
        if depth == 0:
            top.append(char)
        if char in ")]}":
            depth -= 1
        at += 1
    return at, "".join(top)


def is_doubtful_sum(top):
    value = top.split("?", 1)[-1]  # the choice of two values is no value itself
    return SUM.search(value) is not None and NUMBER.search(value) is None and COMPARISON.search(value) is None


def body_returns(text, opening):
    """The places after `return` of the body whose brace is at `opening`, those of lambdas within it, too."""
    closing, _ = end_of(text, opening + 1, "")
    return (found.end() for found in RETURN.finditer(text, opening, closing))


def doubtful(text):
    text = blank(text)
    places = {found.end() for found in VARIABLE.finditer(text)}
    for pattern in (LAMBDA, FUNCTION):
        for found in pattern.finditer(text):
            places.update(body_returns(text, found.end() - 1))
    for place in sorted(places):
        _, top = end_of(text, place)
        if is_doubtful_sum(top):
            yield text.count("\n", 0, place) + 1


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    files = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(
        path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in (".h", ".cpp"))
    found = False
    for path in files:
        lines = path.read_text(encoding="utf-8")
        for number in doubtful(lines):
            print(f"{path}:{number}: name the type of this sum: {lines.splitlines()[number - 1].strip()}")
            found = True
    return 1 if found else 0


sys.exit(main())
