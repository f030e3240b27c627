"""The form of a mandat: a new one puts an end to the one before it."""

from territoires.editions.models import Territoire
from territoires.formulaires import FormulaireIntact


class MandatForm(FormulaireIntact):
    def clean(self):
        donnees = super().clean() or self.cleaned_data
        # Two people who open the same function at once: the second reads what the first wrote.
        territoire = donnees.get("territoire") or (
            self.instance.territoire_id and (self.instance.territoire)
        )
        if territoire:
            Territoire.objects.select_for_update().get(pk=territoire.pk)
        return donnees
