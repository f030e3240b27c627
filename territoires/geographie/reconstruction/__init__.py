"""Rebuild the geographic fixtures from public archives: pure functions over files, no model.

`archives` knows the source files, `decoupage` the administrative tables, `contours` the outlines,
`ecriture` the CSV files; `tout` puts them together.
"""
