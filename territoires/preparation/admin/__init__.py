from . import editions  # noqa: F401  it registers
