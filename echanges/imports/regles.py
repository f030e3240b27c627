"""The rules that planned rows must keep: locks, constraints, unique keys."""

from django.core.exceptions import ValidationError
from django.db import models

from echanges.imports.verifications import unicites, verifications
from echanges.lots import par_lots


class Juge:
    """Refuses in the report the rows that break a rule, lot after lot."""

    def __init__(self, resource, rapport, simples):
        self.resource, self.rapport, self.modele = resource, rapport, resource.modele
        ecrits = {colonne.attribut for colonne in simples}
        # A check that reads nothing of the file holds for what is there, and for the defaults.
        self.verifications = [
            (juge, message)
            for attributs, juge, message in verifications(self.modele)
            if attributs & ecrits
        ]
        self.a_clean = self.modele.clean is not models.Model.clean
        cle = {c.attribut for c in resource.cles}
        self.uniques = [
            (attributs, message, [])
            for attributs, message in unicites(self.modele)
            if set(attributs) != cle
        ]

    def juger(self, plans):
        """The plans of this lot that may stand."""
        for plan in plans:
            self._verifier(plan)
        for conflit in self.resource.conflits(plans):
            self.rapport.refuser(*conflit)
        refus = self.rapport.refus
        gardes = [p for p in plans if refus.keys().isdisjoint(p.lignes)] if refus else plans
        for plan in gardes:
            for attributs, _, prises in self.uniques:
                valeurs = tuple(getattr(plan.objet, a) for a in attributs)
                avant = plan.avant and tuple(plan.avant[a] for a in attributs)
                if valeurs != avant:
                    prises.append((plan.lignes[0], valeurs, avant))
        return gardes

    def retenir(self, plan):
        """Remember the unique values of a row about to change."""
        plan.avant = {
            a: getattr(plan.objet, a) for attributs, _, _ in self.uniques for a in attributs
        }

    def _verifier(self, plan):
        numero, objet = plan.lignes[0], plan.objet
        if motif := self.resource.verrou(objet, plan):
            self.rapport.refuser(numero, *motif)
            return
        for juge, message in self.verifications:
            if juge(objet) is False:
                self.rapport.refuser(numero, "", "", message)
        if self.a_clean:
            try:
                self.resource.valider(objet)
            except ValidationError as erreur:
                par_champ = _par_champ(erreur)
                for nom, phrases in par_champ.items():
                    colonne = "" if nom == "__all__" else nom
                    self.rapport.refuser(numero, colonne, "", " ".join(phrases))

    def conclure(self):
        """Two rows may not share a unique key, in the file or with what the base keeps.

        Judged once the whole file is known: a row may take what a later one gives up.
        """
        for attributs, message, prises in self.uniques:
            if prises:
                self._departager(attributs, message, prises)
        self.rapport.oublier_les_refusees()

    def _departager(self, attributs, message, prises):
        lignes = self.modele._default_manager.order_by().values_list("pk", *attributs)
        pris = {tuple(valeurs): pk for pk, *valeurs in lignes.iterator(chunk_size=5000)}
        for _, _, avant in prises:
            pris.pop(avant, None)
        du_fichier, de_la_base = {}, {}
        for numero, valeurs, _ in prises:
            if None in valeurs:
                continue
            if valeurs in du_fichier:
                self._refuser(numero, message, f"ligne {du_fichier[valeurs]}")
            elif valeurs in pris:
                de_la_base[numero] = pris[valeurs]
            du_fichier.setdefault(valeurs, numero)
        noms = self._designer(list(set(de_la_base.values())))
        for numero, pk in de_la_base.items():
            self._refuser(numero, message, noms[pk])

    def _refuser(self, numero, message, autre):
        """Both rows are named: the one refused, and the one that has the value."""
        self.rapport.refuser(numero, "", "", f"{message.removesuffix('.')} : {autre}")

    def _designer(self, pks):
        """{primary key: the key by which a file names this row}"""
        chemins = [chemin for colonne in self.resource.cles for chemin in colonne.chemins]
        lignes = self.modele._default_manager.order_by().values_list("pk", *chemins)
        return {
            pk: " ".join(str(mot) for mot in cle if mot is not None)
            for lot in par_lots(pks)
            for pk, *cle in lignes.filter(pk__in=lot)
        }


def _par_champ(erreur):
    """{field: sentences} of a ValidationError; under "__all__" when it names no field."""
    if hasattr(erreur, "error_dict"):
        return erreur.message_dict
    return {"__all__": erreur.messages}
