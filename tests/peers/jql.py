"""Compares our JQL dialect with the official command line on pairs that the example `jql_pairs` writes.

Usage: python jql.py SEMANTICS.md PAIRS

Every deliberate difference is a rule below, and SEMANTICS.md says why. A rule is recognised by its effect: with the command line changed in that
one respect, it must say what we say. Whatever no rule explains is a failure, and so is a rule that explains nothing.
"""

import json
import re
import sys
from collections import Counter
from contextlib import contextmanager

from netskope_cli.core import filtering

REFUSED = None  # what both sides say of a text that is no query
MOST_EXCUSED = 0.05  # of all pairs
LEAST_OF_EACH = 0.20  # of all pairs, for true and for false
MOST_SHOWN = 20
TABLE = "| Difference |"  # how the table in the documentation begins

RULES = {}  # name -> function that gives the replaced parts of the command line


def rule(name):
    def add(function):
        RULES[name] = function
        return function

    return add


@rule("line ends")
def line_ends():
    original = filtering.glob_to_regex
    return {"glob_to_regex": lambda pattern: re.compile(original(pattern).pattern, re.IGNORECASE | re.DOTALL)}


@rule("objects and lists")
def objects_and_lists():
    original = filtering.like_match
    return {"like_match": lambda value, pattern: not isinstance(value, (dict, list)) and original(value, pattern)}


@rule("letters one by one")
def letters_one_by_one():
    def fold(text):
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text) if isinstance(text, str) else text

    def folded(original):
        return lambda actual, expected: original(fold(actual), fold(expected))

    def exact(pattern):
        regex = glob_to_regex(pattern)
        return re.compile(regex.pattern, regex.flags & ~re.IGNORECASE)

    def like(value, pattern):
        return like_match(fold(str(value) if isinstance(value, bool) else value), fold(pattern))

    glob_to_regex, like_match = filtering.glob_to_regex, filtering.like_match
    return {
        "_equals": folded(filtering._equals),
        "_order": folded(filtering._order),
        "like_match": like,
        "glob_to_regex": exact,
    }


@rule("words as written")
def words_as_written():
    def written(number, text):
        return type("Written", (type(number),), {"__str__": lambda self: text})(number)

    class Parser(filtering._Parser):
        def parse_value(self, op):
            token = self.cur
            value = super().parse_value(op)
            if op == "like" or isinstance(value, bool) and not token.value.islower():
                return token.value
            return written(value, token.value) if token.kind == "number" else value

    return {"_Parser": Parser}


@rule("digits")
def digits():
    return {"_NUMBER_RE": re.compile(filtering._NUMBER_RE.pattern, re.ASCII)}


@rule("exponents")
def exponents():
    def shown(value):
        """A number of a record as JSON writes it."""
        return re.sub(r"e(.)0+", r"e\1", str(value)) if isinstance(value, float) else value

    def beside_text(original):
        def compare(actual, expected):
            return original(actual if filtering._as_number(expected) is not None else shown(actual), expected)

        return compare

    like = filtering.like_match
    return {
        "_equals": beside_text(filtering._equals),
        "_order": beside_text(filtering._order),
        "like_match": lambda value, pattern: like(shown(value), pattern),
    }


@rule("backslashes")
def backslashes():
    class Escapes(dict):
        def get(self, key, default):
            return super().get(key, "\\" + default)

    return {"_ESCAPES": Escapes({c: c for c in "\\'\""})}


@rule("empty lists")
def empty_lists():
    class Parser(filtering._Parser):
        def parse_list(self, op):
            return super().parse_list(op) or self.fail(op)

        def fail(self, op):
            raise self.error(f"nothing to look for after {op}")

    return {"_Parser": Parser}


@rule("places in lists")
def places_in_lists():
    return {"_INDEX_RE": re.compile("(?!)")}


@contextmanager
def applied(rules):
    before = {}
    try:
        for make in rules:
            for name, replacement in make().items():
                before.setdefault(name, getattr(filtering, name))
                setattr(filtering, name, replacement)
        yield
    finally:
        for name, value in before.items():
            setattr(filtering, name, value)


def verdict(pair):
    try:
        return filtering.parse_filter(pair["peer"]).evaluate(pair["record"])
    except filtering.FilterSyntaxError:
        return REFUSED


def explanation(pair):
    """The names of the rules that explain a difference: one, or else all at once; None where they do not."""
    for names in [[name] for name in RULES] + [list(RULES)]:
        with applied(RULES[name] for name in names):
            if verdict(pair) == pair["ours"]:
                return names[0] if len(names) == 1 else "several at once"
    return None


def documented(path):
    """The names in the first column of the table of differences."""
    with open(path, encoding="utf-8") as file:
        _, _, table = file.read().partition(TABLE)
    return re.findall(r"^\| `(.*?)` \|", table.partition("\n\n")[0], re.MULTILINE)


def operators(query, verdict):
    """The operator of a query that is one comparison."""
    expr = filtering.parse_filter(query)
    return {(expr.op, verdict)} if isinstance(expr, filtering.Comparison) else set()


def complaints(said, excused, unexplained, seen):
    pairs = sum(said.values())
    for pair in unexplained[:MOST_SHOWN]:
        yield f"not explained: {json.dumps(pair, ensure_ascii=False)}: the command line says {verdict(pair)}"
    if unexplained:
        yield f"{len(unexplained)} differences are explained by no rule"
    if pairs == 0 or sum(excused.values()) > MOST_EXCUSED * pairs:
        yield f"more than {MOST_EXCUSED:.0%} of the pairs are excused by rules"
    for answer in (True, False):
        if said[answer] < LEAST_OF_EACH * pairs:
            yield f"fewer than {LEAST_OF_EACH:.0%} of the pairs are {answer}"
    for name in RULES:
        if not excused[name]:
            yield f"the rule `{name}` explains no pair"
    for op in filtering._WORD_OPS + ("not in",):
        if {(op, True), (op, False)} - seen:
            yield f"no pair with `{op}` alone both matches and does not"


def main(semantics, pairs):
    said, excused, unexplained, seen = Counter(), Counter(), [], set()
    for pair in map(json.loads, open(pairs, encoding="utf-8")):
        peer = verdict(pair)
        said[pair["ours"]] += 1
        if peer == pair["ours"]:
            seen |= operators(pair["peer"], peer) if peer is not REFUSED else set()
            continue
        name = explanation(pair)
        if name is None:
            unexplained.append(pair)
        else:
            excused[name] += 1
    print(f"{sum(said.values())} pairs: {said[True]} match, {said[False]} do not, {said[REFUSED]} are no query")
    for name, count in excused.most_common():
        print(f"{count:6} excused: {name}")
    failures = list(complaints(said, excused, unexplained, seen))
    for name in set(documented(semantics)) ^ set(RULES):
        failures.append(f"`{name}` is not both a rule here and a difference in {semantics}")
    for failure in failures:
        print(f"error: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
