"""The page of a territoire as it was on a day: `?le=2024-01-15`."""

from django.shortcuts import redirect, render

from territoires.carte.dessin.situations import dessin_de_territoire
from territoires.ecrites import ecrite
from territoires.editions.dates import jour_en_texte
from territoires.editions.models import MembrePerimetre
from territoires.portraits.lecture import ChoisirUnJour, Lecture
from territoires.portraits.parentes import a_confirmer, chronologie


def lire(request, territoire):
    """The page of that day; a day that cannot be read is told, with the form to choose another."""
    formulaire = ChoisirUnJour(request.GET)
    contexte = {"territoire": territoire, "formulaire": formulaire}
    if not formulaire.is_valid():
        gabarit = "territoires/portraits/jour_illisible.html"
        return render(request, gabarit, contexte, status=400)
    lecture = Lecture(territoire, formulaire.cleaned_data["le"])
    if request.GET.urlencode() != f"le={lecture.le:%Y-%m-%d}":
        return redirect(lecture.adresse)  # one day has one address
    contexte |= _contexte(lecture, request)
    return render(request, "territoires/portraits/territoire_au.html", contexte)


def _contexte(lecture, request):
    perimetre = lecture.perimetre
    etapes = [e for e in chronologie(lecture.territoire) if e.edition.date <= lecture.le]
    return {
        "lecture": lecture,
        "ce_jour": jour_en_texte(lecture.le),
        "membres": membres_de(perimetre) if perimetre else [],
        "carte": dessin_de_territoire(perimetre) if perimetre else None,
        "en_vigueur": perimetre is not None and perimetre.edition == lecture.edition,
        "chronologie": etapes,
        "liens_proposes": a_confirmer(etapes),
        "canonique": request.build_absolute_uri(lecture.adresse),
    }


def membres_de(perimetre):
    """Its members, with what their row says of each."""
    return _membres(perimetre.pk)


@ecrite
def _membres(perimetre):
    return MembrePerimetre.objects.filter(perimetre=perimetre).select_related(
        "intercommunalite", "commune__intercommunalite", "commune__departement"
    )
