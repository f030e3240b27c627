"""Themes are read by every agent, kept by the délégation."""

from territoires.permissions import reference

reference("programme.theme")
