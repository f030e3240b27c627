"""What people do on a page, dated and signed: a file tells it, the loading of a whole base alone
writes it."""

from echanges.resources import Resource


class ParChargement(Resource):
    """`refus` is (column, sentence) for who sends such a file as an import."""

    refus = ("", "")

    def verrou(self, objet, plan):
        if self.chargement and plan.creation:
            return None
        colonne, phrase = self.refus
        return colonne, "", phrase


class PassagesParChargement(ParChargement):
    """The way of each row that `marcheur`, a field of the passages, names; `permet` is its rule."""

    marcheur = ""
    qui = ""  # « La fiche »

    @staticmethod
    def permet(action, avant, apres):
        """The parcours has this step."""
        raise NotImplementedError

    def incoherences(self):
        """A step that the parcours does not have, or that does not follow the one before it."""
        atteints, depart = {}, self._modele_du_marcheur._meta.get_field("etat").default
        passages = self.modele.objects.order_by(self.marcheur, "le", "pk")
        colonnes = (f"{self.marcheur}__reference", "action", "avant", "apres")
        for reference, action, avant, apres in passages.values_list(*colonnes):
            if avant != atteints.get(reference, depart) or not self.permet(action, avant, apres):
                yield (
                    f"{self.qui} {reference} passe de « {avant} » à « {apres} » ({action}) : "
                    "le parcours ne le permet pas."
                )
            atteints[reference] = apres

    def apres_ecriture(self, pks, progression=iter):
        """The last sending up of each follows from its passages."""
        envois = self.modele.objects.filter(pk__in=pks, action="transmettre").order_by("le", "pk")
        derniers = dict(envois.values_list(self.marcheur, "pk"))
        marcheurs = self._modele_du_marcheur
        marcheurs.objects.bulk_update(
            [marcheurs(pk=pk, dernier_envoi_id=envoi) for pk, envoi in derniers.items()],
            ["dernier_envoi"],
            batch_size=500,
        )

    @property
    def _modele_du_marcheur(self):
        return self.modele._meta.get_field(self.marcheur).related_model
