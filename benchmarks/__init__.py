"""What is measured, and against what: `python -m benchmarks` prints ratios taken in one run."""
