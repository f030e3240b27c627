from . import agents, carte, contours, geographie  # noqa: F401  they register
