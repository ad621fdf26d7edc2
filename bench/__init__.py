"""The one benchmark: the product against floors, side by side, on a real pseudo-terminal. See docs/benchmark.md."""
