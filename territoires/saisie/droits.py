"""Who may send again, in its own name, what another agent had typed."""

from django.contrib.auth.mixins import PermissionRequiredMixin

from territoires.saisie.rendue import Saisie


def peut_envoyer(request, saisie: Saisie):
    """The right is known to be there: a page that cannot tell is left to whoever wrote."""
    fonction, nom, arguments = saisie.page()
    if admin := getattr(fonction, "model_admin", None):
        return _dans_l_administration(request, admin, nom, arguments)
    vue = getattr(fonction, "view_class", None)
    if vue and issubclass(vue, PermissionRequiredMixin):
        return request.user.has_perms(vue(request=request).get_permission_required())
    return False


def _dans_l_administration(request, admin, nom, arguments):
    if nom.endswith("_add"):
        return admin.has_add_permission(request)
    if nom.endswith("_change"):
        objet = admin.get_queryset(request).filter(pk=arguments["object_id"]).first()
        return objet is not None and admin.has_change_permission(request, objet)
    return False
