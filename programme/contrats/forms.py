"""The forms of a contrat: what is proposed to who writes a new one, and what an avenant changes."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.contrats.lignee import avec_leurs_suites, avec_ses_ancetres
from programme.contrats.models import Contrat
from territoires.formulaires import FormulaireIntact


class ContratForm(FormulaireIntact):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reference" in self.fields:  # set once, then only read
            self.fields["reference"].required = False
            self.fields["reference"].help_text = (
                "Elle figure dans l’adresse de la page. Vide : le territoire et l’année de la "
                "signature, par exemple agenais-2019."
            )
        territoire = self.instance.territoire_id
        if territoire:
            self._restreindre("precedent", territoire__in=avec_ses_ancetres(territoire))
            self._restreindre("liens", territoire__in=avec_leurs_suites([territoire]))

    def _restreindre(self, nom, **lignes):
        if nom in self.fields:  # not for those who only read
            self.fields[nom].queryset = self.fields[nom].queryset.filter(**lignes)

    def clean_liens(self):
        liens = self.cleaned_data["liens"]
        territoire = self.cleaned_data.get("territoire") or getattr(
            self.instance, "territoire", None
        )
        if territoire:
            siens = avec_leurs_suites([territoire.pk])
            autres = [str(lien) for lien in liens if lien.territoire_id not in siens]
            if autres:
                raise ValidationError(f"D’un autre territoire : {', '.join(autres)}.")
        return liens

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        territoire = donnees.get("territoire")
        if "reference" in donnees and not donnees["reference"] and territoire:
            signe = donnees.get("signe_le") or timezone.localdate()
            genre = "protocole-" if donnees.get("type") == Contrat.Type.PROTOCOLE else ""
            base = f"{genre}{territoire.identifiant[:60]}-{signe.year}"
            donnees["reference"] = reference_libre(base)
        return donnees


def reference_libre(base):
    """This reference, or the first of those that follow it which no contrat has."""
    prises = set(
        Contrat.objects.filter(reference__startswith=base).values_list("reference", flat=True)
    )
    candidates = (base if rang == 1 else f"{base}-{rang}" for rang in range(1, len(prises) + 2))
    return next(candidate for candidate in candidates if candidate not in prises)


class LigneFicheForm(FormulaireIntact):
    def clean_fiche(self):
        """Of the contrat's territoire, or of one that goes on from it."""
        fiche, contrat = self.cleaned_data["fiche"], self.instance.contrat
        territoire = contrat.territoire_id
        if territoire and fiche.territoire_id != territoire:
            if fiche.territoire_id in avec_leurs_suites([territoire]):
                return fiche
            raise ValidationError(
                "Cette fiche est celle d’un autre territoire : choisissez-en une de "
                f"{contrat.territoire}."
            )
        return fiche
