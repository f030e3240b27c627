"""The pages of a séance around the avis: its agenda, its presences, its closing."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from programme.comites import conduite, releve
from programme.comites.dossier import etat
from programme.comites.models import (
    ComiteDePilotage,
    DemandePerimetre,
    PointOrdreDuJour,
    Presence,
    Seance,
)
from programme.comites.models.seances import intitule, par_genre
from programme.comites.ordre_du_jour import (
    avis_par_region,
    avis_techniques,
    demandes_detaillees,
    en_attente,
    fiches_detaillees,
    modifications_detaillees,
    points,
    trop_ancienne,
)
from programme.comites.suites import suite
from programme.ecritures import jour
from programme.fiches.models import FicheAction, Modification
from territoires.administration import contexte_de_ligne, ouvrir_ligne

GENRES = {FicheAction: "fiche", DemandePerimetre: "demande", Modification: "modification"}
PROPOSES = 100  # fiches proposed at once: a comité does not examine more in one séance


def ouvrir(admin, request, pk, droit="change"):
    seances_lues = admin.get_queryset(request).select_related("comite__region")
    refus = "Cette séance est celle d’un autre comité."
    return ouvrir_ligne(request, seances_lues, pk, f"programme.{droit}_seance", refus)


def ouvertes():
    return Seance.objects.filter(close_le=None).select_related("comite__region")


def a_tenir_avec(request, seance=None):
    """The open séances that this one, or a new one, may sit with: of another comité, not past.

    A sent form is judged by the rules of the séance, whatever day it says.
    """
    if seance:
        autres = ouvertes().exclude(comite=seance.comite_id)
    elif request.user.est_delegation:
        autres = ouvertes()
    else:
        siens = ComiteDePilotage.objects.for_user(request.user)
        autres = ouvertes().exclude(comite__in=siens.order_by().values("pk"))
    if request.method == "POST":
        return autres
    depuis = seance.date if seance else timezone.localdate()
    garde = Q(pk=seance.commune_avec_id) if seance and seance.commune_avec_id else Q()
    return autres.filter(Q(date__gte=depuis) | garde) if garde else autres.filter(date__gte=depuis)


def deroule(seance):
    """Where the séance stands, step by step, for its page."""
    points_inscrits = seance.points.count()
    return {
        "points": points_inscrits,
        "attendent": 0 if seance.est_close else sum(x.count() for x in en_attente(seance)),
        "rendus": seance.avis.filter(rectification=0).count(),
        "quorum": releve.quorum_de(seance),
        "releves": list(seance.releves.defer("contenu").select_related("etabli_par")),
        "a_venir": seance.date > timezone.localdate(),
    }


# --- Agenda ------------------------------------------------------------------------------------


@dataclass
class Ligne:
    cle: str
    objet: object
    regions: list
    etat: str
    complement: bool = False
    inscrit: bool = False
    avis: object = None
    retenu: bool = True
    ordre: str = ""
    avant: str = ""  # the rank that the person read: another one was typed

    @property
    def intitule(self):
        return intitule(self.objet)

    @property
    def ouverte(self):
        """Who prepares the agenda may open its page: not that of a draft no région reads."""
        return not isinstance(self.objet, FicheAction) or self.objet.ouverte_aux_regions(())

    @property
    def techniques(self):
        """The technical avis on a fiche, of rows that are already loaded."""
        return avis_techniques(self.objet) if isinstance(self.objet, FicheAction) else []

    @property
    def adresse(self):
        """The page of the agents where a fiche, or its modification, is read."""
        if modifiee := getattr(self.objet, "fiche", None):
            cles = [modifiee.pk, self.objet.pk]
            return reverse("admin:programme_ficheaction_modification", args=cles)
        return reverse("admin:programme_ficheaction_change", args=[self.objet.pk])


def ordre_du_jour(admin, request, pk):
    """Everything that waits, proposed under what is already on the agenda; one form for all."""
    seance = ouvrir(admin, request, pk)
    erreurs, saisie, confirmer = [], None, False
    if request.method == "POST":
        saisie = request.POST
        try:
            cles, vu = _cles_choisies(saisie), saisie.get("vu", "").split()
            _a_confirmer(seance, set(cles) - set(vu), saisie)
            conduite.composer(seance, agent=request.user, cles=cles, vu=vu)
        except ValidationError as erreur:
            erreurs, confirmer = erreur.messages, isinstance(erreur, AConfirmer)
        else:
            admin.message_user(request, "L’ordre du jour est enregistré.", messages.SUCCESS)
            return redirect("admin:programme_seance_ordre_du_jour", seance.pk)
    lignes, reste = _lignes(seance)
    if saisie is not None:
        for ligne in lignes:
            ligne.avant = saisie.get(f"avant-{ligne.cle}", ligne.ordre)
            if f"ordre-{ligne.cle}" in saisie:
                ligne.retenu = ligne.cle in saisie.getlist("retenu")
                ligne.ordre = saisie[f"ordre-{ligne.cle}"]
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Ordre du jour",
        lignes=lignes,
        reste=reste,
        erreurs=erreurs,
        confirmer=confirmer,
        vu=" ".join(ligne.cle for ligne in lignes if ligne.inscrit),
    )
    return TemplateResponse(request, "admin/programme/seance/ordre_du_jour.html", page)


class AConfirmer(ValidationError):
    """The séance is older than what it is to judge: say so, and ask."""


def _a_confirmer(seance, cles, saisie):
    """Refuse until the person confirms that this séance judges what was sent up after it."""
    lues = par_genre(cles)
    dit = trop_ancienne(seance, lues["fiche"], lues["modification"])
    if dit and "confirme" not in saisie:
        raise AConfirmer(
            f"{dit} Rien n’est enregistré : corrigez la date de la séance, ou confirmez ci-dessous."
        )


def prevenir_si_trop_ancienne(request, seance):
    """Say it of a séance whose date was just changed: all that it has or judged counts."""
    objets = [*seance.points.all(), *seance.avis.all()]
    fiches = {o.fiche_id for o in objets if o.fiche_id}
    if dit := trop_ancienne(seance, fiches, {o.modification_id for o in objets} - {None}):
        messages.warning(request, dit)


def _lignes(seance):
    """(what is on the agenda, then what waits; how many more wait than one page proposes)."""
    lignes = [
        Ligne(p.cle, p.objet, p.regions, etat(p), p.complement, inscrit=True, avis=p.avis)
        for p in points(seance)
        if p.pk
    ]
    if not seance.est_close:
        fiches, demandes, modifications = attendent = en_attente(seance)
        nombre = sum(lignes_en_attente.count() for lignes_en_attente in attendent)
        proposees = sorted(
            fiches_detaillees(fiches, seance)[:PROPOSES],
            key=lambda f: (f.territoire.recherche, f.titre),
        )
        proposees += list(modifications_detaillees(modifications, seance)[:PROPOSES])
        proposees += list(demandes_detaillees(demandes, seance)[:PROPOSES])
        ailleurs = _ailleurs(seance)
        for objet in proposees:
            cle = f"{GENRES[type(objet)]}-{objet.pk}"
            ecarte = bool(seance.compose_le) and _arrive_le(objet) < seance.compose_le
            dit = "écarté de l’ordre du jour" if ecarte else "proposé"
            if cle in ailleurs:
                dit += f", déjà à l’ordre du jour du {jour(ailleurs[cle])}"
            lignes.append(Ligne(cle, objet, avis_par_region(objet), dit, retenu=not ecarte))
        nombre -= len(proposees)
    else:
        nombre = 0
    for rang, ligne in enumerate(lignes, start=1):
        ligne.ordre = ligne.avant = str(rang)
    return lignes, nombre


def _ailleurs(seance):
    """{key: day} of what another open séance of this comité has on its agenda."""
    autres = PointOrdreDuJour.objects.filter(seance__comite=seance.comite_id, seance__close_le=None)
    autres = autres.exclude(seance=seance).select_related("seance")
    return {point.cle: point.seance.date for point in autres}


def _arrive_le(objet):
    return objet.dernier_envoi.le if hasattr(objet, "titre") else objet.deposee_le


def _cles_choisies(saisie):
    """The keys kept: those at the rank that was typed, the others around them in their order.

    A button moves one of them by one.
    """
    cles, tapes = [], []
    for position, cle in enumerate(dict.fromkeys(saisie.getlist("retenu")), start=1):
        rang = saisie.get(f"ordre-{cle}", "").strip()
        if not rang.isdecimal() or len(rang) > 4:
            raise conduite.SeanceRefusee(f"« {rang} » n’est pas un rang : tapez un nombre.")
        if rang == saisie.get(f"avant-{cle}", str(position)):
            cles.append(cle)
        else:
            tapes.append((int(rang), position, cle))
    for rang, _, cle in sorted(tapes):
        cles.insert(max(rang - 1, 0), cle)
    for bouton, pas in (("monter", -1), ("descendre", 1)):
        cle = saisie.get(bouton)
        if cle in cles:
            ici = cles.index(cle)
            la = min(max(ici + pas, 0), len(cles) - 1)
            cles[ici], cles[la] = cles[la], cles[ici]
    return cles


# --- Presences and closing -----------------------------------------------------------------------


def membres_de(seance):
    """Who may be noted: the members of this comité in office that day, and those noted already."""
    membres = seance.comite.membres
    return (
        membres.en_mandat(seance.date) | membres.filter(pk__in=seance.presences.values("membre"))
    ).order_by("-qualite", "nom", "organisation")


class RectificationForm(forms.Form):
    motif = forms.CharField(
        label="Motif de la rectification",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        error_messages={"required": "Dites ce que vous rectifiez, et pourquoi."},
    )
    lieu = forms.CharField(label="Lieu", max_length=150, required=False)
    precision = forms.CharField(
        label="Précision à porter au relevé",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        required=False,
    )


def presences(admin, request, pk):
    """Who is there, and whether the quorum is reached; on a closed séance, its rectification."""
    seance = ouvrir(admin, request, pk)
    membres = _feuille(seance, request.POST)
    rectification, erreurs = _rectification(seance, request.POST), []
    if request.method == "POST" and (not rectification or rectification.is_valid()):
        if "tous_presents" in request.POST:
            for membre in membres:
                membre.statut = membre.statut or Presence.Statut.PRESENT
        statuts = {m: m.statut for m in membres if m.statut != m.avant}
        try:
            if rectification:
                saisie = rectification.cleaned_data
                conduite.rectifier(seance, agent=request.user, statuts=statuts, **saisie)
                page, message = "releve", "Le relevé rectificatif est établi."
            else:
                conduite.noter_presences(seance, agent=request.user, statuts=statuts)
                page, message = "presences", "Les présences sont enregistrées."
        except ValidationError as erreur:
            erreurs = erreur.messages
        else:
            admin.message_user(request, message, messages.SUCCESS)
            return redirect(f"admin:programme_seance_{page}", seance.pk)
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Rectifier le relevé" if seance.est_close else "Présences",
        membres=membres,
        erreurs=erreurs,
        formulaire=rectification,
        quorum=None if seance.est_close else releve.quorum_de(seance),
    )
    return TemplateResponse(request, "admin/programme/seance/presences.html", page)


def _rectification(seance, saisie):
    """The form of what else than the presences may be corrected; None until the closing."""
    if not seance.est_close:
        return None
    initial = {"lieu": seance.lieu, "precision": seance.releves.last().contenu["precision"]}
    return RectificationForm(saisie or None, initial=initial)


def _feuille(seance, saisie):
    """The members with their status: as it stands, as the person read it, as they typed it."""
    notes = dict(seance.presences.values_list("membre", "statut"))
    membres = list(membres_de(seance))
    for membre in membres:
        actuel = notes.get(membre.pk, "")
        membre.avant = saisie.get(f"avant-{membre.pk}", actuel)
        membre.statut = saisie.get(f"membre-{membre.pk}", actuel)
        if membre.statut not in Presence.Statut.values:
            membre.statut = ""
    return membres


def clore(admin, request, pk):
    """Say what will follow, point by point, then close: the avis take effect."""
    seance = ouvrir(admin, request, pk)
    erreurs = []
    trop_tot = trop_ancienne(
        seance,
        seance.avis.exclude(fiche=None).values("fiche"),
        seance.avis.exclude(modification=None).values("modification"),
    )
    if request.method == "POST":
        try:
            if trop_tot and "confirme" not in request.POST:
                raise conduite.SeanceRefusee("Confirmez d’abord la date de la séance, ci-dessous.")
            conduite.clore(seance, agent=request.user)
        except ValidationError as erreur:
            erreurs = erreur.messages
        else:
            fait = "La séance est close : ses avis ont pris effet, et son relevé est établi."
            admin.message_user(request, fait, messages.SUCCESS)
            return redirect("admin:programme_seance_releve", seance.pk)
    lignes = [(point, suite(point)) for point in points(seance)]
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Clore la séance",
        erreurs=erreurs,
        lignes=lignes,
        trop_tot=trop_tot,
        quorum=releve.quorum_de(seance),
        a_venir=seance.date > timezone.localdate(),
    )
    return TemplateResponse(request, "admin/programme/seance/clore.html", page)
