"""Open data: which files there are, and every column of each; what is not named stays inside."""

from dataclasses import dataclass

from programme.fiches import champs


@dataclass(frozen=True)
class Jeu:
    """One file: the public rows (`du_public`) of the resource of that name, in these columns.

    Left out on purpose: contacts, who did what, and what names rows that may not be public.
    """

    titre: str
    contenu: str
    colonnes: tuple


JEUX = {
    "territoires": Jeu(
        "Territoires",
        "Nom, région pilote, binôme de chaque territoire publié.",
        colonnes=(
            "identifiant",
            "nom",
            "region_pilote",
            "pilote",
            "elu_nom",
            "elu_fonction",
            "industriel_nom",
            "industriel_fonction",
            "presentation",
        ),
    ),
    "perimetres": Jeu(
        "Périmètres d’une édition de la carte",
        "Une ligne par intercommunalité (SIREN) ou commune (code Insee) membre.",
        colonnes=("edition", "code", "nom", "territoire", "membre"),
    ),
    "fiches": Jeu(
        "Fiches actions publiques",
        "Contenu, calendrier, coût et état ; sans les contacts.",
        colonnes=tuple(champs.noms(champs.FICHE, champs.PUBLIC)),
    ),
    "financements": Jeu(
        "Financements des fiches publiques",
        "Le plan tel qu’il a été décidé et, à ce jour, ce qui est acquis, versé, encore demandé.",
        colonnes=(
            "fiche",
            "financeur",
            "partenaire",
            "montant",
            "statut",
            "ajoutee_le",
            "acquis",
            "verse",
            "demande",
            "refuse",
        ),
    ),
    "mouvements": Jeu(
        "Mouvements des financements",
        "Chaque somme demandée, accordée, versée ou refusée depuis la décision, avec sa date.",
        colonnes=("fiche", "financeur", "statut", "nature", "montant", "le"),
    ),
    "etapes": Jeu(
        "Étapes des fiches publiques",
        "Le calendrier, ce qui est fait et quand.",
        colonnes=(
            "fiche",
            "ordre",
            "intitule",
            "debut",
            "fin",
            "faite",
            "faite_le",
            "ajoutee_le",
        ),
    ),
    "reports_etapes": Jeu(
        "Reports des étapes",
        "Les dates d’avant et les nouvelles.",
        colonnes=("fiche", "etape", "le", "ancien_debut", "ancienne_fin", "debut", "fin"),
    ),
    "nouvelles": Jeu(
        "Nouvelles des fiches publiques",
        "Celles que leurs territoires disent publiques, datées.",
        colonnes=("fiche", *champs.noms(champs.NOUVELLE, champs.PUBLIC)),
    ),
    "obstacles_nationaux": Jeu(
        "Registre national des obstacles",
        "Les règles que les actions rencontrent, sans nom : demande, réponse, où cela en est.",
        colonnes=tuple(champs.noms(champs.OBSTACLE_NATIONAL, champs.PUBLIC)),
    ),
    "bilans": Jeu(
        "Bilans des actions réalisées",
        "Coût final, résultats obtenus, ce que d’autres peuvent en apprendre.",
        colonnes=("fiche", "cout_final", "resultats", "enseignements", "etabli_le"),
    ),
    "modifications": Jeu(
        "Modifications acceptées des fiches",
        "Ce qui a été décidé a changé : quelle fiche, et quand.",
        colonnes=("reference", "fiche", "numero", "decidee_le"),
    ),
    "changements_modifications": Jeu(
        "Ce que les modifications ont changé",
        "Avant et après, une ligne par changement.",
        colonnes=("modification", "ordre", "quoi", "avant", "apres"),
    ),
    "conventions": Jeu(
        "Conventions",
        "Partenaire, objet, dates.",
        colonnes=(
            "reference",
            "partenaire",
            "objet",
            "description",
            "signee_le",
            "lieu",
            "debut",
            "fin",
            "publiee",
            "source",
        ),
    ),
    "engagements": Jeu(
        "Engagements des conventions",
        "Montant, échéance, état.",
        colonnes=(
            "convention",
            "numero",
            "intitule",
            "montant",
            "echeance",
            "etat",
            "nouvelle",
            "nouvelle_du",
        ),
    ),
    "assemblees": Jeu(
        "Assemblées",
        "Dates, lieu, organisateurs, résumé.",
        colonnes=(
            "identifiant",
            "titre",
            "date_debut",
            "date_fin",
            "ville",
            "lieu",
            "organisateurs",
            "participants",
            "resume",
            "source",
            "contact",
            "publiee_le",
        ),
    ),
    "sequences": Jeu(
        "Séquences des assemblées",
        "Programme et comptes rendus.",
        colonnes=(
            "assemblee",
            "ordre",
            "titre",
            "type",
            "jour",
            "moment",
            "debut",
            "fin",
            "salle",
            "compte_rendu",
            "dit_ensemble",
            "difficultes",
            "themes",
        ),
    ),
    "interventions": Jeu(
        "Interventions dans les assemblées",
        "Qui a parlé, à quel titre, et ce qui a été dit.",
        colonnes=(
            "assemblee",
            "sequence",
            "ordre",
            "intervenant",
            "role",
            "organisation",
            "territoire",
            "resume",
            "citation",
        ),
    ),
    "intervenants": Jeu(
        "Intervenants",
        "Qui a parlé dans une assemblée, chacun une fois.",
        colonnes=("identifiant", "prenom", "nom"),
    ),
    "annonces": Jeu(
        "Annonces des assemblées",
        "Ce qui a été annoncé, et l’objet public où cela se suit.",
        colonnes=(
            "assemblee",
            "sequence",
            "ordre",
            "intervention",
            "texte",
            "nature",
            "convention",
            "engagement",
            "convention_signee",
            "contrat",
            "fiche",
            "edition",
            "bonne_pratique",
            "registre",
        ),
    ),
    "documents": Jeu(
        "Documents des assemblées",
        "Titre, auteurs, date, lien.",
        colonnes=("assemblee", "titre", "sequence", "auteurs", "date", "lien", "themes"),
    ),
    "pages_programme": Jeu(
        "Pages du programme",
        "Ce que la délégation écrit du programme : titre, résumé, texte balisé.",
        colonnes=("identifiant", "titre", "ordre", "chapo", "texte", "publiee_le"),
    ),
    "actualites": Jeu(
        "Actualités",
        "Date, titre, texte balisé, thèmes.",
        colonnes=("identifiant", "le", "titre", "chapo", "texte", "themes", "publiee_le"),
    ),
    "corrections": Jeu(
        "Corrections des assemblées",
        "Ce qui a été corrigé, et quand.",
        colonnes=("assemblee", "numero", "le", "texte"),
    ),
    "signataires_conventions": Jeu(
        "Signataires des conventions",
        "Organisation, personne, fonction.",
        colonnes=("convention", "ordre", "organisation", "personne", "fonction"),
    ),
    "avenants": Jeu(
        "Avenants des conventions",
        "Date et objet.",
        colonnes=("convention", "numero", "signe_le", "objet", "changements"),
    ),
    "modifications_avenants": Jeu(
        "Ce que les avenants ont changé",
        "Avant et après : objet, dates, montants.",
        colonnes=("convention", "avenant", "ordre", "champ", "engagement", "avant", "apres"),
    ),
    "offres": Jeu(
        "Offres de service",
        "Partenaire, genre, axes, qui peut la demander.",
        colonnes=(
            "reference",
            "partenaire",
            "intitule",
            "genre",
            "description",
            "axes",
            "beneficiaires",
            "contact",
        ),
    ),
    "themes": Jeu(
        "Thèmes",
        "Ce dont parlent fiches, bonnes pratiques et assemblées, avec les mots qui y mènent.",
        colonnes=("identifiant", "nom", "ordre", "description", "mots"),
    ),
    "contrats": Jeu(
        "Protocoles et contrats signés",
        "Territoire, dates, état.",
        colonnes=(
            "reference",
            "territoire",
            "type",
            "etat",
            "signe_le",
            "lieu",
            "debut",
            "fin",
            "nombre_fiches_annonce",
            "source",
        ),
    ),
    "signataires_contrats": Jeu(
        "Signataires des contrats",
        "Les trois groupes, avec leurs délibérations.",
        colonnes=(
            "contrat",
            "groupe",
            "organisation",
            "personne",
            "role",
            "deliberation_assemblee",
            "deliberation_numero",
            "deliberation_date",
        ),
    ),
    "bonnes_pratiques": Jeu(
        "Bonnes pratiques",
        "Résumé, mise en œuvre, coût.",
        colonnes=(
            "identifiant",
            "titre",
            "territoire",
            "axe",
            "themes",
            "resume",
            "mise_en_oeuvre",
            "cout",
            "contact",
            "formalisee_par_un_pilote",
            "publiee_le",
        ),
    ),
}
