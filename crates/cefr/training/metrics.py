"""Quadratic weighted kappa and its companions, on bands 1 to 6."""
import numpy as np


def band(score):
    return np.clip(np.floor(np.asarray(score) + 0.5).astype(int), 1, 6)


def qwk(a, b, k=6):
    table = np.zeros((k, k))
    np.add.at(table, (np.asarray(a) - 1, np.asarray(b) - 1), 1)
    weights = (np.arange(k)[:, None] - np.arange(k)) ** 2
    expected = np.outer(table.sum(1), table.sum(0)) / len(a)
    return 1 - (weights * table).sum() / (weights * expected).sum()


def within_one(a, b, p):
    return np.mean(np.minimum(abs(a - p), abs(b - p)) <= 1)


def macro_f1(y, p):
    scores = []
    for c in sorted(set(y)):
        hit, false, missed = ((y == c) & (p == c)).sum(), ((y != c) & (p == c)).sum(), ((y == c) & (p != c)).sum()
        scores.append(2 * hit / (2 * hit + false + missed) if hit else 0.0)
    return float(np.mean(scores))


def nearest_f1(a, b, p):
    """Macro-F1 where either annotator's level is right, as in the paper of the data set."""
    return macro_f1(np.where(abs(a - p) <= abs(b - p), a, b), p)
