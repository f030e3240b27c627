"""Waiting for a page whose policy of contents refuses the text that Playwright evaluates."""

import time

SECONDES = 10


def attendre(page, expression, argument=None):
    """Until this JavaScript is true of the page."""
    fin = time.monotonic() + SECONDES
    while not page.evaluate(expression, argument):
        assert time.monotonic() < fin, expression
        page.wait_for_timeout(50)
