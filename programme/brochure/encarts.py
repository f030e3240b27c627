"""The brochure, offered on the page of its territoire."""

from territoires.encarts import encart


@encart("territoire-liens", "programme/brochure/_lien.html", rang=10)
def lien_de_la_brochure(territoire, request):
    return {"territoire": territoire}
