"""What the first migrations import by this name."""

from territoires.agents.models import AgentManager  # noqa: F401
