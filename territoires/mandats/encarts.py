"""The way from the page of a territoire to its mandats, for who keeps them."""

from territoires.encarts import encart


@encart("territoire-liens", "territoires/mandats/_lien.html", rang=90)
def lien_des_mandats(territoire, request):
    """Who is signed in and works for this territoire, and nobody else."""
    user = getattr(request, "user", None)
    if user is None or not user.has_perm("territoires.view_mandat", territoire):
        return None
    return {"territoire": territoire}
