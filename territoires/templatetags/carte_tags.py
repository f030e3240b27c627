from django import template

from territoires.editions.dates import date_en_texte

register = template.Library()


@register.filter
def noms(codes, libelles):
    """The names of these codes, comma separated; a code without name stays as it is."""
    return ", ".join(libelles.get(code, code) for code in codes)


register.filter("date_edition", date_en_texte)
