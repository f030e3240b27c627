"""Buttons « Exporter » and « Importer » for any ModelAdmin that has a resource."""


class EchangesAdmin:
    """Mixin of a ModelAdmin; the resource says which columns go in and out."""

    resource_class = None
    change_list_template = "admin/echanges/liste.html"
