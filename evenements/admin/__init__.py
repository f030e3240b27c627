import evenements.editorial.admin  # noqa: F401

from . import assemblees, intervenants, sequences  # noqa: F401  they register
