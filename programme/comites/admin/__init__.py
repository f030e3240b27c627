from . import comites  # noqa: F401  it registers
