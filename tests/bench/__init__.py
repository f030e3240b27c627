"""Measures beside a reference taken in the same run: `make bench`, `make bench carte`."""
