from . import assemblees, intervenants, sequences  # noqa: F401  they register
