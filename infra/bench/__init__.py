"""Measurements of the whole: infra/bench/run."""
