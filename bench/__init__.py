"""Benchmarks: each prints ratios against a named baseline that it measures in the same run, and fails on no time."""
