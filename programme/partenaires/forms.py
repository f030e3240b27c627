"""The form of a convention: what it proposes to who writes a new one."""

from django.utils import timezone

from programme.partenaires.models import Convention
from territoires.formulaires import FormulaireIntact


class ConventionForm(FormulaireIntact):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reference" in self.fields:  # set once, then only read
            self.fields["reference"].required = False
            self.fields["reference"].help_text = (
                "Elle figure dans l’adresse de la page. Vide : le partenaire et l’année de la "
                "signature, par exemple bpifrance-2019."
            )

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        partenaire = donnees.get("partenaire")
        if "reference" in donnees and not donnees["reference"] and partenaire:
            signee = donnees.get("signee_le") or timezone.localdate()
            donnees["reference"] = reference_libre(f"{partenaire.identifiant[:50]}-{signee.year}")
        return donnees


def reference_libre(base):
    """This reference, or the first of those that follow it which no convention has."""
    prises = set(
        Convention.objects.filter(reference__startswith=base).values_list("reference", flat=True)
    )
    candidates = (base if rang == 1 else f"{base}-{rang}" for rang in range(1, len(prises) + 2))
    return next(candidate for candidate in candidates if candidate not in prises)
