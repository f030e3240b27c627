"""What a page of the site offers to the person who is signed in."""

from django import template
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def pour_modifier(context):
    """{"objet", "adresse"} of the form of what this page is about, for who may change it.

    That is the `object` of its view, or the `modifiable` that it names instead.
    """
    objet, request = context.get("modifiable", context.get("object")), context.get("request")
    if not isinstance(objet, Model) or request is None:
        return None
    tenu = admin.site._registry.get(type(objet))
    if tenu is None or not tenu.has_change_permission(request, objet):
        return None
    nom = f"admin:{objet._meta.app_label}_{objet._meta.model_name}_change"
    return {"objet": objet, "adresse": reverse(nom, args=[objet.pk])}
