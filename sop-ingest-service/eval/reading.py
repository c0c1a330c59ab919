"""How well files are read: clauses, kinds, literals, procedures, slots, terms, weak places."""

import re
from collections import defaultdict

from aligned import align, fold, overlap, words

PROPOSALS = 60
SLOTS = ("actor", "object", "condition", "time")


def squeezed(text):
    return re.sub(r"[\s\u202f\u00a0]", "", fold(text))


def same_literal(a, b):
    return bool(a and b) and (a in b or b in a)


def ratio(pairs):
    """From (right, all) tuples."""
    right, total = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
    return right / total if total else None


def kendall(order):
    """1 minus the normalised number of pairs in the wrong order."""
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
    return sum(a < b for a, b in pairs) / len(pairs) if pairs else 1.0


def slot(clause, name):
    value = clause["slots"].get(name)
    return (value if isinstance(value, str) else value["text"]) if value else None


def terms_found(gold, document):
    proposed = [fold(t["term"]) for t in document["terms"][:PROPOSALS]]
    plain = lambda t: re.sub(r"(?:es|s)\b", "", re.sub(r"[^\w ]", "", fold(t)))
    proposed = {plain(t) for t in proposed}
    return sum(plain(t["term"]) in proposed for t in gold["terms"])


def procedures_found(gold, document, number_of):
    """(found, in the right order, ordered ones found, all): a gold procedure is found when its steps are steps of one of ours."""
    ours = []
    for procedure in document["procedures"]:
        ours.append([number_of.get(step["clause_id"]) for step in procedure["steps"]])
    found = right = ordered = 0
    wanted = [p for p in gold["procedures"] if len(p["steps"]) > 1]
    for procedure in wanted:
        steps = procedure["steps"]
        best = max(ours, key=lambda o: len(set(o) & set(steps)), default=[])
        hit = [n for n in best if n in steps]
        if len(set(hit)) >= 0.8 * len(steps):
            found += 1
            if procedure["ordered"]:
                ordered += 1
                right += kendall(hit) == 1.0
    return found, right, ordered, len(wanted)


def score(gold, document):
    """Counts (right, all) by name for one document."""
    ours, theirs = document["clauses"], gold["clauses"]
    pairs = align([words(c["text"]) for c in theirs], [words(c["text"]) for c in ours])
    good = sum(same >= 0.9 for _, _, same in pairs)
    counts = {"clauses": (2 * good, len(theirs) + len(ours))}
    for key in ("kind", "negated", "modality"):
        counts[key] = (sum(theirs[i].get(key) == ours[j].get(key) for i, j, _ in pairs), len(pairs))
    wanted = [squeezed(x) for c in theirs for x in c.get("literals", [])]
    got = [squeezed(x["text"]) for c in ours for x in c["literals"]]
    counts["literal recall"] = (sum(any(same_literal(w, g) for g in got) for w in wanted), len(wanted))
    counts["literal precision"] = (sum(any(same_literal(w, g) for w in wanted) for g in got), len(got))
    for name in SLOTS:
        each = []
        for i, j, _ in pairs:
            if theirs[i]["kind"] in ("heading", "table-row"):
                continue
            each.append(overlap(words(theirs[i].get(name) or ""), words(slot(ours[j], name) or "")))
        counts[f"slot {name}"] = (sum(each), len(each))
    filled = defaultdict(list)
    for i, j, _ in pairs:
        value = slot(ours[j], "object")
        if value and theirs[i]["kind"] not in ("heading", "table-row"):
            filled["object"].append(overlap(words(theirs[i].get("object") or ""), words(value)))
    counts["object precision"] = (sum(filled["object"]), len(filled["object"]))
    counts["terms"] = (terms_found(gold, document), len(gold["terms"]))
    number_of = {ours[j]["id"]: theirs[i]["n"] for i, j, _ in pairs}
    found, right, ordered, total = procedures_found(gold, document, number_of)
    counts["procedures found"], counts["order right"] = (found, total), (right, ordered)
    hard = {(d["kind"], d["clause"]) for d in gold["defects"] if "(soft)" not in d.get("note", "")}
    reported = {(d["kind"], number_of.get(d["clause_id"])) for d in document["defects"]}
    counts["defects"] = (len(hard & reported), len(hard))
    return counts
