from . import fiches  # noqa: F401  it registers
