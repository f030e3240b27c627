from . import agents, carte, geographie  # noqa: F401  they register
