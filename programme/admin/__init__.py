from . import comites, contrats, fiches, partenaires, pratiques  # noqa: F401  they register
