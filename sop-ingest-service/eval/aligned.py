"""Gold clauses and parsed clauses, folded and aligned in order."""

import re
from collections import Counter


def fold(text):
    return re.sub(r"[*_>#|\s]+", " ", text.translate(str.maketrans("’‘“”", "''\"\""))).strip().lower()


def words(text):
    return re.findall(r"[^\W_]+(?:[.,'][^\W_]+)*|[°%≤≥–-]", fold(text))


def share(big, small):
    """How much of `small` is in `big`."""
    return sum((Counter(big) & Counter(small)).values()) / max(1, len(small))


def overlap(a, b):
    """F1 of two lists of words; two empty ones agree."""
    if not a or not b:
        return float(not a and not b)
    recall, precision = share(a, b), share(b, a)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def align(gold, parsed):
    """Pairs (gold index, parsed index, similarity) in order, with the best total similarity."""
    alike = [[overlap(p, g) for p in parsed] for g in gold]
    best = [[0.0] * (len(parsed) + 1) for _ in range(len(gold) + 1)]
    for i, row in enumerate(alike):
        for j, same in enumerate(row):
            best[i + 1][j + 1] = max(best[i][j] + (same if same > 0.5 else 0), best[i][j + 1], best[i + 1][j])
    i, j, pairs = len(gold), len(parsed), []
    while i and j:
        same = alike[i - 1][j - 1]
        if same > 0.5 and abs(best[i][j] - best[i - 1][j - 1] - same) < 1e-9:
            pairs.append((i - 1, j - 1, same))
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
