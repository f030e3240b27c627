"""Every resource of the applications, by name, in the order in which their files load."""

_RESOURCES = {}


def inscrire(classes):
    """What an app brings in and out as files, told when the app is ready, in loading order."""
    _RESOURCES.update({classe._meta.nom: classe for classe in classes})


def resources():
    """{name: resource class}, in the order in which their files load."""
    return _RESOURCES
