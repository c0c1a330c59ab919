"""How well questions find their clauses, by meaning, by words and by both."""

import json
import math
import os
import subprocess

from aligned import align, fold, words

WAYS = ("dense", "bm25", "hybrid")


def relevant(question, clauses, number_of):
    """Groups of clause ids, one for each clause that the gold names, and ids of clauses that repeat an answer."""
    groups = [{i for i, n in number_of.items() if n == wanted} for wanted in question.get("clauses", [])]
    long = [fold(a) for a in question["answers"] if len(a) >= 20 or not groups]
    repeats = {c["id"] for c in clauses for a in long if a in fold(c["text"])}
    return groups, repeats


def recall(question, groups, repeats, top):
    if question["kind"] == "multi" and groups:
        return sum(bool(g & top) for g in groups) / len(groups)
    return float(bool(repeats & top) or any(g & top for g in groups))


def gain(ranking, wanted):
    gained = sum(1 / math.log2(at + 2) for at, clause in enumerate(ranking[:10]) if clause in wanted)
    return gained / sum(1 / math.log2(at + 2) for at in range(min(10, max(1, len(wanted)))))


def ask(binary, file, gold_file):
    command = [binary, "evaluate-search", file, gold_file]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=True)
    return json.loads(done.stdout)


def score(binary, file, gold_file, gold, document):
    """Rows of (kind, recall@5, nDCG by way, answerable) and what embedding took."""
    ours, theirs = document["clauses"], gold.get("clauses", [])
    pairs = align([words(c["text"]) for c in theirs], [words(c["text"]) for c in ours])
    number_of = {ours[j]["id"]: theirs[i]["n"] for i, j, _ in pairs}
    report = ask(binary, file, gold_file)
    rows = []
    for question, found in zip(gold["questions"], report["questions"], strict=True):
        row = {"kind": question["kind"], "answerable": found["answerable"]}
        if question["kind"] != "unanswerable":
            groups, repeats = relevant(question, ours, number_of)
            wanted = set().union(*groups) | (repeats if question["kind"] != "multi" or not groups else set())
            for way in WAYS:
                row[f"recall {way}"] = recall(question, groups, repeats, set(found[way][:5]))
                row[f"ndcg {way}"] = gain(found[way], wanted)
        rows.append(row)
    return rows, report


def summary(rows):
    """Means over all questions, and the area under the curve of `answerable`."""
    answered = [r for r in rows if r["kind"] != "unanswerable"]
    refused = [r for r in rows if r["kind"] == "unanswerable"]
    out = {}
    for key in [f"{what} {way}" for what in ("recall", "ndcg") for way in WAYS]:
        out[key] = sum(r[key] for r in answered) / len(answered)
    pairs = [(a["answerable"], b["answerable"]) for a in answered for b in refused]
    out["auc"] = sum((a > b) + 0.5 * (a == b) for a, b in pairs) / len(pairs) if pairs else None
    return out
