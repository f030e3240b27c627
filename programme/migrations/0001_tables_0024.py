"""The tables of a new base in one step; one that stood before has them by the others."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.utils.timezone
import programme.fiches.models.fiches
import programme.fiches.models.obstacles
import programme.fichiers
import simple_history.models
import territoires.champs
import territoires.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("programme", "0001_initial"),
        ("programme", "0002_utilite"),
        ("programme", "0003_seances"),
        ("programme", "0004_modifications_avenants"),
        ("programme", "0005_aides_de_la_fiche"),
        ("programme", "0006_suivi_et_courriels"),
        ("programme", "0007_demande_appliquee"),
        ("programme", "0008_dates_des_demandes"),
        ("programme", "0009_historique_du_plan"),
        ("programme", "0010_rangs_des_etapes"),
        ("programme", "0011_courriels_retenus"),
        ("programme", "0012_effet_des_avis"),
        ("programme", "0013_genre_et_seances_communes"),
        ("programme", "0014_suivi_financier"),
        ("programme", "0015_ligne_et_engagement"),
        ("programme", "0016_obstacles_et_nouvelles"),
        ("programme", "0017_reprise_des_obstacles"),
        ("programme", "0018_textes_des_obstacles_retires"),
        ("programme", "0019_historique_de_tout"),
        ("programme", "0020_modifications_des_fiches"),
        ("programme", "0021_bilans"),
        ("programme", "0022_dates_cles"),
        ("programme", "0023_releves_gardes"),
        ("programme", "0024_contrats_des_regions"),
    ]

    initial = True

    dependencies = [
        ("territoires", "0014_liens_programmes"),
    ]

    operations = [
        territoires.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Axe",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        (
                            "ordre",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ordre"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True, editable=False, max_length=400, sources=("nom",)
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="axes",
                                to="programme.phase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "axe",
                        "ordering": ["-phase__numero", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("phase", "nom"),
                                name="axe_unique",
                                violation_error_message="Cette phase a déjà cet axe.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Convention",
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
                            "reference",
                            models.SlugField(max_length=60, unique=True, verbose_name="référence"),
                        ),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "signee_le",
                            models.DateField(blank=True, null=True, verbose_name="signée le"),
                        ),
                        (
                            "lieu",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="lieu de signature"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(blank=True, null=True, verbose_name="prend effet le"),
                        ),
                        (
                            "fin",
                            models.DateField(blank=True, null=True, verbose_name="se termine le"),
                        ),
                        ("publiee", models.BooleanField(default=False, verbose_name="publiée")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("objet", "reference"),
                            ),
                        ),
                        (
                            "partenaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conventions",
                                to="programme.partenaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "convention",
                        "ordering": ["-signee_le", "reference"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut__isnull", True),
                                    ("fin__isnull", True),
                                    ("fin__gte", models.F("debut")),
                                    _connector="OR",
                                ),
                                name="convention_dates",
                                violation_error_message="La fin ne peut pas précéder le début.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComiteDePilotage",
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
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "region",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comite",
                                to="territoires.region",
                                verbose_name="région",
                            ),
                        ),
                        (
                            "quorum",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Nombre de membres présents qu’il faut en séance\u202f; vide si le comité n’en a pas.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="quorum",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comité de pilotage régional",
                        "verbose_name_plural": "comités de pilotage régionaux",
                        "ordering": ["region__nom"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quorum", None), ("quorum__gte", 1), _connector="OR"
                                ),
                                name="comite_quorum",
                                violation_error_message="Un quorum compte au moins un membre.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contrat",
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
                            "reference",
                            models.SlugField(max_length=80, unique=True, verbose_name="référence"),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("protocole", "protocole d’accord"),
                                    ("contrat", "contrat"),
                                ],
                                default="contrat",
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("preparation", "en préparation"),
                                    ("signe", "signé"),
                                    ("termine", "terminé"),
                                ],
                                default="preparation",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "signe_le",
                            models.DateField(blank=True, null=True, verbose_name="signé le"),
                        ),
                        (
                            "lieu",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="lieu de signature"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(
                                blank=True, null=True, verbose_name="début de la période"
                            ),
                        ),
                        (
                            "fin",
                            models.DateField(
                                blank=True, null=True, verbose_name="fin de la période"
                            ),
                        ),
                        (
                            "nombre_fiches_annonce",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="nombre de fiches annoncé"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("reference",),
                            ),
                        ),
                        (
                            "territoire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contrats",
                                to="territoires.territoire",
                            ),
                        ),
                        (
                            "fiches",
                            models.ManyToManyField(
                                blank=True,
                                related_name="contrats",
                                through="programme.FicheContrat",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "liens",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Ceux du territoire avec lesquels ce contrat s’articule.",
                                related_name="contrats",
                                to="territoires.lienprogramme",
                                verbose_name="liens avec d’autres programmes",
                            ),
                        ),
                        (
                            "precedent",
                            models.ForeignKey(
                                blank=True,
                                help_text="Le protocole ou le contrat que celui-ci prolonge, de ce territoire ou de celui qu’il continue.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites",
                                to="programme.contrat",
                                verbose_name="fait suite à",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contrat",
                        "ordering": ["-signe_le", "reference"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut__isnull", True),
                                    ("fin__isnull", True),
                                    ("fin__gte", models.F("debut")),
                                    _connector="OR",
                                ),
                                name="contrat_dates",
                                violation_error_message="La fin ne peut pas précéder le début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("type__in", ["protocole", "contrat"])),
                                name="contrat_type",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["preparation", "signe", "termine"])
                                ),
                                name="contrat_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat", "preparation"),
                                    ("signe_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="contrat_signe_date",
                                violation_error_message="Un contrat signé porte la date de sa signature.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandePerimetre",
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
                            "reference",
                            models.CharField(
                                editable=False, max_length=20, unique=True, verbose_name="référence"
                            ),
                        ),
                        (
                            "motif",
                            models.TextField(
                                help_text="Pourquoi ce périmètre devrait changer.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("deposee", "déposée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                ],
                                default="deposee",
                                editable=False,
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "deposee_le",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="déposée le",
                            ),
                        ),
                        (
                            "deposee_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposée par",
                            ),
                        ),
                        (
                            "perimetre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demandes",
                                to="territoires.perimetre",
                                verbose_name="périmètre",
                            ),
                        ),
                        (
                            "application",
                            models.TextField(
                                blank=True, editable=False, verbose_name="ce qui a été appliqué"
                            ),
                        ),
                        (
                            "appliquee_a",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="demandes_appliquees",
                                to="territoires.editioncarte",
                                verbose_name="appliquée à",
                            ),
                        ),
                        (
                            "appliquee_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="appliquée le"
                            ),
                        ),
                        (
                            "appliquee_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="appliquée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demande d’adaptation de périmètre",
                        "verbose_name_plural": "demandes d’adaptation de périmètre",
                        "ordering": ["-deposee_le"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["deposee", "acceptee", "refusee"])
                                ),
                                name="demande_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("appliquee_le__isnull", True),
                                        ("appliquee_par__isnull", True),
                                    ),
                                    models.Q(
                                        ("appliquee_le__isnull", False),
                                        ("appliquee_par__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="demande_appliquee",
                                violation_error_message="L’auteur et la date vont ensemble.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentConvention",
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
                            "fichier",
                            models.FileField(
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "depose_le",
                            models.DateTimeField(auto_now_add=True, verbose_name="déposé le"),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="programme.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "ordering": ["titre"],
                    },
                ),
                migrations.CreateModel(
                    name="Engagement",
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
                        ("intitule", models.CharField(max_length=300, verbose_name="intitulé")),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros.",
                                max_digits=14,
                                null=True,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "echeance",
                            models.DateField(blank=True, null=True, verbose_name="échéance"),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("annonce", "annoncé"),
                                    ("en_cours", "en cours"),
                                    ("tenu", "tenu"),
                                    ("abandonne", "abandonné"),
                                ],
                                default="annonce",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "nouvelle",
                            models.TextField(blank=True, verbose_name="dernière nouvelle"),
                        ),
                        (
                            "nouvelle_du",
                            models.DateField(blank=True, null=True, verbose_name="nouvelle du"),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="engagements",
                                to="programme.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "engagement",
                        "ordering": ["convention", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("convention", "numero"),
                                name="engagement_numero",
                                violation_error_message="Cette convention a déjà un engagement de ce numéro.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("montant__isnull", True), ("montant__gte", 0), _connector="OR"
                                ),
                                name="engagement_montant",
                                violation_error_message="Un montant ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["annonce", "en_cours", "tenu", "abandonne"])
                                ),
                                name="engagement_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FicheAction",
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
                            "reference",
                            models.CharField(
                                default=programme.fiches.models.fiches.nouvelle_reference,
                                editable=False,
                                max_length=20,
                                unique=True,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "titre",
                            models.CharField(
                                help_text="Ce que l’on fera, en une ligne. Par exemple\u202f: Ouvrir une école de production.",
                                max_length=200,
                                verbose_name="titre",
                            ),
                        ),
                        (
                            "contexte",
                            models.TextField(
                                blank=True,
                                help_text="La situation de départ. Par exemple\u202f: les ateliers du bassin cherchent trente soudeurs par an et n’en trouvent que dix.",
                                verbose_name="contexte",
                            ),
                        ),
                        (
                            "objectifs",
                            models.TextField(
                                blank=True,
                                help_text="Le but, si possible chiffré. Par exemple\u202f: former trente soudeurs par an.",
                                verbose_name="objectifs",
                            ),
                        ),
                        (
                            "description",
                            models.TextField(
                                blank=True,
                                help_text="Ce qui sera fait, où et par qui. Par exemple\u202f: aménager un atelier de 800 m² et ouvrir deux classes.",
                                verbose_name="description",
                            ),
                        ),
                        (
                            "resultats_attendus",
                            models.TextField(
                                blank=True,
                                help_text="Ce que l’on pourra constater à la fin. Par exemple\u202f: vingt-cinq diplômés embauchés dans l’année.",
                                verbose_name="résultats attendus",
                            ),
                        ),
                        (
                            "maitre_ouvrage",
                            models.CharField(
                                blank=True,
                                help_text="L’organisme qui porte l’action et en répond. Par exemple\u202f: la communauté de communes.",
                                max_length=200,
                                verbose_name="maître d’ouvrage",
                            ),
                        ),
                        (
                            "date_debut",
                            models.DateField(
                                blank=True,
                                help_text="Même approximative. Par exemple\u202f: 01/09/2027.",
                                null=True,
                                verbose_name="date de début",
                            ),
                        ),
                        (
                            "date_fin",
                            models.DateField(
                                blank=True,
                                help_text="Par exemple\u202f: 31/12/2029.",
                                null=True,
                                verbose_name="date de fin",
                            ),
                        ),
                        (
                            "cout_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros, hors taxes. Par exemple\u202f: 1\u202f200\u202f000.",
                                max_digits=12,
                                null=True,
                                verbose_name="coût total",
                            ),
                        ),
                        (
                            "avancement",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="En pourcentage, une fois l’action engagée.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="avancement",
                            ),
                        ),
                        (
                            "contact_nom",
                            models.CharField(
                                blank=True,
                                help_text="La personne que le comité peut appeler.",
                                max_length=150,
                                verbose_name="nom du contact",
                            ),
                        ),
                        (
                            "contact_courriel",
                            models.EmailField(
                                blank=True,
                                help_text="Par exemple\u202f: industrie@exemple.fr.",
                                max_length=254,
                                verbose_name="courriel du contact",
                            ),
                        ),
                        (
                            "contact_telephone",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: 01 23 45 67 89.",
                                max_length=30,
                                verbose_name="téléphone du contact",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("refusee", "refusée"),
                                    ("validee", "validée"),
                                    ("engagee", "engagée"),
                                    ("realisee", "réalisée"),
                                    ("abandonnee", "abandonnée"),
                                ],
                                db_index=True,
                                default="brouillon",
                                editable=False,
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="créée le"),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(
                                auto_now=True, db_index=True, verbose_name="modifiée le"
                            ),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("titre", "reference"),
                            ),
                        ),
                        (
                            "axe",
                            models.ForeignKey(
                                blank=True,
                                help_text="L’axe du programme auquel l’action répond d’abord.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fiches",
                                to="programme.axe",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
                            ),
                        ),
                        (
                            "intercommunalites",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Celles où l’action a lieu. Tapez un nom ou un numéro SIREN.",
                                related_name="fiches",
                                to="territoires.intercommunalite",
                                verbose_name="intercommunalités concernées",
                            ),
                        ),
                        (
                            "territoire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fiches",
                                to="territoires.territoire",
                            ),
                        ),
                        (
                            "partenaires",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Ceux qui aident ou financent. Par exemple\u202f: la Banque des Territoires.",
                                related_name="fiches",
                                to="programme.partenaire",
                            ),
                        ),
                        (
                            "dernier_envoi",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programme.passage",
                                verbose_name="dernière transmission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fiche action",
                        "verbose_name_plural": "fiches actions",
                        "ordering": ["-updated_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("date_debut__isnull", True),
                                    ("date_fin__isnull", True),
                                    ("date_fin__gte", models.F("date_debut")),
                                    _connector="OR",
                                ),
                                name="fiche_dates",
                                violation_error_message="La date de fin ne peut pas précéder la date de début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cout_total__isnull", True),
                                    ("cout_total__gte", 0),
                                    _connector="OR",
                                ),
                                name="fiche_cout",
                                violation_error_message="Un coût ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("avancement", None),
                                    ("avancement__range", (0, 100)),
                                    _connector="OR",
                                ),
                                name="fiche_avancement",
                                violation_error_message="L’avancement va de 0 à 100\u202f%%.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "etat__in",
                                        [
                                            "brouillon",
                                            "transmise",
                                            "ajournee",
                                            "refusee",
                                            "validee",
                                            "engagee",
                                            "realisee",
                                            "abandonnee",
                                        ],
                                    )
                                ),
                                name="fiche_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Etape",
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
                        ("intitule", models.CharField(max_length=200, verbose_name="étape")),
                        ("debut", models.DateField(blank=True, null=True, verbose_name="début")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="fin")),
                        ("faite", models.BooleanField(default=False, verbose_name="faite")),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="etapes",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "ajoutee_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide pour une étape du calendrier sur lequel l’avis a été rendu.",
                                null=True,
                                verbose_name="ajoutée le",
                            ),
                        ),
                        (
                            "faite_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide quand le jour n’est pas connu.",
                                null=True,
                                verbose_name="faite le",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "étape",
                        "ordering": ["ordre", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "ordre"),
                                name="etape_ordre",
                                violation_error_message="Deux étapes portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut__isnull", True),
                                    ("fin__isnull", True),
                                    ("fin__gte", models.F("debut")),
                                    _connector="OR",
                                ),
                                name="etape_dates",
                                violation_error_message="La fin ne peut pas précéder le début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("faite", True), ("faite_le", None), _connector="OR"
                                ),
                                name="etape_faite_le",
                                violation_error_message="Une étape qui reste à faire n’a pas de jour où elle a été faite.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BonnePratique",
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
                                max_length=120, unique=True, verbose_name="identifiant"
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=100, verbose_name="thème"),
                        ),
                        ("resume", models.TextField(verbose_name="résumé")),
                        (
                            "mise_en_oeuvre",
                            models.TextField(blank=True, verbose_name="ce qu’il a fallu"),
                        ),
                        (
                            "cout",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ce que cela a coûté"
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Contact visible de tous.",
                                max_length=200,
                                verbose_name="à qui s’adresser",
                            ),
                        ),
                        (
                            "formalisee_par_un_pilote",
                            models.BooleanField(
                                default=False, verbose_name="formalisée par un territoire pilote"
                            ),
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
                                sources=("titre", "theme"),
                            ),
                        ),
                        (
                            "axe",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bonnes_pratiques",
                                to="programme.axe",
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
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bonnes_pratiques",
                                to="territoires.territoire",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bonnes_pratiques",
                                to="programme.ficheaction",
                                verbose_name="fiche d’origine",
                            ),
                        ),
                        (
                            "fiches_liees",
                            models.ManyToManyField(
                                blank=True,
                                related_name="pratiques_reprises",
                                to="programme.ficheaction",
                                verbose_name="autres fiches qui s’en inspirent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bonne pratique",
                        "verbose_name_plural": "bonnes pratiques",
                        "ordering": ["-publiee_le", "titre"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("publiee_le__isnull", True), ("publiee_par__isnull", True)
                                    ),
                                    models.Q(
                                        ("publiee_le__isnull", False),
                                        ("publiee_par__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="bonnepratique_publiee",
                                violation_error_message="L’auteur et la date vont ensemble.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FicheContrat",
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
                            "engagement_ferme",
                            models.BooleanField(default=False, verbose_name="engagement ferme"),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lignes_fiches",
                                to="programme.contrat",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lignes_contrats",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fiche du contrat",
                        "verbose_name_plural": "fiches du contrat",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contrat", "fiche"),
                                name="fichecontrat_unique",
                                violation_error_message="Cette fiche est déjà dans ce contrat.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalContrat",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.SlugField(max_length=80, verbose_name="référence")),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("protocole", "protocole d’accord"),
                                    ("contrat", "contrat"),
                                ],
                                default="contrat",
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("preparation", "en préparation"),
                                    ("signe", "signé"),
                                    ("termine", "terminé"),
                                ],
                                default="preparation",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "signe_le",
                            models.DateField(blank=True, null=True, verbose_name="signé le"),
                        ),
                        (
                            "lieu",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="lieu de signature"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(
                                blank=True, null=True, verbose_name="début de la période"
                            ),
                        ),
                        (
                            "fin",
                            models.DateField(
                                blank=True, null=True, verbose_name="fin de la période"
                            ),
                        ),
                        (
                            "nombre_fiches_annonce",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="nombre de fiches annoncé"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("reference",),
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
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.territoire",
                            ),
                        ),
                        (
                            "precedent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Le protocole ou le contrat que celui-ci prolonge, de ce territoire ou de celui qu’il continue.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.contrat",
                                verbose_name="fait suite à",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du contrat",
                        "verbose_name_plural": "historical contrats",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEngagement",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("intitule", models.CharField(max_length=300, verbose_name="intitulé")),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros.",
                                max_digits=14,
                                null=True,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "echeance",
                            models.DateField(blank=True, null=True, verbose_name="échéance"),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("annonce", "annoncé"),
                                    ("en_cours", "en cours"),
                                    ("tenu", "tenu"),
                                    ("abandonne", "abandonné"),
                                ],
                                default="annonce",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "nouvelle",
                            models.TextField(blank=True, verbose_name="dernière nouvelle"),
                        ),
                        (
                            "nouvelle_du",
                            models.DateField(blank=True, null=True, verbose_name="nouvelle du"),
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
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
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
                        "verbose_name": "historique de l’engagement",
                        "verbose_name_plural": "historical engagements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFicheAction",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                default=programme.fiches.models.fiches.nouvelle_reference,
                                editable=False,
                                max_length=20,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "titre",
                            models.CharField(
                                help_text="Ce que l’on fera, en une ligne. Par exemple\u202f: Ouvrir une école de production.",
                                max_length=200,
                                verbose_name="titre",
                            ),
                        ),
                        (
                            "contexte",
                            models.TextField(
                                blank=True,
                                help_text="La situation de départ. Par exemple\u202f: les ateliers du bassin cherchent trente soudeurs par an et n’en trouvent que dix.",
                                verbose_name="contexte",
                            ),
                        ),
                        (
                            "objectifs",
                            models.TextField(
                                blank=True,
                                help_text="Le but, si possible chiffré. Par exemple\u202f: former trente soudeurs par an.",
                                verbose_name="objectifs",
                            ),
                        ),
                        (
                            "description",
                            models.TextField(
                                blank=True,
                                help_text="Ce qui sera fait, où et par qui. Par exemple\u202f: aménager un atelier de 800 m² et ouvrir deux classes.",
                                verbose_name="description",
                            ),
                        ),
                        (
                            "resultats_attendus",
                            models.TextField(
                                blank=True,
                                help_text="Ce que l’on pourra constater à la fin. Par exemple\u202f: vingt-cinq diplômés embauchés dans l’année.",
                                verbose_name="résultats attendus",
                            ),
                        ),
                        (
                            "maitre_ouvrage",
                            models.CharField(
                                blank=True,
                                help_text="L’organisme qui porte l’action et en répond. Par exemple\u202f: la communauté de communes.",
                                max_length=200,
                                verbose_name="maître d’ouvrage",
                            ),
                        ),
                        (
                            "date_debut",
                            models.DateField(
                                blank=True,
                                help_text="Même approximative. Par exemple\u202f: 01/09/2027.",
                                null=True,
                                verbose_name="date de début",
                            ),
                        ),
                        (
                            "date_fin",
                            models.DateField(
                                blank=True,
                                help_text="Par exemple\u202f: 31/12/2029.",
                                null=True,
                                verbose_name="date de fin",
                            ),
                        ),
                        (
                            "cout_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros, hors taxes. Par exemple\u202f: 1\u202f200\u202f000.",
                                max_digits=12,
                                null=True,
                                verbose_name="coût total",
                            ),
                        ),
                        (
                            "avancement",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="En pourcentage, une fois l’action engagée.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="avancement",
                            ),
                        ),
                        (
                            "contact_nom",
                            models.CharField(
                                blank=True,
                                help_text="La personne que le comité peut appeler.",
                                max_length=150,
                                verbose_name="nom du contact",
                            ),
                        ),
                        (
                            "contact_courriel",
                            models.EmailField(
                                blank=True,
                                help_text="Par exemple\u202f: industrie@exemple.fr.",
                                max_length=254,
                                verbose_name="courriel du contact",
                            ),
                        ),
                        (
                            "contact_telephone",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: 01 23 45 67 89.",
                                max_length=30,
                                verbose_name="téléphone du contact",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("refusee", "refusée"),
                                    ("validee", "validée"),
                                    ("engagee", "engagée"),
                                    ("realisee", "réalisée"),
                                    ("abandonnee", "abandonnée"),
                                ],
                                db_index=True,
                                default="brouillon",
                                editable=False,
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                blank=True, editable=False, verbose_name="créée le"
                            ),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(
                                blank=True,
                                db_index=True,
                                editable=False,
                                verbose_name="modifiée le",
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
                            "axe",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="L’axe du programme auquel l’action répond d’abord.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.axe",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
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
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.territoire",
                            ),
                        ),
                        (
                            "dernier_envoi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.passage",
                                verbose_name="dernière transmission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la fiche",
                        "verbose_name_plural": "historical fiches actions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFicheAction_intercommunalites",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
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
                                to="programme.historicalficheaction",
                            ),
                        ),
                        (
                            "intercommunalite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.intercommunalite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalFicheAction_intercommunalites",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSeance",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField(verbose_name="date")),
                        ("lieu", models.CharField(blank=True, max_length=150, verbose_name="lieu")),
                        (
                            "ordre_du_jour",
                            models.TextField(blank=True, verbose_name="ordre du jour"),
                        ),
                        (
                            "compte_rendu",
                            models.TextField(
                                blank=True,
                                help_text="Interne\u202f: il n’est jamais publié.",
                                verbose_name="compte rendu",
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
                            "comite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.comitedepilotage",
                                verbose_name="comité",
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
                            "close_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="close le"
                            ),
                        ),
                        (
                            "close_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="close par",
                            ),
                        ),
                        (
                            "commune_avec",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="La séance, le même jour, du comité d’une autre région\u202f: un seul ordre du jour, un seul dossier, et chaque comité garde ses présences, ses avis et son relevé.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.seance",
                                verbose_name="commune avec",
                            ),
                        ),
                        (
                            "compose_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="ordre du jour composé le"
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[
                                    ("seance", "séance"),
                                    ("consultation", "consultation écrite"),
                                ],
                                default="seance",
                                help_text="Une consultation écrite n’a pas de lieu\u202f: on y note qui a répondu.",
                                max_length=12,
                                verbose_name="genre",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la séance",
                        "verbose_name_plural": "historical séances",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Indicateur",
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
                        ("libelle", models.CharField(max_length=200, verbose_name="indicateur")),
                        (
                            "unite",
                            models.CharField(blank=True, max_length=40, verbose_name="unité"),
                        ),
                        (
                            "cible",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="cible",
                            ),
                        ),
                        (
                            "valeur",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="valeur",
                            ),
                        ),
                        (
                            "mesure_le",
                            models.DateField(blank=True, null=True, verbose_name="mesuré le"),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicateurs",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicateur",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "libelle"),
                                name="indicateur_unique",
                                violation_error_message="Cet indicateur existe déjà.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mesure_le", None), ("valeur", None)),
                                    models.Q(
                                        ("mesure_le__isnull", False), ("valeur__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="indicateur_date",
                                violation_error_message="Une valeur mesurée et le jour de la mesure vont ensemble.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembreComite",
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
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        (
                            "qualite",
                            models.CharField(
                                choices=[("president", "président"), ("membre", "membre")],
                                default="membre",
                                max_length=10,
                                verbose_name="qualité",
                            ),
                        ),
                        (
                            "fonction",
                            models.CharField(blank=True, max_length=200, verbose_name="fonction"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(blank=True, null=True, verbose_name="début du mandat"),
                        ),
                        (
                            "fin",
                            models.DateField(blank=True, null=True, verbose_name="fin du mandat"),
                        ),
                        (
                            "comite",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="membres",
                                to="programme.comitedepilotage",
                                verbose_name="comité",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membre du comité",
                        "verbose_name_plural": "membres du comité",
                        "ordering": ["-qualite", "nom"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut__isnull", True),
                                    ("fin__isnull", True),
                                    ("fin__gte", models.F("debut")),
                                    _connector="OR",
                                ),
                                name="membrecomite_dates",
                                violation_error_message="Le mandat ne peut finir avant son début.",
                            ),
                            models.UniqueConstraint(
                                fields=("comite", "nom", "organisation"),
                                name="membrecomite_unique",
                                violation_error_message="Cette personne est déjà membre du comité à ce titre.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("qualite__in", ["president", "membre"])),
                                name="membrecomite_qualite",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MouvementDemande",
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
                            "sens",
                            models.CharField(
                                choices=[("ajout", "ajouter"), ("retrait", "retirer")],
                                default="ajout",
                                max_length=7,
                                verbose_name="sens",
                            ),
                        ),
                        (
                            "commune",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territoires.commune",
                            ),
                        ),
                        (
                            "demande",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mouvements",
                                to="programme.demandeperimetre",
                            ),
                        ),
                        (
                            "intercommunalite",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territoires.intercommunalite",
                                verbose_name="intercommunalité",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mouvement demandé",
                        "verbose_name_plural": "mouvements demandés",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("commune__isnull", True),
                                        ("intercommunalite__isnull", False),
                                    ),
                                    models.Q(
                                        ("commune__isnull", False),
                                        ("intercommunalite__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mouvement_un_seul",
                                violation_error_message="Indiquez une intercommunalité ou une commune, une seule des deux.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sens__in", ["ajout", "retrait"])),
                                name="mouvement_sens",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partenaire",
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
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("operateur", "opérateur de l’État"),
                                    ("association", "association"),
                                    ("collectivite", "collectivité"),
                                    ("entreprise", "entreprise"),
                                    ("autre", "autre"),
                                ],
                                default="operateur",
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        ("site", models.URLField(blank=True, verbose_name="site internet")),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True, editable=False, max_length=400, sources=("nom",)
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partenaire",
                        "ordering": ["nom"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "nature__in",
                                        [
                                            "operateur",
                                            "association",
                                            "collectivite",
                                            "entreprise",
                                            "autre",
                                        ],
                                    )
                                ),
                                name="partenaire_nature",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OffreDeService",
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
                            "reference",
                            models.SlugField(max_length=60, unique=True, verbose_name="référence"),
                        ),
                        ("intitule", models.CharField(max_length=200, verbose_name="intitulé")),
                        (
                            "genre",
                            models.CharField(
                                choices=[("generique", "générique"), ("specifique", "spécifique")],
                                default="generique",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "beneficiaires",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: entreprises.",
                                max_length=200,
                                verbose_name="qui peut la demander",
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Contact professionnel, visible de tous\u202f: adresse générique de préférence.",
                                max_length=200,
                                verbose_name="contact publié",
                            ),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True, editable=False, max_length=400, sources=("intitule",)
                            ),
                        ),
                        (
                            "axes",
                            models.ManyToManyField(
                                blank=True, related_name="offres", to="programme.axe"
                            ),
                        ),
                        (
                            "partenaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offres",
                                to="programme.partenaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "offre de service",
                        "verbose_name_plural": "offres de service",
                        "ordering": ["partenaire__nom", "genre", "intitule"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("genre__in", ["generique", "specifique"])),
                                name="offre_genre",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalFicheAction_partenaires",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
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
                                to="programme.historicalficheaction",
                            ),
                        ),
                        (
                            "partenaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.partenaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalFicheAction_partenaires",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConvention",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.SlugField(max_length=60, verbose_name="référence")),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "signee_le",
                            models.DateField(blank=True, null=True, verbose_name="signée le"),
                        ),
                        (
                            "lieu",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="lieu de signature"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(blank=True, null=True, verbose_name="prend effet le"),
                        ),
                        (
                            "fin",
                            models.DateField(blank=True, null=True, verbose_name="se termine le"),
                        ),
                        ("publiee", models.BooleanField(default=False, verbose_name="publiée")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("objet", "reference"),
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
                            "partenaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.partenaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la convention",
                        "verbose_name_plural": "historical conventions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Financement",
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
                        ("financeur", models.CharField(max_length=150, verbose_name="financeur")),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="En euros.",
                                max_digits=12,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "statut",
                            models.CharField(
                                choices=[("demande", "demandé"), ("acquis", "acquis")],
                                default="demande",
                                max_length=8,
                                verbose_name="statut",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="financements",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "partenaire",
                            models.ForeignKey(
                                blank=True,
                                help_text="Si ce financeur est un partenaire du programme.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="financements",
                                to="programme.partenaire",
                            ),
                        ),
                        (
                            "accorde_depuis",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="accordé depuis",
                            ),
                        ),
                        (
                            "verse",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="versé",
                            ),
                        ),
                        (
                            "ajoutee_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide pour une ligne du plan sur lequel l’avis a été rendu.",
                                null=True,
                                verbose_name="ajoutée le",
                            ),
                        ),
                        (
                            "demande_depuis",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="demandé depuis",
                            ),
                        ),
                        (
                            "refuse",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="refusé",
                            ),
                        ),
                        (
                            "acquis",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.math.Round(
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Case(
                                                models.When(
                                                    statut="acquis", then=models.F("montant")
                                                ),
                                                default=models.Value(0),
                                                output_field=models.DecimalField(
                                                    decimal_places=2, max_digits=12
                                                ),
                                            ),
                                            "+",
                                            models.F("accorde_depuis"),
                                        ),
                                        models.F("verse"),
                                        output_field=models.DecimalField(
                                            decimal_places=2, max_digits=12
                                        ),
                                    ),
                                    2,
                                    output_field=models.DecimalField(
                                        decimal_places=2, max_digits=12
                                    ),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=12),
                                verbose_name="acquis à ce jour",
                            ),
                        ),
                        (
                            "demande",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.math.Round(
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.Case(
                                                        models.When(
                                                            statut="demande",
                                                            then=models.F("montant"),
                                                        ),
                                                        default=models.Value(0),
                                                        output_field=models.DecimalField(
                                                            decimal_places=2, max_digits=12
                                                        ),
                                                    ),
                                                    "+",
                                                    models.F("demande_depuis"),
                                                ),
                                                "-",
                                                django.db.models.functions.comparison.Greatest(
                                                    models.F("accorde_depuis"),
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("verse"),
                                                        "-",
                                                        models.Case(
                                                            models.When(
                                                                statut="acquis",
                                                                then=models.F("montant"),
                                                            ),
                                                            default=models.Value(0),
                                                            output_field=models.DecimalField(
                                                                decimal_places=2, max_digits=12
                                                            ),
                                                        ),
                                                    ),
                                                    output_field=models.DecimalField(
                                                        decimal_places=2, max_digits=12
                                                    ),
                                                ),
                                            ),
                                            "-",
                                            models.F("refuse"),
                                        ),
                                        models.Value(0),
                                        output_field=models.DecimalField(
                                            decimal_places=2, max_digits=12
                                        ),
                                    ),
                                    2,
                                    output_field=models.DecimalField(
                                        decimal_places=2, max_digits=12
                                    ),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=12),
                                verbose_name="encore demandé",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                blank=True,
                                help_text="Celui d’une convention de ce partenaire, sur lequel cette ligne est prise.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="financements",
                                to="programme.engagement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne de financement",
                        "verbose_name_plural": "plan de financement",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "financeur", "statut"),
                                name="financement_unique",
                                violation_error_message="Ce financeur a déjà une ligne de ce statut.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("montant__isnull", True), ("montant__gte", 0), _connector="OR"
                                ),
                                name="financement_montant",
                                violation_error_message="Un montant ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("statut__in", ["demande", "acquis"])),
                                name="financement_statut",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
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
                            "action",
                            models.CharField(
                                choices=[
                                    ("transmettre", "transmission au comité"),
                                    ("rappeler", "rappel par le territoire"),
                                    ("valider", "validation"),
                                    ("ajourner", "ajournement"),
                                    ("refuser", "refus"),
                                    ("engager", "engagement"),
                                    ("realiser", "réalisation"),
                                    ("abandonner", "abandon"),
                                    ("rectifier", "rectification"),
                                ],
                                max_length=12,
                                verbose_name="action",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("refusee", "refusée"),
                                    ("validee", "validée"),
                                    ("engagee", "engagée"),
                                    ("realisee", "réalisée"),
                                    ("abandonnee", "abandonnée"),
                                ],
                                max_length=12,
                                verbose_name="état d’avant",
                            ),
                        ),
                        (
                            "apres",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("refusee", "refusée"),
                                    ("validee", "validée"),
                                    ("engagee", "engagée"),
                                    ("realisee", "réalisée"),
                                    ("abandonnee", "abandonnée"),
                                ],
                                max_length=12,
                                verbose_name="état d’après",
                            ),
                        ),
                        ("motif", models.TextField(blank=True, verbose_name="motif")),
                        ("le", models.DateTimeField(verbose_name="date")),
                        (
                            "auteur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passages",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "passage",
                        "ordering": ["le", "pk"],
                        "indexes": [models.Index(fields=["apres", "le"], name="passage_apres_le")],
                    },
                ),
                migrations.CreateModel(
                    name="Avis",
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
                            "sens",
                            models.CharField(
                                choices=[
                                    ("favorable", "favorable"),
                                    ("defavorable", "défavorable"),
                                    ("ajourne", "ajourné"),
                                ],
                                max_length=12,
                                verbose_name="avis",
                            ),
                        ),
                        (
                            "motif",
                            models.TextField(
                                blank=True,
                                help_text="Obligatoire pour un avis défavorable ou ajourné.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "rendu_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="rendu le"
                            ),
                        ),
                        (
                            "rendu_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="rendu par",
                            ),
                        ),
                        (
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.demandeperimetre",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "passage",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.passage",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "effet_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="prend effet le"
                            ),
                        ),
                        (
                            "raison",
                            models.TextField(
                                blank=True,
                                editable=False,
                                help_text="Ce qui était faux.",
                                verbose_name="motif de la rectification",
                            ),
                        ),
                        (
                            "rectification",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="rectification nᵒ"
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.modification",
                            ),
                        ),
                        (
                            "envoi_modification",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="programme.passagemodification",
                                verbose_name="transmission de la modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avis",
                        "verbose_name_plural": "avis",
                        "ordering": ["-rendu_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sens__in", ["favorable", "defavorable", "ajourne"])
                                ),
                                name="avis_sens",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("rendu_le__isnull", True), ("rendu_par__isnull", True)
                                    ),
                                    models.Q(
                                        ("rendu_le__isnull", False), ("rendu_par__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="avis_rendu",
                                violation_error_message="L’auteur et la date vont ensemble.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sens", "favorable"),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="avis_motive",
                                violation_error_message="Un avis défavorable ou ajourné doit être motivé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fiche", None), ("passage__isnull", False), _connector="OR"
                                ),
                                name="avis_fiche_passage",
                                violation_error_message="Un avis ne se rend que sur une fiche transmise.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("raison", ""), ("rectification", 0)),
                                    models.Q(
                                        ("effet_le__isnull", False),
                                        ("rectification__gte", 1),
                                        models.Q(("raison", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="avis_rectifie",
                                violation_error_message="Dites ce que vous rectifiez, et pourquoi.",
                            ),
                            models.UniqueConstraint(
                                fields=("seance", "passage", "rectification"),
                                name="avis_unique",
                                violation_error_message="Cette séance a déjà rendu un avis sur cette fiche.",
                            ),
                            models.UniqueConstraint(
                                fields=("seance", "demande", "rectification"),
                                name="avis_demande_unique",
                                violation_error_message="Cette séance a déjà rendu un avis sur cette demande.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("demande__isnull", True),
                                        ("fiche__isnull", False),
                                        ("modification__isnull", True),
                                    ),
                                    models.Q(
                                        ("demande__isnull", False),
                                        ("fiche__isnull", True),
                                        ("modification__isnull", True),
                                    ),
                                    models.Q(
                                        ("demande__isnull", True),
                                        ("fiche__isnull", True),
                                        ("modification__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="avis_un_objet",
                                violation_error_message="Un avis porte sur une fiche, une demande ou une modification, une seule des trois.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("envoi_modification", None), ("modification", None)),
                                    models.Q(
                                        ("envoi_modification__isnull", False),
                                        ("modification__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="avis_modification_envoi",
                                violation_error_message="Un avis ne se rend que sur une modification transmise.",
                            ),
                            models.UniqueConstraint(
                                fields=("seance", "envoi_modification", "rectification"),
                                name="avis_modification_unique",
                                violation_error_message="Cette séance a déjà rendu un avis sur cette modification.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                            "numero",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="numéro"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("debut", models.DateField(verbose_name="début")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="fin")),
                    ],
                    options={
                        "verbose_name": "phase",
                        "ordering": ["numero"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut__isnull", True),
                                    ("fin__isnull", True),
                                    ("fin__gte", models.F("debut")),
                                    _connector="OR",
                                ),
                                name="phase_dates",
                                violation_error_message="La fin ne peut pas précéder le début.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceJointe",
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
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "fichier",
                            models.FileField(
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "deposee_le",
                            models.DateTimeField(auto_now_add=True, verbose_name="déposée le"),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pieces",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pièce jointe",
                        "verbose_name_plural": "pièces jointes",
                        "ordering": ["titre"],
                    },
                ),
                migrations.CreateModel(
                    name="RemarqueAvis",
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
                        ("champ", models.CharField(max_length=40, verbose_name="champ")),
                        ("texte", models.TextField(verbose_name="remarque")),
                        (
                            "reponse",
                            models.TextField(blank=True, verbose_name="réponse du territoire"),
                        ),
                        (
                            "avis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remarques",
                                to="programme.avis",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remarque",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Seance",
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
                        ("date", models.DateField(verbose_name="date")),
                        ("lieu", models.CharField(blank=True, max_length=150, verbose_name="lieu")),
                        (
                            "ordre_du_jour",
                            models.TextField(blank=True, verbose_name="ordre du jour"),
                        ),
                        (
                            "compte_rendu",
                            models.TextField(
                                blank=True,
                                help_text="Interne\u202f: il n’est jamais publié.",
                                verbose_name="compte rendu",
                            ),
                        ),
                        (
                            "comite",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seances",
                                to="programme.comitedepilotage",
                                verbose_name="comité",
                            ),
                        ),
                        (
                            "close_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="close le"
                            ),
                        ),
                        (
                            "close_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="close par",
                            ),
                        ),
                        (
                            "commune_avec",
                            models.OneToOneField(
                                blank=True,
                                help_text="La séance, le même jour, du comité d’une autre région\u202f: un seul ordre du jour, un seul dossier, et chaque comité garde ses présences, ses avis et son relevé.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="commune_de",
                                to="programme.seance",
                                verbose_name="commune avec",
                            ),
                        ),
                        (
                            "compose_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="ordre du jour composé le"
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[
                                    ("seance", "séance"),
                                    ("consultation", "consultation écrite"),
                                ],
                                default="seance",
                                help_text="Une consultation écrite n’a pas de lieu\u202f: on y note qui a répondu.",
                                max_length=12,
                                verbose_name="genre",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "séance",
                        "ordering": ["-date"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comite", "date"),
                                name="seance_unique",
                                violation_error_message="Ce comité a déjà une séance ce jour-là.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("close_le__isnull", True), ("close_par__isnull", True)
                                    ),
                                    models.Q(
                                        ("close_le__isnull", False), ("close_par__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="seance_close",
                                violation_error_message="L’auteur et la date vont ensemble.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("genre__in", ["seance", "consultation"])),
                                name="seance_genre",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("genre", "seance"), ("lieu", ""), _connector="OR"
                                ),
                                name="seance_sans_lieu",
                                violation_error_message="Une consultation écrite n’a pas de lieu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignataireContrat",
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
                            "groupe",
                            models.CharField(
                                choices=[
                                    ("intercommunalites", "intercommunalités"),
                                    ("publics", "partenaires publics"),
                                    ("economiques", "partenaires économiques et industriels"),
                                ],
                                max_length=20,
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(max_length=200, verbose_name="organisation"),
                        ),
                        (
                            "personne",
                            models.CharField(blank=True, max_length=150, verbose_name="personne"),
                        ),
                        ("role", models.CharField(blank=True, max_length=150, verbose_name="rôle")),
                        (
                            "deliberation_assemblee",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="assemblée délibérante"
                            ),
                        ),
                        (
                            "deliberation_numero",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="numéro de délibération"
                            ),
                        ),
                        (
                            "deliberation_date",
                            models.DateField(
                                blank=True, null=True, verbose_name="date de délibération"
                            ),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signataires",
                                to="programme.contrat",
                            ),
                        ),
                        (
                            "fichier",
                            models.FileField(
                                blank=True,
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="délibération",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signataire",
                        "ordering": ["contrat", "groupe", "organisation"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("groupe__in", ["intercommunalites", "publics", "economiques"])
                                ),
                                name="signatairecontrat_groupe",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.UniqueConstraint(
                                fields=("contrat", "organisation", "personne"),
                                name="signatairecontrat_unique",
                                violation_error_message="Cette personne signe déjà ce contrat pour cette organisation.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignataireConvention",
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
                            "organisation",
                            models.CharField(max_length=200, verbose_name="organisation"),
                        ),
                        (
                            "personne",
                            models.CharField(blank=True, max_length=150, verbose_name="personne"),
                        ),
                        (
                            "fonction",
                            models.CharField(blank=True, max_length=200, verbose_name="fonction"),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signataires",
                                to="programme.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signataire",
                        "ordering": ["ordre", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("convention", "ordre"),
                                name="signataireconvention_ordre",
                                violation_error_message="Deux signataires portent le même rang.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Avenant",
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
                        ("signe_le", models.DateField(verbose_name="signé le")),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        (
                            "changements",
                            models.TextField(blank=True, verbose_name="ce qu’il change"),
                        ),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="avenants",
                                to="programme.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avenant",
                        "ordering": ["convention", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("convention", "numero"),
                                name="avenant_numero",
                                violation_error_message="Cette convention a déjà un avenant de ce numéro.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Courriel",
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
                        ("objet", models.CharField(max_length=200, verbose_name="objet")),
                        ("corps", models.TextField(verbose_name="texte")),
                        ("cle", models.CharField(max_length=100, verbose_name="clé")),
                        (
                            "ecrit_le",
                            models.DateTimeField(auto_now_add=True, verbose_name="écrit le"),
                        ),
                        (
                            "envoye_le",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="envoyé le"
                            ),
                        ),
                        (
                            "tentatives",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tentatives"),
                        ),
                        (
                            "derniere_erreur",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="dernière erreur"
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="courriels",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="destinataire",
                            ),
                        ),
                        (
                            "confie_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="confié le"),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[
                                    ("action", "à faire par vous"),
                                    ("information", "pour information"),
                                ],
                                default="action",
                                max_length=11,
                                verbose_name="genre",
                            ),
                        ),
                        ("lot", models.CharField(blank=True, max_length=40, verbose_name="lot")),
                        (
                            "retenu_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="retenu le"),
                        ),
                        (
                            "retenu_parce_que",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="retenu parce que"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "courriel",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agent", "cle"), name="courriel_une_fois"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("genre__in", ["action", "information"])),
                                name="courriel_genre",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retenu_le", None), ("retenu_parce_que", "")),
                                    models.Q(
                                        models.Q(("retenu_parce_que", ""), _negated=True),
                                        ("envoye_le", None),
                                        ("retenu_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="courriel_retenu_ou_envoye",
                                violation_error_message="Un courriel retenu dit pourquoi, et n’est pas envoyé.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Utilite",
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
                            "le",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="le"
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pratique",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="utilites",
                                to="programme.bonnepratique",
                                verbose_name="bonne pratique",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "utilité",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pratique", "agent"),
                                name="utilite_unique",
                                violation_error_message="Vous avez déjà dit que cette pratique vous est utile.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPointOrdreDuJour",
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
                            "complement",
                            models.BooleanField(
                                default=False,
                                help_text="Ajouté après la première composition de l’ordre du jour.",
                                verbose_name="ajouté ensuite",
                            ),
                        ),
                        (
                            "ajoute_le",
                            models.DateTimeField(
                                blank=True, editable=False, verbose_name="ajouté le"
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
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.demandeperimetre",
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
                            "seance",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du point de l’ordre du jour",
                        "verbose_name_plural": "historical points de l’ordre du jour",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPresence",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "statut",
                            models.CharField(
                                choices=[("present", "présent"), ("excuse", "excusé")],
                                default="present",
                                max_length=8,
                                verbose_name="statut",
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
                            "membre",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.membrecomite",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la présence",
                        "verbose_name_plural": "historical présences",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PointOrdreDuJour",
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
                            "complement",
                            models.BooleanField(
                                default=False,
                                help_text="Ajouté après la première composition de l’ordre du jour.",
                                verbose_name="ajouté ensuite",
                            ),
                        ),
                        (
                            "ajoute_le",
                            models.DateTimeField(auto_now_add=True, verbose_name="ajouté le"),
                        ),
                        (
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="programme.demandeperimetre",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="points",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="programme.modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "point de l’ordre du jour",
                        "verbose_name_plural": "points de l’ordre du jour",
                        "ordering": ["ordre", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seance", "fiche"),
                                name="point_fiche",
                                violation_error_message="Cette fiche est déjà à l’ordre du jour.",
                            ),
                            models.UniqueConstraint(
                                fields=("seance", "demande"),
                                name="point_demande",
                                violation_error_message="Cette demande est déjà à l’ordre du jour.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("demande__isnull", True),
                                        ("fiche__isnull", False),
                                        ("modification__isnull", True),
                                    ),
                                    models.Q(
                                        ("demande__isnull", False),
                                        ("fiche__isnull", True),
                                        ("modification__isnull", True),
                                    ),
                                    models.Q(
                                        ("demande__isnull", True),
                                        ("fiche__isnull", True),
                                        ("modification__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="point_un_objet",
                                violation_error_message="Un point porte sur une fiche, une demande ou une modification, une seule des trois.",
                            ),
                            models.UniqueConstraint(
                                fields=("seance", "modification"),
                                name="point_modification",
                                violation_error_message="Cette modification est déjà à l’ordre du jour.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
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
                            "statut",
                            models.CharField(
                                choices=[("present", "présent"), ("excuse", "excusé")],
                                default="present",
                                max_length=8,
                                verbose_name="statut",
                            ),
                        ),
                        (
                            "membre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="programme.membrecomite",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "présence",
                        "ordering": ["membre__nom", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seance", "membre"),
                                name="presence_unique",
                                violation_error_message="Ce membre est déjà noté.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("statut__in", ["present", "excuse"])),
                                name="presence_statut",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Releve",
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
                            "numero",
                            models.PositiveSmallIntegerField(default=1, verbose_name="numéro"),
                        ),
                        (
                            "motif",
                            models.TextField(blank=True, verbose_name="motif de la rectification"),
                        ),
                        ("contenu", models.JSONField(verbose_name="contenu")),
                        ("etabli_le", models.DateTimeField(verbose_name="établi le")),
                        (
                            "etabli_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="établi par",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releves",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relevé de décisions",
                        "verbose_name_plural": "relevés de décisions",
                        "ordering": ["seance", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seance", "numero"),
                                name="releve_numero",
                                violation_error_message="Ce relevé a déjà été établi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("numero", 1),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="releve_motive",
                                violation_error_message="Dites ce que vous rectifiez, et pourquoi.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModificationAvenant",
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
                            "champ",
                            models.CharField(
                                choices=[
                                    ("objet", "objet"),
                                    ("debut", "prend effet le"),
                                    ("fin", "se termine le"),
                                    ("montant", "montant"),
                                    ("echeance", "échéance"),
                                ],
                                max_length=10,
                                verbose_name="ce qui change",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(blank=True, max_length=300, verbose_name="avant"),
                        ),
                        (
                            "apres",
                            models.CharField(blank=True, max_length=300, verbose_name="après"),
                        ),
                        (
                            "avenant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="modifications",
                                to="programme.avenant",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="modifications",
                                to="programme.engagement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "modification par avenant",
                        "verbose_name_plural": "modifications par avenant",
                        "ordering": ["avenant", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("avenant", "ordre"),
                                name="modificationavenant_ordre",
                                violation_error_message="Deux modifications de cet avenant portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("champ__in", ["objet", "debut", "fin", "montant", "echeance"])
                                ),
                                name="modificationavenant_champ",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("champ__in", ["montant", "echeance"]),
                                        ("engagement__isnull", False),
                                    ),
                                    models.Q(
                                        ("champ__in", ["objet", "debut", "fin"]),
                                        ("engagement__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="modificationavenant_engagement",
                                violation_error_message="Un montant ou une échéance est celui d’un engagement\u202f; un objet ou une période, celui de la convention.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mesure",
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
                        ("mesure_le", models.DateField(verbose_name="mesuré le")),
                        (
                            "valeur",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="valeur"
                            ),
                        ),
                        (
                            "commentaire",
                            models.CharField(
                                blank=True,
                                help_text="Lu par les agents du périmètre, jamais publié.",
                                max_length=300,
                                verbose_name="commentaire",
                            ),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "indicateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mesures",
                                to="programme.indicateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mesure",
                        "ordering": ["mesure_le"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicateur", "mesure_le"),
                                name="mesure_unique",
                                violation_error_message="Cet indicateur a déjà une mesure ce jour-là.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreferenceCourriel",
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
                            "action",
                            models.CharField(
                                choices=[
                                    ("immediat", "tout de suite, un courriel par nouvelle"),
                                    ("quotidien", "une fois par jour, en un seul courriel"),
                                ],
                                default="immediat",
                                help_text="Une fiche à instruire, une fiche qui vous revient, une fiche à engager.",
                                max_length=9,
                                verbose_name="ce que vous avez à faire",
                            ),
                        ),
                        (
                            "information",
                            models.CharField(
                                choices=[
                                    ("immediat", "tout de suite, un courriel par nouvelle"),
                                    ("quotidien", "une fois par jour, en un seul courriel"),
                                    ("aucun", "jamais"),
                                ],
                                default="immediat",
                                help_text="Une fiche rappelée, refusée, engagée ou réalisée, une réponse à un obstacle.",
                                max_length=9,
                                verbose_name="ce qui ne vous demande rien",
                            ),
                        ),
                        (
                            "agent",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preference_courriel",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "préférence de courriel",
                        "verbose_name_plural": "préférences de courriel",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("action__in", ["immediat", "quotidien"])),
                                name="preference_action",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("information__in", ["immediat", "quotidien", "aucun"])
                                ),
                                name="preference_information",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reponse",
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
                        ("texte", models.TextField(verbose_name="réponse")),
                        (
                            "le",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date"
                            ),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "obstacle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reponses",
                                to="programme.obstacle",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse à un obstacle",
                        "verbose_name_plural": "réponses aux obstacles",
                        "ordering": ["le", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEtape",
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
                        ("intitule", models.CharField(max_length=200, verbose_name="étape")),
                        ("debut", models.DateField(blank=True, null=True, verbose_name="début")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="fin")),
                        ("faite", models.BooleanField(default=False, verbose_name="faite")),
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                            "ajoutee_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide pour une étape du calendrier sur lequel l’avis a été rendu.",
                                null=True,
                                verbose_name="ajoutée le",
                            ),
                        ),
                        (
                            "faite_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide quand le jour n’est pas connu.",
                                null=True,
                                verbose_name="faite le",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’étape",
                        "verbose_name_plural": "historical étapes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFinancement",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("financeur", models.CharField(max_length=150, verbose_name="financeur")),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="En euros.",
                                max_digits=12,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "statut",
                            models.CharField(
                                choices=[("demande", "demandé"), ("acquis", "acquis")],
                                default="demande",
                                max_length=8,
                                verbose_name="statut",
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                            "partenaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Si ce financeur est un partenaire du programme.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.partenaire",
                            ),
                        ),
                        (
                            "ajoutee_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide pour une ligne du plan sur lequel l’avis a été rendu.",
                                null=True,
                                verbose_name="ajoutée le",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Celui d’une convention de ce partenaire, sur lequel cette ligne est prise.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.engagement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la ligne de financement",
                        "verbose_name_plural": "historical plan de financement",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIndicateur",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("libelle", models.CharField(max_length=200, verbose_name="indicateur")),
                        (
                            "unite",
                            models.CharField(blank=True, max_length=40, verbose_name="unité"),
                        ),
                        (
                            "cible",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="cible",
                            ),
                        ),
                        (
                            "valeur",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="valeur",
                            ),
                        ),
                        (
                            "mesure_le",
                            models.DateField(blank=True, null=True, verbose_name="mesuré le"),
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                        "verbose_name": "historique de l’indicateur",
                        "verbose_name_plural": "historical indicateurs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPieceJointe",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("titre", models.CharField(max_length=150, verbose_name="titre")),
                        (
                            "fichier",
                            models.TextField(
                                max_length=100,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "deposee_le",
                            models.DateTimeField(
                                blank=True, editable=False, verbose_name="déposée le"
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                        "verbose_name": "historique de la pièce jointe",
                        "verbose_name_plural": "historical pièces jointes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAvis",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "rectification",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="rectification nᵒ"
                            ),
                        ),
                        (
                            "sens",
                            models.CharField(
                                choices=[
                                    ("favorable", "favorable"),
                                    ("defavorable", "défavorable"),
                                    ("ajourne", "ajourné"),
                                ],
                                max_length=12,
                                verbose_name="avis",
                            ),
                        ),
                        (
                            "motif",
                            models.TextField(
                                blank=True,
                                help_text="Obligatoire pour un avis défavorable ou ajourné.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "raison",
                            models.TextField(
                                blank=True,
                                editable=False,
                                help_text="Ce qui était faux.",
                                verbose_name="motif de la rectification",
                            ),
                        ),
                        (
                            "rendu_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="rendu le"
                            ),
                        ),
                        (
                            "effet_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="prend effet le"
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
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.demandeperimetre",
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
                            "passage",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.passage",
                            ),
                        ),
                        (
                            "rendu_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="rendu par",
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.seance",
                                verbose_name="séance",
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.modification",
                            ),
                        ),
                        (
                            "envoi_modification",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.passagemodification",
                                verbose_name="transmission de la modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’avis",
                        "verbose_name_plural": "historical avis",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRemarqueAvis",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("champ", models.CharField(max_length=40, verbose_name="champ")),
                        ("texte", models.TextField(verbose_name="remarque")),
                        (
                            "reponse",
                            models.TextField(blank=True, verbose_name="réponse du territoire"),
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
                            "avis",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.avis",
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
                        "verbose_name": "historique de la remarque",
                        "verbose_name_plural": "historical remarques",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MouvementFinancier",
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
                            "nature",
                            models.CharField(
                                choices=[
                                    ("demande", "demandé"),
                                    ("accorde", "accordé"),
                                    ("verse", "versé"),
                                    ("refuse", "refusé"),
                                ],
                                max_length=8,
                                verbose_name="ce qui s’est passé",
                            ),
                        ),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="En euros. Par exemple : 1 200 000.",
                                max_digits=12,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "le",
                            models.DateField(
                                help_text="Celle de la décision ou du versement. Par exemple : 15/03/2027.",
                                verbose_name="date",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True,
                                help_text="Numéro de l’arrêté, de la délibération ou du mandat. Jamais publiée.",
                                max_length=200,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "document",
                            models.FileField(
                                blank=True,
                                help_text="L’arrêté, la lettre, l’avis de versement. Jamais publié.",
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="document",
                            ),
                        ),
                        (
                            "saisi_le",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="noté le",
                            ),
                        ),
                        (
                            "annule_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="annulé le"
                            ),
                        ),
                        (
                            "motif_annulation",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=300,
                                verbose_name="motif de l’annulation",
                            ),
                        ),
                        (
                            "annule_par",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="annulé par",
                            ),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                        (
                            "financement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mouvements",
                                to="programme.financement",
                                verbose_name="ligne de financement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mouvement financier",
                        "verbose_name_plural": "mouvements financiers",
                        "ordering": ["le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("financement", "nature", "le", "montant", "reference"),
                                name="mouvement_unique",
                                violation_error_message="Ce mouvement est déjà noté. Si c’en est un autre du même jour et du même montant, donnez-lui une référence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("montant__isnull", True), ("montant__gte", 0), _connector="OR"
                                ),
                                name="mouvement_montant",
                                violation_error_message="Un montant ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nature__in", ["demande", "accorde", "verse", "refuse"])
                                ),
                                name="mouvement_nature",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("annule_le", None),
                                        ("annule_par", None),
                                        ("motif_annulation", ""),
                                    ),
                                    models.Q(
                                        ("annule_le__isnull", False),
                                        ("annule_par__isnull", False),
                                        models.Q(("motif_annulation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mouvement_annule",
                                violation_error_message="Une annulation a sa date, son auteur et son motif.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportEtape",
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
                            "le",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="reportée le"
                            ),
                        ),
                        (
                            "ancien_debut",
                            models.DateField(blank=True, null=True, verbose_name="ancien début"),
                        ),
                        (
                            "ancienne_fin",
                            models.DateField(blank=True, null=True, verbose_name="ancienne fin"),
                        ),
                        (
                            "debut",
                            models.DateField(blank=True, null=True, verbose_name="nouveau début"),
                        ),
                        (
                            "fin",
                            models.DateField(blank=True, null=True, verbose_name="nouvelle fin"),
                        ),
                        (
                            "motif",
                            models.CharField(blank=True, max_length=300, verbose_name="motif"),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reportée par",
                            ),
                        ),
                        (
                            "etape",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="programme.etape",
                                verbose_name="étape",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report d’étape",
                        "verbose_name_plural": "reports d’étapes",
                        "ordering": ["le", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalNouvelle",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("le", models.DateField(verbose_name="date")),
                        (
                            "titre",
                            models.CharField(
                                help_text="Par exemple\u202f: les travaux commencent.",
                                max_length=200,
                                verbose_name="titre",
                            ),
                        ),
                        ("texte", models.TextField(blank=True, verbose_name="texte")),
                        (
                            "publique",
                            models.BooleanField(
                                default=False,
                                help_text="Cochée\u202f: lue par tous sur la page de la fiche. Sinon, par les agents du périmètre.",
                                verbose_name="publique",
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
                            "auteur",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
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
                        "verbose_name": "historique de la nouvelle",
                        "verbose_name_plural": "historical nouvelles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalObstacleNational",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                default=programme.fiches.models.obstacles.nouvelle_reference_nationale,
                                editable=False,
                                max_length=20,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "regle",
                            models.CharField(
                                help_text="En une ligne. Par exemple\u202f: instruction séparée de l’étude d’impact et du dossier sur l’eau.",
                                max_length=300,
                                verbose_name="règle",
                            ),
                        ),
                        (
                            "resume",
                            models.TextField(
                                blank=True,
                                help_text="Sans nommer ni territoire, ni entreprise, ni personne\u202f: ce texte est publié.",
                                verbose_name="ce qu’elle retient",
                            ),
                        ),
                        (
                            "simplification",
                            models.TextField(blank=True, verbose_name="simplification demandée"),
                        ),
                        ("reponse", models.TextField(blank=True, verbose_name="réponse")),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("examen", "à l’examen"),
                                    ("en_cours", "simplification en cours"),
                                    ("leve", "levé"),
                                    ("maintenue", "règle maintenue"),
                                ],
                                default="examen",
                                max_length=9,
                                verbose_name="où cela en est",
                            ),
                        ),
                        (
                            "etat_du",
                            models.DateField(blank=True, null=True, verbose_name="depuis le"),
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
                        "verbose_name": "historique de l’obstacle national",
                        "verbose_name_plural": "historical obstacles nationaux",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Obstacle",
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
                            "regle",
                            models.TextField(
                                help_text="Une règle ou une procédure qui freine l’action. Par exemple\u202f: dix-huit mois pour obtenir une autorisation.",
                                verbose_name="règle rencontrée",
                            ),
                        ),
                        (
                            "retient",
                            models.TextField(
                                blank=True,
                                help_text="Par exemple\u202f: l’ouverture de la seconde ligne de production.",
                                verbose_name="ce qu’elle retient",
                            ),
                        ),
                        (
                            "emplois",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Si vous le savez. Par exemple\u202f: 40.",
                                null=True,
                                verbose_name="emplois retenus",
                            ),
                        ),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros, si vous le savez. Par exemple\u202f: 1 200 000.",
                                max_digits=12,
                                null=True,
                                verbose_name="montant retenu",
                            ),
                        ),
                        (
                            "simplification",
                            models.TextField(
                                blank=True,
                                help_text="Ce qui lèverait l’obstacle. Par exemple\u202f: un guichet unique.",
                                verbose_name="simplification demandée",
                            ),
                        ),
                        (
                            "signale_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide\u202f: le jour où il est enregistré.",
                                null=True,
                                verbose_name="signalé le",
                            ),
                        ),
                        ("reponse", models.TextField(blank=True, verbose_name="réponse")),
                        (
                            "repondu_le",
                            models.DateField(blank=True, null=True, verbose_name="répondu le"),
                        ),
                        (
                            "leve_le",
                            models.DateField(blank=True, null=True, verbose_name="levé le"),
                        ),
                        (
                            "recherche",
                            territoires.champs.CleDeRecherche(
                                db_index=True,
                                editable=False,
                                max_length=400,
                                sources=("regle", "retient"),
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="obstacles",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "nationale",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obstacles",
                                to="programme.obstaclenational",
                                verbose_name="entrée du registre national",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "obstacle",
                        "ordering": ["ordre", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "ordre"),
                                name="obstacle_ordre",
                                violation_error_message="Deux obstacles portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("montant__isnull", True), ("montant__gte", 0), _connector="OR"
                                ),
                                name="obstacle_montant",
                                violation_error_message="Un montant ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("emplois__isnull", True), ("emplois__gte", 0), _connector="OR"
                                ),
                                name="obstacle_emplois",
                                violation_error_message="Le nombre ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("repondu_le", None),
                                    models.Q(("reponse", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="obstacle_repondu_le",
                                violation_error_message="Une date de réponse va avec une réponse.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObstacleNational",
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
                            "reference",
                            models.CharField(
                                default=programme.fiches.models.obstacles.nouvelle_reference_nationale,
                                editable=False,
                                max_length=20,
                                unique=True,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "regle",
                            models.CharField(
                                help_text="En une ligne. Par exemple\u202f: instruction séparée de l’étude d’impact et du dossier sur l’eau.",
                                max_length=300,
                                verbose_name="règle",
                            ),
                        ),
                        (
                            "resume",
                            models.TextField(
                                blank=True,
                                help_text="Sans nommer ni territoire, ni entreprise, ni personne\u202f: ce texte est publié.",
                                verbose_name="ce qu’elle retient",
                            ),
                        ),
                        (
                            "simplification",
                            models.TextField(blank=True, verbose_name="simplification demandée"),
                        ),
                        ("reponse", models.TextField(blank=True, verbose_name="réponse")),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("examen", "à l’examen"),
                                    ("en_cours", "simplification en cours"),
                                    ("leve", "levé"),
                                    ("maintenue", "règle maintenue"),
                                ],
                                default="examen",
                                max_length=9,
                                verbose_name="où cela en est",
                            ),
                        ),
                        (
                            "etat_du",
                            models.DateField(blank=True, null=True, verbose_name="depuis le"),
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
                                sources=("regle", "reference"),
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
                        "verbose_name": "obstacle national",
                        "verbose_name_plural": "obstacles nationaux",
                        "ordering": ["regle", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["examen", "en_cours", "leve", "maintenue"])
                                ),
                                name="obstaclenational_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("publiee_le__isnull", True), ("publiee_par__isnull", True)
                                    ),
                                    models.Q(
                                        ("publiee_le__isnull", False),
                                        ("publiee_par__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="obstaclenational_publie",
                                violation_error_message="L’auteur et la date vont ensemble.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalObstacle",
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
                            "regle",
                            models.TextField(
                                help_text="Une règle ou une procédure qui freine l’action. Par exemple\u202f: dix-huit mois pour obtenir une autorisation.",
                                verbose_name="règle rencontrée",
                            ),
                        ),
                        (
                            "retient",
                            models.TextField(
                                blank=True,
                                help_text="Par exemple\u202f: l’ouverture de la seconde ligne de production.",
                                verbose_name="ce qu’elle retient",
                            ),
                        ),
                        (
                            "emplois",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Si vous le savez. Par exemple\u202f: 40.",
                                null=True,
                                verbose_name="emplois retenus",
                            ),
                        ),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="En euros, si vous le savez. Par exemple\u202f: 1 200 000.",
                                max_digits=12,
                                null=True,
                                verbose_name="montant retenu",
                            ),
                        ),
                        (
                            "simplification",
                            models.TextField(
                                blank=True,
                                help_text="Ce qui lèverait l’obstacle. Par exemple\u202f: un guichet unique.",
                                verbose_name="simplification demandée",
                            ),
                        ),
                        (
                            "signale_le",
                            models.DateField(
                                blank=True,
                                help_text="Vide\u202f: le jour où il est enregistré.",
                                null=True,
                                verbose_name="signalé le",
                            ),
                        ),
                        ("reponse", models.TextField(blank=True, verbose_name="réponse")),
                        (
                            "repondu_le",
                            models.DateField(blank=True, null=True, verbose_name="répondu le"),
                        ),
                        (
                            "leve_le",
                            models.DateField(blank=True, null=True, verbose_name="levé le"),
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                            "nationale",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.obstaclenational",
                                verbose_name="entrée du registre national",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’obstacle",
                        "verbose_name_plural": "historical obstacles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Nouvelle",
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
                        ("le", models.DateField(verbose_name="date")),
                        (
                            "titre",
                            models.CharField(
                                help_text="Par exemple\u202f: les travaux commencent.",
                                max_length=200,
                                verbose_name="titre",
                            ),
                        ),
                        ("texte", models.TextField(blank=True, verbose_name="texte")),
                        (
                            "publique",
                            models.BooleanField(
                                default=False,
                                help_text="Cochée\u202f: lue par tous sur la page de la fiche. Sinon, par les agents du périmètre.",
                                verbose_name="publique",
                            ),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nouvelles",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nouvelle",
                        "ordering": ["-le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "le", "titre"),
                                name="nouvelle_unique",
                                violation_error_message="Cette fiche a déjà une nouvelle de ce titre ce jour-là.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAvenant",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("signe_le", models.DateField(verbose_name="signé le")),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        (
                            "changements",
                            models.TextField(blank=True, verbose_name="ce qu’il change"),
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
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
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
                        "verbose_name": "historique de l’avenant",
                        "verbose_name_plural": "historical avenants",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAxe",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
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
                            "phase",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.phase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’axe",
                        "verbose_name_plural": "historical axes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBonnePratique",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "identifiant",
                            models.SlugField(max_length=120, verbose_name="identifiant"),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=100, verbose_name="thème"),
                        ),
                        ("resume", models.TextField(verbose_name="résumé")),
                        (
                            "mise_en_oeuvre",
                            models.TextField(blank=True, verbose_name="ce qu’il a fallu"),
                        ),
                        (
                            "cout",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ce que cela a coûté"
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Contact visible de tous.",
                                max_length=200,
                                verbose_name="à qui s’adresser",
                            ),
                        ),
                        (
                            "formalisee_par_un_pilote",
                            models.BooleanField(
                                default=False, verbose_name="formalisée par un territoire pilote"
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
                            "axe",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.axe",
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
                                verbose_name="fiche d’origine",
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
                        (
                            "territoire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la bonne pratique",
                        "verbose_name_plural": "historical bonnes pratiques",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBonnePratique_fiches_liees",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "bonnepratique",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.bonnepratique",
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
                                to="programme.historicalbonnepratique",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalBonnePratique_fiches_liees",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalComiteDePilotage",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "quorum",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Nombre de membres présents qu’il faut en séance\u202f; vide si le comité n’en a pas.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="quorum",
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
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.region",
                                verbose_name="région",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du comité",
                        "verbose_name_plural": "historical comités de pilotage régionaux",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDemandePerimetre",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                editable=False,
                                max_length=20,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "motif",
                            models.TextField(
                                help_text="Pourquoi ce périmètre devrait changer.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("deposee", "déposée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                ],
                                default="deposee",
                                editable=False,
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "deposee_le",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="déposée le",
                            ),
                        ),
                        (
                            "appliquee_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="appliquée le"
                            ),
                        ),
                        (
                            "application",
                            models.TextField(
                                blank=True, editable=False, verbose_name="ce qui a été appliqué"
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
                            "appliquee_a",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.editioncarte",
                                verbose_name="appliquée à",
                            ),
                        ),
                        (
                            "appliquee_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="appliquée par",
                            ),
                        ),
                        (
                            "deposee_par",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposée par",
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
                            "perimetre",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.perimetre",
                                verbose_name="périmètre",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la demande",
                        "verbose_name_plural": "historical demandes d’adaptation de périmètre",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocumentConvention",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "fichier",
                            models.TextField(
                                max_length=100,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "depose_le",
                            models.DateTimeField(
                                blank=True, editable=False, verbose_name="déposé le"
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
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
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
                        "verbose_name": "historique du document de la convention",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFicheContrat",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "engagement_ferme",
                            models.BooleanField(default=False, verbose_name="engagement ferme"),
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
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.ficheaction",
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
                        "verbose_name": "historique de la fiche du contrat",
                        "verbose_name_plural": "historical fiches du contrat",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMembreComite",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        (
                            "qualite",
                            models.CharField(
                                choices=[("president", "président"), ("membre", "membre")],
                                default="membre",
                                max_length=10,
                                verbose_name="qualité",
                            ),
                        ),
                        (
                            "fonction",
                            models.CharField(blank=True, max_length=200, verbose_name="fonction"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        (
                            "debut",
                            models.DateField(blank=True, null=True, verbose_name="début du mandat"),
                        ),
                        (
                            "fin",
                            models.DateField(blank=True, null=True, verbose_name="fin du mandat"),
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
                            "comite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.comitedepilotage",
                                verbose_name="comité",
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
                        "verbose_name": "historique du membre du comité",
                        "verbose_name_plural": "historical membres du comité",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMesure",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("mesure_le", models.DateField(verbose_name="mesuré le")),
                        (
                            "valeur",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="valeur"
                            ),
                        ),
                        (
                            "commentaire",
                            models.CharField(
                                blank=True,
                                help_text="Lu par les agents du périmètre, jamais publié.",
                                max_length=300,
                                verbose_name="commentaire",
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
                            "auteur",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
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
                            "indicateur",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.indicateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la mesure",
                        "verbose_name_plural": "historical mesures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalModificationAvenant",
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
                            "champ",
                            models.CharField(
                                choices=[
                                    ("objet", "objet"),
                                    ("debut", "prend effet le"),
                                    ("fin", "se termine le"),
                                    ("montant", "montant"),
                                    ("echeance", "échéance"),
                                ],
                                max_length=10,
                                verbose_name="ce qui change",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(blank=True, max_length=300, verbose_name="avant"),
                        ),
                        (
                            "apres",
                            models.CharField(blank=True, max_length=300, verbose_name="après"),
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
                            "avenant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.avenant",
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
                        "verbose_name": "historique de la modification par avenant",
                        "verbose_name_plural": "historical modifications par avenant",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMouvementDemande",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "sens",
                            models.CharField(
                                choices=[("ajout", "ajouter"), ("retrait", "retirer")],
                                default="ajout",
                                max_length=7,
                                verbose_name="sens",
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
                            "commune",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.commune",
                            ),
                        ),
                        (
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.demandeperimetre",
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
                            "intercommunalite",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.intercommunalite",
                                verbose_name="intercommunalité",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du mouvement demandé",
                        "verbose_name_plural": "historical mouvements demandés",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOffreDeService",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.SlugField(max_length=60, verbose_name="référence")),
                        ("intitule", models.CharField(max_length=200, verbose_name="intitulé")),
                        (
                            "genre",
                            models.CharField(
                                choices=[("generique", "générique"), ("specifique", "spécifique")],
                                default="generique",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "beneficiaires",
                            models.CharField(
                                blank=True,
                                help_text="Par exemple\u202f: entreprises.",
                                max_length=200,
                                verbose_name="qui peut la demander",
                            ),
                        ),
                        (
                            "contact",
                            models.CharField(
                                blank=True,
                                help_text="Contact professionnel, visible de tous\u202f: adresse générique de préférence.",
                                max_length=200,
                                verbose_name="contact publié",
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
                            "partenaire",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.partenaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de l’offre de service",
                        "verbose_name_plural": "historical offres de service",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOffreDeService_axes",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "axe",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.axe",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="programme.historicaloffredeservice",
                            ),
                        ),
                        (
                            "offredeservice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.offredeservice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalOffreDeService_axes",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPartenaire",
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
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("operateur", "opérateur de l’État"),
                                    ("association", "association"),
                                    ("collectivite", "collectivité"),
                                    ("entreprise", "entreprise"),
                                    ("autre", "autre"),
                                ],
                                default="operateur",
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        ("site", models.URLField(blank=True, verbose_name="site internet")),
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
                        "verbose_name": "historique du partenaire",
                        "verbose_name_plural": "historical partenaires",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPhase",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "numero",
                            models.PositiveSmallIntegerField(db_index=True, verbose_name="numéro"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("debut", models.DateField(verbose_name="début")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="fin")),
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
                        "verbose_name": "historique de la phase",
                        "verbose_name_plural": "historical phases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSignataireContrat",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "groupe",
                            models.CharField(
                                choices=[
                                    ("intercommunalites", "intercommunalités"),
                                    ("publics", "partenaires publics"),
                                    ("economiques", "partenaires économiques et industriels"),
                                ],
                                max_length=20,
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(max_length=200, verbose_name="organisation"),
                        ),
                        (
                            "personne",
                            models.CharField(blank=True, max_length=150, verbose_name="personne"),
                        ),
                        ("role", models.CharField(blank=True, max_length=150, verbose_name="rôle")),
                        (
                            "deliberation_assemblee",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="assemblée délibérante"
                            ),
                        ),
                        (
                            "deliberation_numero",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="numéro de délibération"
                            ),
                        ),
                        (
                            "deliberation_date",
                            models.DateField(
                                blank=True, null=True, verbose_name="date de délibération"
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "fichier",
                            models.TextField(
                                blank=True,
                                max_length=100,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="délibération",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique du signataire du contrat",
                        "verbose_name_plural": "historical signataires",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSignataireConvention",
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
                            "organisation",
                            models.CharField(max_length=200, verbose_name="organisation"),
                        ),
                        (
                            "personne",
                            models.CharField(blank=True, max_length=150, verbose_name="personne"),
                        ),
                        (
                            "fonction",
                            models.CharField(blank=True, max_length=200, verbose_name="fonction"),
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
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.convention",
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
                        "verbose_name": "historique du signataire de la convention",
                        "verbose_name_plural": "historical signataires",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ChangementModification",
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
                        ("quoi", models.CharField(max_length=250, verbose_name="ce qui change")),
                        ("avant", models.TextField(blank=True, verbose_name="avant")),
                        ("apres", models.TextField(blank=True, verbose_name="après")),
                        (
                            "modification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changements",
                                to="programme.modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "changement d’une modification",
                        "verbose_name_plural": "changements des modifications",
                        "ordering": ["modification", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("modification", "ordre"),
                                name="changement_ordre",
                                violation_error_message="Ce rang est déjà pris.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalModification",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                editable=False,
                                max_length=30,
                                verbose_name="référence",
                            ),
                        ),
                        (
                            "numero",
                            models.PositiveSmallIntegerField(editable=False, verbose_name="numéro"),
                        ),
                        (
                            "motif",
                            models.TextField(
                                help_text="Pourquoi ce qui a été décidé doit changer. Lu par le comité, jamais publié.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                    ("retiree", "retirée"),
                                ],
                                default="brouillon",
                                editable=False,
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "propose",
                            models.JSONField(
                                default=dict, editable=False, verbose_name="ce qui est proposé"
                            ),
                        ),
                        (
                            "version_ecrite",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="version écrite"
                            ),
                        ),
                        (
                            "decidee_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="décidée le"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="créée le",
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
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
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
                            "dernier_envoi",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.passagemodification",
                                verbose_name="dernière transmission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historique de la modification",
                        "verbose_name_plural": "historical modifications de fiches",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Modification",
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
                            "reference",
                            models.CharField(
                                editable=False, max_length=30, unique=True, verbose_name="référence"
                            ),
                        ),
                        (
                            "numero",
                            models.PositiveSmallIntegerField(editable=False, verbose_name="numéro"),
                        ),
                        (
                            "motif",
                            models.TextField(
                                help_text="Pourquoi ce qui a été décidé doit changer. Lu par le comité, jamais publié.",
                                verbose_name="motif",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                    ("retiree", "retirée"),
                                ],
                                default="brouillon",
                                editable=False,
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "propose",
                            models.JSONField(
                                default=dict, editable=False, verbose_name="ce qui est proposé"
                            ),
                        ),
                        (
                            "avant",
                            models.JSONField(
                                default=dict, editable=False, verbose_name="ce qui était décidé"
                            ),
                        ),
                        (
                            "version_ecrite",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="version écrite"
                            ),
                        ),
                        (
                            "decidee_le",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="décidée le"
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="créée le",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="créée par",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modifications",
                                to="programme.ficheaction",
                            ),
                        ),
                        (
                            "dernier_envoi",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programme.passagemodification",
                                verbose_name="dernière transmission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "modification de fiche",
                        "verbose_name_plural": "modifications de fiches",
                        "ordering": ["fiche", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiche", "numero"),
                                name="modification_numero",
                                violation_error_message="Ce numéro est déjà pris.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("etat__in", ["brouillon", "transmise", "ajournee"])
                                ),
                                fields=("fiche",),
                                name="modification_ouverte",
                                violation_error_message="Une modification de cette fiche est déjà ouverte.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "etat__in",
                                        [
                                            "brouillon",
                                            "transmise",
                                            "ajournee",
                                            "acceptee",
                                            "refusee",
                                            "retiree",
                                        ],
                                    )
                                ),
                                name="modification_etat",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True),
                                name="modification_motivee",
                                violation_error_message="Dites pourquoi ce qui a été décidé doit changer.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PassageModification",
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
                            "action",
                            models.CharField(
                                choices=[
                                    ("transmettre", "transmission au comité"),
                                    ("rappeler", "rappel par le territoire"),
                                    ("retirer", "retrait par le territoire"),
                                    ("accepter", "acceptation"),
                                    ("ajourner", "ajournement"),
                                    ("refuser", "refus"),
                                    ("rectifier", "rectification"),
                                ],
                                max_length=12,
                                verbose_name="action",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                    ("retiree", "retirée"),
                                ],
                                max_length=10,
                                verbose_name="état d’avant",
                            ),
                        ),
                        (
                            "apres",
                            models.CharField(
                                choices=[
                                    ("brouillon", "brouillon"),
                                    ("transmise", "transmise"),
                                    ("ajournee", "ajournée"),
                                    ("acceptee", "acceptée"),
                                    ("refusee", "refusée"),
                                    ("retiree", "retirée"),
                                ],
                                max_length=10,
                                verbose_name="état d’après",
                            ),
                        ),
                        ("motif", models.TextField(blank=True, verbose_name="motif")),
                        ("le", models.DateTimeField(verbose_name="date")),
                        (
                            "auteur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="programme.modification",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "passage d’une modification",
                        "verbose_name_plural": "passages des modifications",
                        "ordering": ["le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "action__in",
                                        [
                                            "transmettre",
                                            "rappeler",
                                            "retirer",
                                            "accepter",
                                            "ajourner",
                                            "refuser",
                                            "rectifier",
                                        ],
                                    )
                                ),
                                name="passagemodification_action",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "avant__in",
                                        [
                                            "brouillon",
                                            "transmise",
                                            "ajournee",
                                            "acceptee",
                                            "refusee",
                                            "retiree",
                                        ],
                                    )
                                ),
                                name="passagemodification_avant",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "apres__in",
                                        [
                                            "brouillon",
                                            "transmise",
                                            "ajournee",
                                            "acceptee",
                                            "refusee",
                                            "retiree",
                                        ],
                                    )
                                ),
                                name="passagemodification_apres",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBilan",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "cout_final",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="Ce que l’action a coûté, en euros, hors taxes. Par ex. 1 150 000.",
                                max_digits=12,
                                verbose_name="coût final",
                            ),
                        ),
                        (
                            "resultats",
                            models.TextField(
                                help_text="En face de ce qui était attendu. Par exemple\u202f: vingt-deux diplômés embauchés dans l’année, sur vingt-cinq attendus.",
                                verbose_name="résultats obtenus",
                            ),
                        ),
                        (
                            "enseignements",
                            models.TextField(
                                help_text="Ce qui a aidé, ce qui a freiné, ce que vous feriez autrement.",
                                verbose_name="ce que d’autres peuvent en apprendre",
                            ),
                        ),
                        (
                            "etabli_le",
                            models.DateField(
                                help_text="Par exemple\u202f: 15/03/2029.", verbose_name="établi le"
                            ),
                        ),
                        (
                            "saisi_le",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="saisi le",
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
                            "auteur",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
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
                        "verbose_name": "historique du bilan",
                        "verbose_name_plural": "historical bilans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Bilan",
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
                            "cout_final",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="Ce que l’action a coûté, en euros, hors taxes. Par ex. 1 150 000.",
                                max_digits=12,
                                verbose_name="coût final",
                            ),
                        ),
                        (
                            "resultats",
                            models.TextField(
                                help_text="En face de ce qui était attendu. Par exemple\u202f: vingt-deux diplômés embauchés dans l’année, sur vingt-cinq attendus.",
                                verbose_name="résultats obtenus",
                            ),
                        ),
                        (
                            "enseignements",
                            models.TextField(
                                help_text="Ce qui a aidé, ce qui a freiné, ce que vous feriez autrement.",
                                verbose_name="ce que d’autres peuvent en apprendre",
                            ),
                        ),
                        (
                            "etabli_le",
                            models.DateField(
                                help_text="Par exemple\u202f: 15/03/2029.", verbose_name="établi le"
                            ),
                        ),
                        (
                            "saisi_le",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="saisi le",
                            ),
                        ),
                        (
                            "auteur",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        (
                            "fiche",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bilan",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bilan",
                        "ordering": ["fiche"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cout_final__isnull", True),
                                    ("cout_final__gte", 0),
                                    _connector="OR",
                                ),
                                name="bilan_cout",
                                violation_error_message="Un coût ne peut pas être négatif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resultats", ""), _negated=True),
                                    models.Q(("enseignements", ""), _negated=True),
                                ),
                                name="bilan_dit",
                                violation_error_message="Un bilan dit les résultats, et ce que d’autres peuvent en apprendre.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DateCle",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        (
                            "le",
                            models.DateField(
                                help_text="Le premier du mois quand seul le mois est connu.",
                                verbose_name="date",
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[("jour", "au jour"), ("mois", "au mois")],
                                default="jour",
                                max_length=4,
                                verbose_name="précision",
                            ),
                        ),
                        (
                            "chiffre",
                            models.CharField(
                                help_text="Avec son unité. Par exemple : 124 territoires.",
                                max_length=40,
                                verbose_name="chiffre",
                            ),
                        ),
                        (
                            "texte",
                            models.CharField(
                                help_text="Une phrase, avec son point.",
                                max_length=200,
                                verbose_name="ce qui s’est passé",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "date clé",
                        "verbose_name_plural": "dates clés",
                        "ordering": ["le", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["jour", "mois"])),
                                name="date_cle_precision",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDateCle",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        (
                            "le",
                            models.DateField(
                                help_text="Le premier du mois quand seul le mois est connu.",
                                verbose_name="date",
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[("jour", "au jour"), ("mois", "au mois")],
                                default="jour",
                                max_length=4,
                                verbose_name="précision",
                            ),
                        ),
                        (
                            "chiffre",
                            models.CharField(
                                help_text="Avec son unité. Par exemple : 124 territoires.",
                                max_length=40,
                                verbose_name="chiffre",
                            ),
                        ),
                        (
                            "texte",
                            models.CharField(
                                help_text="Une phrase, avec son point.",
                                max_length=200,
                                verbose_name="ce qui s’est passé",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
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
                        "verbose_name": "historique de la date clé",
                        "verbose_name_plural": "historical dates clés",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ReleveGarde",
                    fields=[
                        ("territoire", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("facon", models.CharField(max_length=40)),
                        ("contenu", models.JSONField()),
                    ],
                    options={
                        "verbose_name": "relevé gardé",
                        "verbose_name_plural": "relevés gardés",
                    },
                ),
                migrations.CreateModel(
                    name="TerritoireARelever",
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
                        ("territoire", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "territoire à relever",
                        "verbose_name_plural": "territoires à relever",
                    },
                ),
                migrations.CreateModel(
                    name="AvenantContrat",
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
                        ("signe_le", models.DateField(verbose_name="signé le")),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        (
                            "changements",
                            models.TextField(blank=True, verbose_name="ce qu’il change"),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="avenants",
                                to="programme.contrat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avenant du contrat",
                        "verbose_name_plural": "avenants du contrat",
                        "ordering": ["contrat", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contrat", "numero"),
                                name="avenantcontrat_numero",
                                violation_error_message="Ce contrat a déjà un avenant de ce numéro.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentContrat",
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
                            "nature",
                            models.CharField(
                                choices=[("signe", "texte signé"), ("annexe", "annexe")],
                                default="signe",
                                max_length=6,
                                verbose_name="nature",
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "fichier",
                            models.FileField(
                                upload_to=programme.fichiers.chemin_de_piece,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "depose_le",
                            models.DateTimeField(auto_now_add=True, verbose_name="déposé le"),
                        ),
                        (
                            "contrat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="programme.contrat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "ordering": ["-nature", "titre"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("nature__in", ["signe", "annexe"])),
                                name="documentcontrat_nature",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAvenantContrat",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("signe_le", models.DateField(verbose_name="signé le")),
                        ("objet", models.CharField(max_length=300, verbose_name="objet")),
                        (
                            "changements",
                            models.TextField(blank=True, verbose_name="ce qu’il change"),
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
                        "verbose_name": "historique de l’avenant du contrat",
                        "verbose_name_plural": "historical avenants du contrat",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContrat_liens",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "contrat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.contrat",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="programme.historicalcontrat",
                            ),
                        ),
                        (
                            "lienprogramme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territoires.lienprogramme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalContrat_liens",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocumentContrat",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("signe", "texte signé"), ("annexe", "annexe")],
                                default="signe",
                                max_length=6,
                                verbose_name="nature",
                            ),
                        ),
                        ("titre", models.CharField(max_length=200, verbose_name="titre")),
                        (
                            "fichier",
                            models.TextField(
                                max_length=100,
                                validators=[programme.fichiers.valider_fichier],
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "depose_le",
                            models.DateTimeField(
                                blank=True, editable=False, verbose_name="déposé le"
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
                        "verbose_name": "historique du document du contrat",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalModificationAvenantContrat",
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
                            "champ",
                            models.CharField(
                                choices=[
                                    ("debut", "début de la période"),
                                    ("fin", "fin de la période"),
                                    ("nombre_fiches_annonce", "nombre de fiches annoncé"),
                                    ("fiche", "fiche"),
                                ],
                                max_length=21,
                                verbose_name="ce qui change",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(blank=True, max_length=100, verbose_name="avant"),
                        ),
                        (
                            "apres",
                            models.CharField(blank=True, max_length=100, verbose_name="après"),
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
                            "avenant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programme.avenantcontrat",
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
                        "verbose_name": "historique de la modification du contrat",
                        "verbose_name_plural": "historical modifications par avenant du contrat",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ModificationAvenantContrat",
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
                            "champ",
                            models.CharField(
                                choices=[
                                    ("debut", "début de la période"),
                                    ("fin", "fin de la période"),
                                    ("nombre_fiches_annonce", "nombre de fiches annoncé"),
                                    ("fiche", "fiche"),
                                ],
                                max_length=21,
                                verbose_name="ce qui change",
                            ),
                        ),
                        (
                            "avant",
                            models.CharField(blank=True, max_length=100, verbose_name="avant"),
                        ),
                        (
                            "apres",
                            models.CharField(blank=True, max_length=100, verbose_name="après"),
                        ),
                        (
                            "avenant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="modifications",
                                to="programme.avenantcontrat",
                            ),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programme.ficheaction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "modification par avenant du contrat",
                        "verbose_name_plural": "modifications par avenant du contrat",
                        "ordering": ["avenant", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("avenant", "ordre"),
                                name="modificationavenantcontrat_ordre",
                                violation_error_message="Deux modifications de cet avenant portent le même rang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "champ__in",
                                        ["debut", "fin", "nombre_fiches_annonce", "fiche"],
                                    )
                                ),
                                name="modificationavenantcontrat_champ",
                                violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("champ", "fiche"), ("fiche__isnull", False)),
                                    models.Q(
                                        models.Q(("champ", "fiche"), _negated=True),
                                        ("fiche__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="modificationavenantcontrat_fiche",
                                violation_error_message="Une fiche va avec «\u202ffiche\u202f», et avec rien d’autre.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
