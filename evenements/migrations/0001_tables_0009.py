"""The tables of a new base in one step; one that stood before has them by the others."""

import datetime
import django.db.models.deletion
import evenements.models.assemblees
import evenements.revisions
import programme.fichiers
import simple_history.models
import territoires.champs
import territoires.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("evenements", "0001_initial"),
        ("evenements", "0002_annonces"),
        ("evenements", "0003_autres_noms_et_corrections"),
        ("evenements", "0004_textes_propres"),
        ("evenements", "0005_revisions_de_l_agenda"),
        ("evenements", "0006_historique_de_tout"),
        ("evenements", "0007_promesses"),
        ("evenements", "0008_themes"),
        ("evenements", "0009_editorial"),
    ]

    initial = True

    dependencies = [
        ("echanges", "0002_apercus_et_annulations"),
        ("programme", "0030_theme_en_mots_retire"),
        ("territoires", "0014_liens_programmes"),
    ]

    operations = [
        territoires.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Intervenant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                max_length=80, unique=True, verbose_name="identifiant"
                            ),
                        ),
                        (
                            "prenom",
                            models.CharField(blank=True, max_length=80, verbose_name="prénom"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("prenom", "nom"),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "intervenant",
                        "ordering": ["nom", "prenom"],
                    },
                ),
                migrations.CreateModel(
                    name="Assemblee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                max_length=80, unique=True, verbose_name="identifiant"
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        ("date_debut", models.DateField(verbose_name="premier jour")),
                        ("date_fin", models.DateField(verbose_name="dernier jour")),
                        (
                            "ville",
                            models.CharField(
                                blank=True,
                                help_text="Vide si elle n’est pas connue.",
                                max_length=100,
                                verbose_name="ville",
                            ),
                        ),
                        ("lieu", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        (
                            "organisateurs",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="à l’invitation de"
                            ),
                        ),
                        (
                            "participants",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: près de 300.",
                                max_length=100,
                                verbose_name="participants",
                            ),
                        ),
                        ("resume", models.TextField(blank=True, verbose_name="résumé")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("titre", "ville"),
                            ),
                        ),
                        (
                            "conventions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="assemblees",
                                to="programme.convention",
                                verbose_name="conventions signées",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assemblees",
                                to="territoires.editioncarte",
                                verbose_name="édition de la carte présentée",
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Visible de tous\u202f: seulement avec l’accord de la personne.",
                                max_length=200,
                                verbose_name="contact publié",
                            ),
                        ),
                        (
                            "agenda_empreinte",
                            evenements.revisions.AgendaEmpreinte(
                                default="", editable=False, max_length=32
                            ),
                        ),
                        (
                            "agenda_revision",
                            evenements.revisions.AgendaRevision(default=0, editable=False),
                        ),
                        (
                            "agenda_revu_le",
                            evenements.revisions.AgendaRevuLe(editable=False, null=True),
                        ),
                    ],
                    options={
                        "verbose_name": "assemblée",
                        "ordering": ["-date_debut"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("date_debut__isnull", True),
                                    ("date_fin__isnull", True),
                                    ("date_fin__gte", models.F("date_debut")),
                                    _connector="OR",
                                ),
                                name="assemblee_dates",
                                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publiee_par", None),
                                    ("publiee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="assemblee_publiee",
                                violation_error_message="L’auteur de la publication va avec sa date.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sequence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ordre", models.PositiveSmallIntegerField(verbose_name="ordre")),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("table_ronde", "table ronde"),
                                    ("signature", "signature"),
                                    ("annonce", "annonce"),
                                    ("atelier", "atelier"),
                                    ("allocution", "allocution"),
                                    ("autre", "autre"),
                                ],
                                default="table_ronde",
                                max_length=12,
                                verbose_name="type",
                            ),
                        ),
                        ("jour", models.DateField(verbose_name="jour")),
                        (
                            "moment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("matin", "matin"),
                                    ("apres_midi", "après-midi"),
                                    ("journee", "journée entière"),
                                ],
                                help_text="Quand l’heure exacte n’est pas connue.",
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        (
                            "debut",
                            models.TimeField(
                                blank=True,
                                help_text="Heure de Paris.",
                                null=True,
                                verbose_name="début",
                            ),
                        ),
                        (
                            "fin",
                            models.TimeField(
                                blank=True,
                                help_text="Après minuit, écrivez l’heure du lendemain\u202f: de 20:00 à 02:00.",
                                null=True,
                                verbose_name="fin",
                            ),
                        ),
                        (
                            "salle",
                            models.CharField(blank=True, max_length=100, verbose_name="salle"),
                        ),
                        ("compte_rendu", models.TextField(blank=True, verbose_name="compte rendu")),
                        (
                            "assemblee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sequences",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                        (
                            "agenda_empreinte",
                            evenements.revisions.AgendaEmpreinte(
                                default="", editable=False, max_length=32
                            ),
                        ),
                        (
                            "agenda_revision",
                            evenements.revisions.AgendaRevision(default=0, editable=False),
                        ),
                        (
                            "agenda_revu_le",
                            evenements.revisions.AgendaRevuLe(editable=False, null=True),
                        ),
                        (
                            "repere",
                            models.CharField(
                                default=evenements.models.assemblees.nouveau_repere,
                                editable=False,
                                max_length=40,
                            ),
                        ),
                        (
                            "difficultes",
                            models.TextField(
                                blank=True,
                                help_text="Une par ligne.",
                                verbose_name="difficultés relevées",
                            ),
                        ),
                        (
                            "dit_ensemble",
                            models.TextField(
                                blank=True,
                                help_text="La position commune de tous ceux qui y ont pris la parole.",
                                verbose_name="dit ensemble",
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True,
                                related_name="sequences",
                                to="programme.theme",
                                verbose_name="thèmes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "séquence",
                        "ordering": ["assemblee", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assemblee", "ordre"),
                                name="sequence_ordre",
                                violation_error_message="Deux séquences portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "type__in",
                                        [
                                            "table_ronde",
                                            "signature",
                                            "annonce",
                                            "atelier",
                                            "allocution",
                                            "autre",
                                        ],
                                    )
                                ),
                                name="sequence_type",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moment__in", ["", "matin", "apres_midi", "journee"])
                                ),
                                name="sequence_moment",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut", None),
                                    ("fin", None),
                                    ("fin__gte", models.F("debut")),
                                    models.Q(
                                        ("debut__gte", datetime.time(18, 0)),
                                        ("fin__lte", datetime.time(6, 0)),
                                    ),
                                    _connector="OR",
                                ),
                                name="sequence_heures",
                                violation_error_message="La fin ne peut pas précéder le début, sauf le soir\u202f: à partir de 18 h, une fin jusqu’à 6 h est celle du lendemain.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Intervention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                help_text="À cette date.",
                                max_length=200,
                                verbose_name="rôle",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        ("resume", models.TextField(blank=True, verbose_name="résumé")),
                        (
                            "citation",
                            models.TextField(
                                blank=True,
                                help_text="Seulement les mots exacts, avec leur source.",
                                verbose_name="citation littérale",
                            ),
                        ),
                        (
                            "intervenant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interventions",
                                to="evenements.intervenant",
                            ),
                        ),
                        (
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interventions",
                                to="territoires.territoire",
                                verbose_name="au nom du territoire",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interventions",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "intervention",
                        "ordering": ["sequence", "ordre", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sequence", "ordre"),
                                name="intervention_ordre",
                                violation_error_message="Deux interventions portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("intervenant__isnull", False),
                                    models.Q(("organisation", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="intervention_quelqu_un",
                                violation_error_message="Indiquez une personne ou une organisation.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "auteurs",
                            models.CharField(blank=True, max_length=300, verbose_name="auteurs"),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "fichier",
                            models.FileField(
                                blank=True,
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        ("lien", models.URLField(blank=True, verbose_name="lien")),
                        (
                            "assemblee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True,
                                related_name="documents_d_assemblee",
                                to="programme.theme",
                                verbose_name="thèmes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "ordering": ["titre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assemblee", "titre"),
                                name="document_titre",
                                violation_error_message="Ce document est déjà déposé.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Annonce",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "texte",
                            models.CharField(max_length=300, verbose_name="ce qui a été annoncé"),
                        ),
                        (
                            "bonne_pratique",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="programme.bonnepratique",
                                verbose_name="bonne pratique",
                            ),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="programme.contrat",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="territoires.editioncarte",
                                verbose_name="édition de la carte",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="programme.engagement",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="programme.ficheaction",
                                verbose_name="fiche action",
                            ),
                        ),
                        (
                            "intervention",
                            models.ForeignKey(
                                blank=True,
                                help_text="Si l’on sait qui l’a annoncé.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annonces",
                                to="evenements.intervention",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annonces",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                        (
                            "convention_signee",
                            models.ForeignKey(
                                blank=True,
                                help_text="Si l’annonce est la convention tout entière, et non l’un de ses engagements.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="programme.convention",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "ensemble",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Ceux qui l’ont annoncé d’une même voix.",
                                related_name="annonces_communes",
                                to="evenements.intervenant",
                                verbose_name="annoncé ensemble par",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("promesse", "promesse"), ("demande", "demande")],
                                default="promesse",
                                help_text="Une demande n’engage que celui qui la fait.",
                                max_length=8,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "registre",
                            models.CharField(
                                blank=True,
                                choices=[("bonnes-pratiques", "les bonnes pratiques publiées")],
                                help_text="Si la suite est toute une liste publique.",
                                max_length=20,
                                verbose_name="registre",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annonce",
                        "ordering": ["sequence", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sequence", "ordre"),
                                name="annonce_ordre",
                                violation_error_message="Deux annonces portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            models.Q(
                                                ("bonne_pratique__isnull", True),
                                                ("contrat__isnull", True),
                                                ("convention_signee__isnull", True),
                                                ("edition__isnull", True),
                                                ("engagement__isnull", False),
                                                ("fiche__isnull", True),
                                            ),
                                            models.Q(
                                                ("bonne_pratique__isnull", True),
                                                ("contrat__isnull", True),
                                                ("convention_signee__isnull", False),
                                                ("edition__isnull", True),
                                                ("engagement__isnull", True),
                                                ("fiche__isnull", True),
                                            ),
                                            models.Q(
                                                ("bonne_pratique__isnull", True),
                                                ("contrat__isnull", False),
                                                ("convention_signee__isnull", True),
                                                ("edition__isnull", True),
                                                ("engagement__isnull", True),
                                                ("fiche__isnull", True),
                                            ),
                                            models.Q(
                                                ("bonne_pratique__isnull", True),
                                                ("contrat__isnull", True),
                                                ("convention_signee__isnull", True),
                                                ("edition__isnull", True),
                                                ("engagement__isnull", True),
                                                ("fiche__isnull", False),
                                            ),
                                            models.Q(
                                                ("bonne_pratique__isnull", True),
                                                ("contrat__isnull", True),
                                                ("convention_signee__isnull", True),
                                                ("edition__isnull", False),
                                                ("engagement__isnull", True),
                                                ("fiche__isnull", True),
                                            ),
                                            models.Q(
                                                ("bonne_pratique__isnull", False),
                                                ("contrat__isnull", True),
                                                ("convention_signee__isnull", True),
                                                ("edition__isnull", True),
                                                ("engagement__isnull", True),
                                                ("fiche__isnull", True),
                                            ),
                                            _connector="OR",
                                        ),
                                        ("registre", ""),
                                    ),
                                    models.Q(
                                        ("bonne_pratique__isnull", True),
                                        ("contrat__isnull", True),
                                        ("convention_signee__isnull", True),
                                        ("edition__isnull", True),
                                        ("engagement__isnull", True),
                                        ("fiche__isnull", True),
                                        models.Q(("registre", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("bonne_pratique__isnull", True),
                                        ("contrat__isnull", True),
                                        ("convention_signee__isnull", True),
                                        ("edition__isnull", True),
                                        ("engagement__isnull", True),
                                        ("fiche__isnull", True),
                                        ("nature", "demande"),
                                    ),
                                    _connector="OR",
                                ),
                                name="annonce_une_cible",
                                violation_error_message="Une annonce mène à une seule chose\u202f: un engagement, une convention, un contrat, une fiche, une édition, une bonne pratique ou un registre\u202f; seule une demande peut rester sans suite.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("nature__in", ["promesse", "demande"])),
                                name="annonce_nature",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("registre__in", ["", "bonnes-pratiques"])),
                                name="annonce_registre",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AutreNom",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                max_length=80, unique=True, verbose_name="ancien identifiant"
                            ),
                        ),
                        (
                            "nom",
                            models.CharField(
                                max_length=200, verbose_name="nom tel qu’il était écrit"
                            ),
                        ),
                        (
                            "intervenant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="autres_noms",
                                to="evenements.intervenant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "autre nom",
                        "verbose_name_plural": "autres noms",
                        "ordering": ["intervenant", "identifiant"],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("le", models.DateField(verbose_name="le")),
                        (
                            "texte",
                            models.CharField(max_length=500, verbose_name="ce qui a été corrigé"),
                        ),
                        (
                            "assemblee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction",
                        "ordering": ["assemblee", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assemblee", "numero"),
                                name="correction_numero",
                                violation_error_message="Cette assemblée a déjà une correction de ce numéro.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAnnonce",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "texte",
                            models.CharField(max_length=300, verbose_name="ce qui a été annoncé"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "bonne_pratique",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.bonnepratique",
                                verbose_name="bonne pratique",
                            ),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.contrat",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.editioncarte",
                                verbose_name="édition de la carte",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.engagement",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
                                verbose_name="fiche action",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "intervention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Si l’on sait qui l’a annoncé.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.intervention",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                        (
                            "convention_signee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Si l’annonce est la convention tout entière, et non l’un de ses engagements.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
                                verbose_name="convention",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("promesse", "promesse"), ("demande", "demande")],
                                default="promesse",
                                help_text="Une demande n’engage que celui qui la fait.",
                                max_length=8,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "registre",
                            models.CharField(
                                blank=True,
                                choices=[("bonnes-pratiques", "les bonnes pratiques publiées")],
                                help_text="Si la suite est toute une liste publique.",
                                max_length=20,
                                verbose_name="registre",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’annonce",
                        "verbose_name_plural": "historical annonces",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAssemblee",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(max_length=80, verbose_name="identifiant"),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        ("date_debut", models.DateField(verbose_name="premier jour")),
                        ("date_fin", models.DateField(verbose_name="dernier jour")),
                        (
                            "ville",
                            models.CharField(
                                blank=True,
                                help_text="Vide si elle n’est pas connue.",
                                max_length=100,
                                verbose_name="ville",
                            ),
                        ),
                        ("lieu", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        (
                            "organisateurs",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="à l’invitation de"
                            ),
                        ),
                        (
                            "participants",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: près de 300.",
                                max_length=100,
                                verbose_name="participants",
                            ),
                        ),
                        ("resume", models.TextField(blank=True, verbose_name="résumé")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Visible de tous\u202f: seulement avec l’accord de la personne.",
                                max_length=200,
                                verbose_name="contact publié",
                            ),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.editioncarte",
                                verbose_name="édition de la carte présentée",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’assemblée",
                        "verbose_name_plural": "historical assemblées",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAssemblee_conventions",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "assemblee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.assemblee",
                            ),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalassemblee",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalAssemblee_conventions",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAutreNom",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(max_length=80, verbose_name="ancien identifiant"),
                        ),
                        (
                            "nom",
                            models.CharField(
                                max_length=200, verbose_name="nom tel qu’il était écrit"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "intervenant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.intervenant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’autre nom",
                        "verbose_name_plural": "historical autres noms",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCorrection",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("le", models.DateField(verbose_name="le")),
                        (
                            "texte",
                            models.CharField(max_length=500, verbose_name="ce qui a été corrigé"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "assemblee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la correction",
                        "verbose_name_plural": "historical corrections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "auteurs",
                            models.CharField(blank=True, max_length=300, verbose_name="auteurs"),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "fichier",
                            models.TextField(
                                blank=True,
                                max_length=100,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        ("lien", models.URLField(blank=True, verbose_name="lien")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "assemblee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIntervenant",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(max_length=80, verbose_name="identifiant"),
                        ),
                        (
                            "prenom",
                            models.CharField(blank=True, max_length=80, verbose_name="prénom"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’intervenant",
                        "verbose_name_plural": "historical intervenants",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIntervention",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                help_text="À cette date.",
                                max_length=200,
                                verbose_name="rôle",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        ("resume", models.TextField(blank=True, verbose_name="résumé")),
                        (
                            "citation",
                            models.TextField(
                                blank=True,
                                help_text="Seulement les mots exacts, avec leur source.",
                                verbose_name="citation littérale",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "intervenant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.intervenant",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.sequence",
                                verbose_name="séquence",
                            ),
                        ),
                        (
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.territoire",
                                verbose_name="au nom du territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’intervention",
                        "verbose_name_plural": "historical interventions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSequence",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("ordre", models.PositiveSmallIntegerField(verbose_name="ordre")),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("table_ronde", "table ronde"),
                                    ("signature", "signature"),
                                    ("annonce", "annonce"),
                                    ("atelier", "atelier"),
                                    ("allocution", "allocution"),
                                    ("autre", "autre"),
                                ],
                                default="table_ronde",
                                max_length=12,
                                verbose_name="type",
                            ),
                        ),
                        ("jour", models.DateField(verbose_name="jour")),
                        (
                            "moment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("matin", "matin"),
                                    ("apres_midi", "après-midi"),
                                    ("journee", "journée entière"),
                                ],
                                help_text="Quand l’heure exacte n’est pas connue.",
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        (
                            "debut",
                            models.TimeField(
                                blank=True,
                                help_text="Heure de Paris.",
                                null=True,
                                verbose_name="début",
                            ),
                        ),
                        (
                            "fin",
                            models.TimeField(
                                blank=True,
                                help_text="Après minuit, écrivez l’heure du lendemain\u202f: de 20:00 à 02:00.",
                                null=True,
                                verbose_name="fin",
                            ),
                        ),
                        (
                            "salle",
                            models.CharField(blank=True, max_length=100, verbose_name="salle"),
                        ),
                        ("compte_rendu", models.TextField(blank=True, verbose_name="compte rendu")),
                        (
                            "repere",
                            models.CharField(
                                default=evenements.models.assemblees.nouveau_repere,
                                editable=False,
                                max_length=40,
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "assemblee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.assemblee",
                                verbose_name="assemblée",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "difficultes",
                            models.TextField(
                                blank=True,
                                help_text="Une par ligne.",
                                verbose_name="difficultés relevées",
                            ),
                        ),
                        (
                            "dit_ensemble",
                            models.TextField(
                                blank=True,
                                help_text="La position commune de tous ceux qui y ont pris la parole.",
                                verbose_name="dit ensemble",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la séquence",
                        "verbose_name_plural": "historical séquences",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAnnonce_ensemble",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "annonce",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.annonce",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalannonce",
                            ),
                        ),
                        (
                            "intervenant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.intervenant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalAnnonce_ensemble",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument_themes",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.document",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicaldocument",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalDocument_themes",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSequence_themes",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalsequence",
                            ),
                        ),
                        (
                            "sequence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.sequence",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalSequence_themes",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Actualite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                help_text="Termine l’adresse de la page.",
                                max_length=80,
                                unique=True,
                                verbose_name="identifiant",
                            ),
                        ),
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "chapo",
                            models.CharField(
                                blank=True,
                                help_text="Une phrase qui résume, en tête de la page.",
                                max_length=300,
                                verbose_name="chapo",
                            ),
                        ),
                        (
                            "texte",
                            models.TextField(
                                help_text="Une ligne vide entre deux paragraphes. « ## Titre » pour un intertitre, « - » devant chaque élément d’une liste, **gras**, [texte du lien](/fiches/).",
                                verbose_name="texte",
                            ),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        ("le", models.DateField(verbose_name="date")),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True, editable=False, max_length=400, sources=("titre",)
                            ),
                        ),
                        (
                            "assemblees",
                            models.ManyToManyField(
                                blank=True,
                                related_name="actualites",
                                to="evenements.assemblee",
                                verbose_name="assemblées",
                            ),
                        ),
                        (
                            "conventions",
                            models.ManyToManyField(
                                blank=True, related_name="actualites", to="programme.convention"
                            ),
                        ),
                        (
                            "fiches",
                            models.ManyToManyField(
                                blank=True,
                                related_name="actualites",
                                to="programme.ficheaction",
                                verbose_name="fiches actions",
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                        (
                            "territoires",
                            models.ManyToManyField(
                                blank=True, related_name="actualites", to="territoires.territoire"
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True,
                                related_name="actualites",
                                to="programme.theme",
                                verbose_name="thèmes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "actualité",
                        "ordering": ["-le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publiee_par", None),
                                    ("publiee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="actualite_publiee",
                                violation_error_message="L’auteur de la publication va avec sa date.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalActualite",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                help_text="Termine l’adresse de la page.",
                                max_length=80,
                                verbose_name="identifiant",
                            ),
                        ),
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "chapo",
                            models.CharField(
                                blank=True,
                                help_text="Une phrase qui résume, en tête de la page.",
                                max_length=300,
                                verbose_name="chapo",
                            ),
                        ),
                        (
                            "texte",
                            models.TextField(
                                help_text="Une ligne vide entre deux paragraphes. « ## Titre » pour un intertitre, « - » devant chaque élément d’une liste, **gras**, [texte du lien](/fiches/).",
                                verbose_name="texte",
                            ),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        ("le", models.DateField(verbose_name="date")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’actualité",
                        "verbose_name_plural": "historical actualités",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActualite_assemblees",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "actualite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.actualite",
                            ),
                        ),
                        (
                            "assemblee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.assemblee",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalactualite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalActualite_assemblees",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActualite_conventions",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "actualite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.actualite",
                            ),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalactualite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalActualite_conventions",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActualite_fiches",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "actualite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.actualite",
                            ),
                        ),
                        (
                            "ficheaction",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalactualite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalActualite_fiches",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActualite_territoires",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "actualite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.actualite",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalactualite",
                            ),
                        ),
                        (
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalActualite_territoires",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActualite_themes",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "actualite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evenements.actualite",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evenements.historicalactualite",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalActualite_themes",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPageEditoriale",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                help_text="Termine l’adresse de la page.",
                                max_length=80,
                                verbose_name="identifiant",
                            ),
                        ),
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "chapo",
                            models.CharField(
                                blank=True,
                                help_text="Une phrase qui résume, en tête de la page.",
                                max_length=300,
                                verbose_name="chapo",
                            ),
                        ),
                        (
                            "texte",
                            models.TextField(
                                help_text="Une ligne vide entre deux paragraphes. « ## Titre » pour un intertitre, « - » devant chaque élément d’une liste, **gras**, [texte du lien](/fiches/).",
                                verbose_name="texte",
                            ),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la page",
                        "verbose_name_plural": "historical pages du programme",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PageEditoriale",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(
                                help_text="Termine l’adresse de la page.",
                                max_length=80,
                                unique=True,
                                verbose_name="identifiant",
                            ),
                        ),
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "chapo",
                            models.CharField(
                                blank=True,
                                help_text="Une phrase qui résume, en tête de la page.",
                                max_length=300,
                                verbose_name="chapo",
                            ),
                        ),
                        (
                            "texte",
                            models.TextField(
                                help_text="Une ligne vide entre deux paragraphes. « ## Titre » pour un intertitre, « - » devant chaque élément d’une liste, **gras**, [texte du lien](/fiches/).",
                                verbose_name="texte",
                            ),
                        ),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publiée le"
                            ),
                        ),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True, editable=False, max_length=400, sources=("titre",)
                            ),
                        ),
                        (
                            "publiee_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page du programme",
                        "verbose_name_plural": "pages du programme",
                        "ordering": ["ordre", "titre"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publiee_par", None),
                                    ("publiee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="page_publiee",
                                violation_error_message="L’auteur de la publication va avec sa date.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
