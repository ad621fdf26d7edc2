"""The rules: pure functions over views and plain values. No SQL, no clock, no I/O."""
