"""The screen of the avis: one point of the agenda after the other, with the keyboard alone."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from programme.comites import decisions, demandes, modifications, releve
from programme.comites.admin.seances import ouvrir
from programme.comites.dossier import anciens
from programme.comites.instruction import rendu
from programme.comites.models import Avis
from programme.comites.ordre_du_jour import avis_techniques, complements, points
from programme.comites.regards import comparer
from programme.comites.simulation import simuler_la_demande
from programme.comites.suites import sans_objet
from programme.ecritures import euros, nombre
from programme.fiches.champs import DOSSIER, ecrire, textes_des_obstacles
from programme.fiches.impression import finances
from programme.fiches.models import FicheAction, Modification
from programme.fiches.modifications.lecture import avant_apres
from territoires.administration import contexte_de_ligne
from territoires.formulaires import SaisieIntacte


class UnSeulVise(forms.RadioSelect):
    """One place of a page takes the focus: the first of the choices."""

    def create_option(self, name, value, label, selected, index, **options):
        option = super().create_option(name, value, label, selected, index, **options)
        if index:
            option["attrs"].pop("autofocus", None)
        return option


class AvisForm(SaisieIntacte):
    """An avis on one point, and a remark on each field of the fiche that calls for one."""

    sens = forms.ChoiceField(
        label="Avis",
        choices=Avis.Sens,
        widget=UnSeulVise,
        error_messages={"required": "Choisissez un avis, ou passez au point suivant."},
    )
    motif = forms.CharField(
        label="Motif",
        help_text=Avis._meta.get_field("motif").help_text,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80, "accesskey": "m"}),
        required=False,
    )
    # The sending up that the person read: a fiche that came back meanwhile is another one.
    passage = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The avis that the person read and corrects, as of when it was noted.
    vu = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, point, initial=None, **kwargs):
        self.point, self.note = point, a_corriger(point)
        super().__init__(*args, initial=initial or saisie(self.note), **kwargs)
        self.fields["passage"].initial = self._passage()
        if not self.is_bound and not self.note:
            self.fields["sens"].widget.attrs["autofocus"] = True
        if point.fiche_id:
            for nom, libelle in FicheAction.champs_de_fond().items():
                self.fields[f"remarque-{nom}"] = forms.CharField(
                    label=f"Remarque sur : {libelle}",
                    widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
                    required=False,
                )

    def _passage(self):
        return getattr(self.point.objet, "dernier_envoi_id", None)

    def clean(self):
        donnees = super().clean()
        if donnees.get("sens") in ("defavorable", "ajourne") and not donnees.get("motif"):
            self.add_error("motif", "Un avis défavorable ou ajourné doit être motivé.")
        if donnees.get("passage") != self._passage():
            quoi = "modification" if self.point.modification_id else "fiche"
            self.add_error(
                None,
                f"Cette {quoi} a été rappelée, puis transmise de nouveau, depuis que vous l’avez "
                "ouverte. Relisez-la : ce que vous aviez saisi est gardé ci-dessous.",
            )
            # Sending once more answers the fiche as it now stands.
            self.data = self.data.copy()
            self.data[self.add_prefix("passage")] = self._passage()
        return donnees

    def remarques(self):
        """[(field of the fiche, text)] of what was remarked."""
        return [
            (nom.removeprefix("remarque-"), texte)
            for nom, texte in self.cleaned_data.items()
            if nom.startswith("remarque-") and texte
        ]

    def est_le_meme(self, avis):
        """This avis says what was just typed: sent twice, or again after a cut."""
        donnees = self.cleaned_data
        return decisions.dit_deja(avis, donnees["sens"], donnees["motif"], self.remarques())

    def enregistrer(self, seance, agent):
        donnees = self.cleaned_data
        communs = {"agent": agent, "sens": donnees["sens"], "motif": donnees["motif"]}
        if donnees["vu"]:
            communs |= {"remarques": self.remarques(), "vu": donnees["vu"]}
            return decisions.corriger(lu(self.point), **communs)
        if self.point.demande_id:
            return demandes.rendre_avis(self.point.demande, seance=seance, **communs)
        if self.point.modification_id:
            return modifications.rendre_avis(self.point.modification, seance=seance, **communs)
        fiche, remarques = self.point.fiche, self.remarques()
        return decisions.rendre_avis(fiche, seance=seance, remarques=remarques, **communs)


def a_corriger(point):
    """The avis of this point while it can be changed; None once its séance is closed."""
    return None if point.seance.est_close or not point.avis else point.avis


def saisie(avis):
    """An avis as its form shows it."""
    if avis is None:
        return {}
    remarques = {f"remarque-{ligne.champ}": ligne.texte for ligne in avis.remarques.all()}
    communs = {"sens": avis.sens, "motif": avis.motif, "vu": decisions.version(avis)}
    return communs | remarques


def lu(point):
    """The avis that the form of this point is about: one that is no more when it was withdrawn."""
    return point.avis or Avis(seance=point.seance)


def sommaire(admin, request, pk):
    """Every point with where it stands, the quorum, and where to start."""
    seance = ouvrir_pour_l_avis(admin, request, pk)
    lignes = points(seance)
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Rendre les avis",
        points=lignes,
        rendus=sum(1 for point in lignes if point.avis),
        premier=next((point for point in lignes if point.attend and point.pk), None),
        quorum=releve.quorum_de(seance),
        a_venir=seance.date > timezone.localdate(),
    )
    return TemplateResponse(request, "admin/programme/seance/avis.html", page)


def ouvrir_pour_l_avis(admin, request, pk):
    seance = ouvrir(admin, request, pk)
    if not request.user.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied("Cet avis revient au comité de la région.")
    return seance


def rendre(admin, request, pk, point):
    """One point: its essential figures, the avis, the remarks; then the next one that waits."""
    seance = ouvrir_pour_l_avis(admin, request, pk)
    lignes = points(seance)
    rang = next((rang for rang, ligne in enumerate(lignes) if ligne.pk == point), None)
    if rang is None:
        raise Http404
    ici = lignes[rang]
    if "retirer" in request.POST:
        return _retirer(admin, request, ici)
    formulaire = AvisForm(request.POST or None, point=ici)
    valide = request.method == "POST" and formulaire.is_valid()
    if valide and (suite := _enregistrer(seance, formulaire, request.user)):
        admin.message_user(request, suite, messages.SUCCESS)
        return _suivant(seance, lignes, rang)
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Rendre les avis",
        point=ici,
        formulaire=formulaire,
        remarques=par_champ(ici, formulaire),
        sans_objet=sans_objet(ici) if formulaire.note else "",
        # Otherwise there is nothing to fill in, but what was typed for nothing stays in sight.
        saisir=ici.attend or formulaire.is_bound or (formulaire.note and "corriger" in request.GET),
        **_de_l_objet(ici, request.user),
        total=len(lignes),
        reste=sum(1 for ligne in lignes if ligne.attend),
        precedent=lignes[rang - 1] if rang else None,
        suivant=lignes[rang + 1] if rang + 1 < len(lignes) else None,
        quorum=releve.quorum_de(seance),
        a_venir=seance.date > timezone.localdate(),
    )
    return TemplateResponse(request, "admin/programme/seance/avis_point.html", page)


def _de_l_objet(point, user):
    """What the page shows of the fiche, modification or demande that this point is about."""
    if point.fiche_id and point.fiche.est_brouillon:
        return {"rappelee": True}  # the draft is its territoire's
    if point.fiche_id:
        return {
            "anciens": anciens(point.fiche),
            "finances": finances(point.fiche),
            "cout": euros(point.fiche.cout_total),
            "techniques": avis_techniques(point.fiche),
            "complements": complements(point.fiche),
            "regards": _regards(point),
        }
    if point.modification_id:
        freins = modifications.empechements(point.modification)
        return {"changements": avant_apres(point.modification), "freins": freins}
    deplaces = point.demande.mouvements.select_related("intercommunalite", "commune")
    lisibles = FicheAction.objects.for_user(user)
    simulation = simuler_la_demande(point.demande, fiches=lisibles)
    return {"mouvements": [str(m) for m in deplaces], "simulation": simulation}


def _regards(point):
    """Of the régions side by side, when there are several and the fiche is with them."""
    if len(point.regions) < 2 or not point.fiche.dernier_envoi:
        return None
    rendus = [
        (region, un and rendu(un, rectifie=False, remarques=un.remarques.all()))
        for region, un in point.regions
    ]
    return comparer(rendus, point.fiche.dernier_envoi.le)


def _retirer(admin, request, point):
    """Take the avis back, unless somebody changed it meanwhile; the point waits again."""
    try:
        decisions.retirer(lu(point), agent=request.user, vu=request.POST.get("vu", ""))
    except ValidationError as erreur:
        admin.message_user(
            request, f"Rien n’est retiré. {' '.join(erreur.messages)}", messages.ERROR
        )
    else:
        admin.message_user(request, f"« {point.intitule} » : avis retiré.", messages.SUCCESS)
    return redirect("admin:programme_seance_avis_point", point.seance.pk, point.pk)


def _enregistrer(seance, formulaire, agent):
    """What to tell once it is recorded, or None and the reasons on the form."""
    point = formulaire.point
    try:
        avis = formulaire.enregistrer(seance, agent)
    except ValidationError as erreur:
        donne = _donne(point, seance)
        if donne and donne.rendu_par_id == agent.pk and formulaire.est_le_meme(donne):
            return f"« {point.intitule} » : votre avis était déjà enregistré."
        formulaire.add_error(None, [*erreur.messages, *_qui_a_decide(donne)])
        return None
    fait = "corrigé" if formulaire.cleaned_data["vu"] else "enregistré"
    return f"« {point.intitule} » : avis {avis.get_sens_display()} {fait}."


def _donne(point, seance):
    """The avis that this comité gave on this sending, read again: perhaps a second ago."""
    avis = Avis.objects.filter(seance__comite=seance.comite_id).select_related("rendu_par")
    if point.fiche_id:
        passage = FicheAction.objects.order_by().values("dernier_envoi").filter(pk=point.fiche_id)
        return avis.filter(passage__in=passage).first()
    if point.modification_id:
        envoi = Modification.objects.order_by().values("dernier_envoi")
        return avis.filter(envoi_modification__in=envoi.filter(pk=point.modification_id)).first()
    return avis.filter(demande=point.demande_id).first()


def _qui_a_decide(avis):
    if avis is None or not avis.rendu_le:
        return []
    quand = timezone.localtime(avis.rendu_le)
    return [
        f"{avis.rendu_par} a rendu un avis {avis.get_sens_display()} le "
        f"{quand:%d/%m/%Y à %H:%M}. Le vôtre n’est pas enregistré ; ce que vous avez saisi "
        "reste ci-dessous."
    ]


def _suivant(seance, lignes, rang):
    """The next point that still waits, after this one and then from the top; else the summary."""
    suite = [*lignes[rang + 1 :], *lignes[:rang]]
    suivant = next((ligne for ligne in suite if ligne.attend and ligne.pk), None)
    if suivant:
        return redirect("admin:programme_seance_avis_point", seance.pk, suivant.pk)
    return redirect("admin:programme_seance_avis", seance.pk)


def par_champ(point, formulaire):
    """[(label, what the fiche says there, the field of the remark)]"""
    if not point.fiche_id:
        return []
    lignes = []
    for nom, libelle in FicheAction.champs_de_fond().items():
        champ = formulaire[f"remarque-{nom}"]
        lignes.append((capfirst(libelle), _en_clair(point.fiche, nom), champ))
    return lignes


def _en_clair(fiche, nom):
    if nom == "financements":
        return "\n".join(
            f"{ligne.financeur}, {euros(ligne.montant)} ({ligne.get_statut_display()})"
            for ligne in fiche.financements.all()
        )
    if nom == "indicateurs":
        return "\n".join(
            f"{ligne.libelle}, cible\u202f: {nombre(ligne.cible)} {ligne.unite}".strip()
            for ligne in fiche.indicateurs.all()
        )
    if nom == "obstacles":
        return "\n\n".join(dit["texte"] for dit in textes_des_obstacles(fiche, DOSSIER))
    return ecrire(fiche, nom)
