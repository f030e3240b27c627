"""What the first migrations import by this name."""

from programme.fiches.models import nouvelle_reference  # noqa: F401
