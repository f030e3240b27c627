from django import template

register = template.Library()


@register.filter
def noms(codes, libelles):
    """The names of these codes, comma separated; a code without name stays as it is."""
    return ", ".join(libelles.get(code, code) for code in codes)
