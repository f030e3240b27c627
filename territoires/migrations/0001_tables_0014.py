"""The tables of a new base in one step; one that stood before has them by the others."""

from importlib import import_module

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
import territoires.agents.models
import territoires.champs
import territoires.tables
from django.conf import settings
from django.db import migrations, models

journal = import_module("territoires.migrations.0009_journal_sans_retouche")


class Migration(migrations.Migration):
    replaces = [
        ("territoires", "0001_initial"),
        ("territoires", "0002_parution"),
        ("territoires", "0003_filiation_refusee"),
        ("territoires", "0004_historique_de_tout"),
        ("territoires", "0005_filtres_enregistres"),
        ("territoires", "0006_localites"),
        ("territoires", "0007_recherche"),
        ("territoires", "0008_acces_et_journal"),
        ("territoires", "0009_journal_sans_retouche"),
        ("territoires", "0010_proconnect"),
        ("territoires", "0011_mandats"),
        ("territoires", "0012_reprise_des_binomes"),
        ("territoires", "0013_sans_colonnes_de_binome"),
        ("territoires", "0014_liens_programmes"),
    ]

    initial = True

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        territoires.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Departement",
                    fields=[
                        (
                            "code",
                            territoires.champs.CodeOfficiel(max_length=3, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator("^(?:[0-9]{2,3}|2[AB])\\Z", "«\u202f%(value)s\u202f» n’est pas un code de département (par exemple 01, 2A ou 974).", code="insee")], verbose_name="code Insee"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom",))),
                        ("region", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="departements", to="territoires.region", verbose_name="région")),
                    ],
                    options={"verbose_name": "département", "ordering": ["code"], "constraints": [models.CheckConstraint(condition=models.Q(("code__regex", "^([0-9]{2,3}|2[AB])$")), name="departement_code", violation_error_message="Un code de département s’écrit 01, 2A ou 974.")]},
                ),
                migrations.CreateModel(
                    name="Agent",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("is_superuser", models.BooleanField(default=False, help_text="Designates that this user has all permissions without explicitly assigning them.", verbose_name="superuser status")),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."}, help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.", max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name="username"
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        ("is_staff", models.BooleanField(default=False, help_text="Designates whether the user can log into this admin site.", verbose_name="staff status")),
                        ("is_active", models.BooleanField(default=True, help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.", verbose_name="active")),
                        ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                        ("niveau", models.CharField(blank=True, choices=[("", "aucun périmètre"), ("intercommunalite", "intercommunalité"), ("region", "région"), ("delegation", "délégation")], help_text="Sans niveau, ou sans région ni intercommunalité, un agent ne voit rien.", max_length=20, verbose_name="niveau")),
                        ("groups", models.ManyToManyField(blank=True, help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.", related_name="user_set", related_query_name="user", to="auth.group", verbose_name="groups")),
                        ("user_permissions", models.ManyToManyField(blank=True, help_text="Specific permissions for this user.", related_name="user_set", related_query_name="user", to="auth.permission", verbose_name="user permissions")),
                        ("intercommunalites", models.ManyToManyField(blank=True, related_name="agents", to="territoires.intercommunalite", verbose_name="intercommunalités")),
                        ("regions", models.ManyToManyField(blank=True, related_name="agents", to="territoires.region", verbose_name="régions")),
                        ("invite_le", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invité le")),
                    ],
                    options={
                        "verbose_name": "agent",
                        "verbose_name_plural": "agents",
                        "ordering": ["last_name", "first_name", "username"],
                        "abstract": False,
                        "constraints": [models.CheckConstraint(condition=models.Q(("niveau__in", ["", "intercommunalite", "region", "delegation"])), name="agent_niveau", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste.")],
                    },
                    managers=[("objects", territoires.agents.models.AgentManager())],
                ),
                migrations.CreateModel(
                    name="EditionCarte",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(help_text="Année et mois, par exemple 2023-11. Il figure dans l’adresse de la carte.", max_length=20, unique=True, verbose_name="code")),
                        ("date", models.DateField(help_text="Date à laquelle cette carte prend effet.", verbose_name="date")),
                        ("precision", models.CharField(choices=[("jour", "au jour près"), ("mois", "au mois près")], default="jour", max_length=4, verbose_name="précision de la date")),
                        ("nombre_annonce", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="nombre de territoires annoncé")),
                        ("occasion", models.CharField(blank=True, help_text="Où cette carte a été présentée.", max_length=200, verbose_name="occasion")),
                        ("source", models.TextField(blank=True, help_text="D’où vient cette composition, et sous quelle licence.", verbose_name="source")),
                        ("composition_connue", models.BooleanField(default=True, help_text="Décochez quand seul le nombre annoncé est connu\u202f: rien n’est alors dessiné.", verbose_name="composition connue")),
                        ("publiee_le", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="publiée le")),
                        ("publiee_par", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="publiée par")),
                    ],
                    options={
                        "verbose_name": "édition de la carte",
                        "verbose_name_plural": "éditions de la carte",
                        "ordering": ["-date"],
                        "constraints": [
                            models.UniqueConstraint(fields=("date",), name="edition_date", violation_error_message="Une autre édition porte déjà cette date."),
                            models.CheckConstraint(condition=models.Q(("precision__in", ["jour", "mois"])), name="edition_precision", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.CheckConstraint(condition=models.Q(("publiee_par", None), ("publiee_le__isnull", False), _connector="OR"), name="edition_publiee_par_quelqu_un", violation_error_message="L’auteur de la publication va avec sa date."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Intercommunalite",
                    fields=[
                        ("siren", territoires.champs.CodeOfficiel(max_length=9, primary_key=True, serialize=False, validators=[territoires.champs.valider_siren], verbose_name="SIREN")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom")),
                        ("nature", models.CharField(choices=[("CC", "communauté de communes"), ("CA", "communauté d’agglomération"), ("CU", "communauté urbaine"), ("METRO", "métropole"), ("MET69", "métropole de Lyon"), ("EPT", "établissement public territorial")], max_length=5, verbose_name="nature")),
                        ("population", models.PositiveIntegerField(blank=True, help_text="Population municipale, en habitants.", null=True, verbose_name="population")),
                        ("dissoute_le", models.DateField(blank=True, help_text="Une intercommunalité dissoute reste lisible, avec celles qui lui succèdent.", null=True, verbose_name="dissoute le")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom", "siren"))),
                        ("departement", models.ForeignKey(help_text="Celui du siège, ou à défaut celui où vit le plus grand nombre d’habitants.", on_delete=django.db.models.deletion.PROTECT, related_name="intercommunalites", to="territoires.departement", verbose_name="département")),
                        ("successeurs", models.ManyToManyField(blank=True, related_name="predecesseurs", to="territoires.intercommunalite", verbose_name="successeurs")),
                    ],
                    options={
                        "verbose_name": "intercommunalité",
                        "ordering": ["recherche"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("siren__regex", "^[0-9]{9}$"),
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.math.Mod(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    django.db.models.expressions.CombinedExpression(
                                                                        django.db.models.expressions.CombinedExpression(
                                                                            django.db.models.expressions.CombinedExpression(models.Value(0), "+", django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 1, 1), models.IntegerField())),
                                                                            "+",
                                                                            django.db.models.functions.comparison.Cast(
                                                                                django.db.models.functions.text.Substr(
                                                                                    models.Value("0246813579"), django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 2, 1), models.IntegerField()), "+", models.Value(1)), 1
                                                                                ),
                                                                                models.IntegerField(),
                                                                            ),
                                                                        ),
                                                                        "+",
                                                                        django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 3, 1), models.IntegerField()),
                                                                    ),
                                                                    "+",
                                                                    django.db.models.functions.comparison.Cast(
                                                                        django.db.models.functions.text.Substr(
                                                                            models.Value("0246813579"), django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 4, 1), models.IntegerField()), "+", models.Value(1)), 1
                                                                        ),
                                                                        models.IntegerField(),
                                                                    ),
                                                                ),
                                                                "+",
                                                                django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 5, 1), models.IntegerField()),
                                                            ),
                                                            "+",
                                                            django.db.models.functions.comparison.Cast(
                                                                django.db.models.functions.text.Substr(
                                                                    models.Value("0246813579"), django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 6, 1), models.IntegerField()), "+", models.Value(1)), 1
                                                                ),
                                                                models.IntegerField(),
                                                            ),
                                                        ),
                                                        "+",
                                                        django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 7, 1), models.IntegerField()),
                                                    ),
                                                    "+",
                                                    django.db.models.functions.comparison.Cast(
                                                        django.db.models.functions.text.Substr(models.Value("0246813579"), django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 8, 1), models.IntegerField()), "+", models.Value(1)), 1),
                                                        models.IntegerField(),
                                                    ),
                                                ),
                                                "+",
                                                django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr("siren", 9, 1), models.IntegerField()),
                                            ),
                                            10,
                                        ),
                                        0,
                                    ),
                                ),
                                name="intercommunalite_siren",
                                violation_error_message="Ce numéro n’est pas un SIREN\u202f: vérifiez ses neuf chiffres.",
                            ),
                            models.CheckConstraint(condition=models.Q(("nature__in", ["CC", "CA", "CU", "METRO", "MET69", "EPT"])), name="intercommunalite_nature", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.CheckConstraint(condition=models.Q(("population__isnull", True), ("population__gte", 0), _connector="OR"), name="intercommunalite_population", violation_error_message="Le nombre ne peut pas être négatif."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commune",
                    fields=[
                        (
                            "code",
                            territoires.champs.CodeOfficiel(
                                max_length=5,
                                primary_key=True,
                                serialize=False,
                                validators=[django.core.validators.RegexValidator("^(?:[0-9]{5}|2[AB][0-9]{3})\\Z", "«\u202f%(value)s\u202f» n’est pas un code Insee de commune\u202f: cinq caractères sont attendus (par exemple 01004 ou 2A004).", code="insee")],
                                verbose_name="code Insee",
                            ),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("population", models.PositiveIntegerField(blank=True, help_text="Population municipale, en habitants.", null=True, verbose_name="population")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom",))),
                        ("departement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="communes", to="territoires.departement", verbose_name="département")),
                        (
                            "ept",
                            models.ForeignKey(blank=True, help_text="Dans la Métropole du Grand Paris seulement.", limit_choices_to={"nature": "EPT"}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="communes_ept", to="territoires.intercommunalite", verbose_name="établissement public territorial"),
                        ),
                        ("intercommunalite", models.ForeignKey(blank=True, help_text="Vide pour les quelques îles qui n’appartiennent à aucune.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="communes_epci", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                    ],
                    options={
                        "verbose_name": "commune",
                        "ordering": ["recherche", "code"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("code__regex", "^([0-9]{5}|2[AB][0-9]{3})$")), name="commune_code", violation_error_message="Un code Insee de commune a cinq caractères (01004, 2A004)."),
                            models.CheckConstraint(condition=models.Q(("population__isnull", True), ("population__gte", 0), _connector="OR"), name="commune_population", violation_error_message="Le nombre ne peut pas être négatif."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Perimetre",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(help_text="Code dans cette édition\u202f: il peut changer à la suivante.", max_length=20, verbose_name="code")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom dans cette édition")),
                        ("population", models.PositiveIntegerField(editable=False, null=True, verbose_name="population")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom", "code"))),
                        ("edition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="perimetres", to="territoires.editioncarte", verbose_name="édition")),
                        ("regions", models.ManyToManyField(editable=False, related_name="perimetres", to="territoires.region", verbose_name="régions touchées")),
                        ("territoire", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="perimetres", to="territoires.territoire")),
                    ],
                    options={
                        "verbose_name": "périmètre",
                        "ordering": ["edition", "recherche"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "code"), name="perimetre_edition_code", violation_error_message="Un autre territoire porte déjà ce code dans cette édition."),
                            models.UniqueConstraint(fields=("edition", "territoire"), name="perimetre_edition_territoire", violation_error_message="Ce territoire a déjà un périmètre dans cette édition."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembrePerimetre",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("commune", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="membres", to="territoires.commune")),
                        ("edition", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="membres", to="territoires.editioncarte")),
                        ("intercommunalite", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="membres", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                        ("perimetre", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="membres", to="territoires.perimetre", verbose_name="périmètre")),
                    ],
                    options={
                        "verbose_name": "membre",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("commune__isnull", True), ("intercommunalite__isnull", False)), models.Q(("commune__isnull", False), ("intercommunalite__isnull", True)), _connector="OR"),
                                name="membre_un_seul",
                                violation_error_message="Un membre est une intercommunalité entière ou une commune seule.",
                            ),
                            models.UniqueConstraint(fields=("edition", "intercommunalite"), name="membre_intercommunalite_unique", violation_error_message="Cette intercommunalité appartient déjà à un territoire de cette édition."),
                            models.UniqueConstraint(fields=("edition", "commune"), name="membre_commune_unique", violation_error_message="Cette commune appartient déjà à un territoire de cette édition."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalMembrePerimetre",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("commune", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.commune")),
                        ("edition", models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.editioncarte")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("intercommunalite", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                        ("perimetre", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.perimetre", verbose_name="périmètre")),
                    ],
                    options={"verbose_name": "historique du membre", "verbose_name_plural": "historical membres", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Filiation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("nature", models.CharField(choices=[("suite", "se poursuit"), ("renommage", "est renommé"), ("fusion", "fusionne"), ("scission", "se divise")], default="suite", max_length=10, verbose_name="nature")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("confirmee_le", models.DateTimeField(editable=False, null=True, verbose_name="confirmée le")),
                        ("confirmee_par", models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="confirmée par")),
                        ("ancien", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="suites", to="territoires.perimetre", verbose_name="ancien périmètre")),
                        ("nouveau", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="origines", to="territoires.perimetre", verbose_name="nouveau périmètre")),
                        ("refusee_le", models.DateTimeField(editable=False, null=True, verbose_name="refusée le")),
                        ("refusee_par", models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="refusée par")),
                    ],
                    options={
                        "verbose_name": "filiation",
                        "ordering": ["nouveau__nom"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ancien", "nouveau"), name="filiation_unique", violation_error_message="Ce lien existe déjà."),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("confirmee_le__isnull", True), ("confirmee_par__isnull", True)), models.Q(("confirmee_le__isnull", False), ("confirmee_par__isnull", False)), _connector="OR"), name="filiation_confirmee", violation_error_message="L’auteur et la date vont ensemble."
                            ),
                            models.CheckConstraint(condition=models.Q(("nature__in", ["suite", "renommage", "fusion", "scission"])), name="filiation_nature", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.CheckConstraint(condition=models.Q(models.Q(("refusee_le__isnull", True), ("refusee_par__isnull", True)), models.Q(("refusee_le__isnull", False), ("refusee_par__isnull", False)), _connector="OR"), name="filiation_refusee", violation_error_message="L’auteur et la date vont ensemble."),
                            models.CheckConstraint(condition=models.Q(("confirmee_le", None), ("refusee_le", None), _connector="OR"), name="filiation_une_decision", violation_error_message="Une filiation est confirmée ou refusée, pas les deux."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        ("code", territoires.champs.CodeOfficiel(max_length=2, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator("^[0-9]{2}\\Z", "«\u202f%(value)s\u202f» n’est pas un code de région (par exemple 84).", code="insee")], verbose_name="code Insee")),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom",))),
                    ],
                    options={"verbose_name": "région", "ordering": ["recherche"], "constraints": [models.CheckConstraint(condition=models.Q(("code__regex", "^[0-9]{2}$")), name="region_code", violation_error_message="Un code de région a deux chiffres.")]},
                ),
                migrations.CreateModel(
                    name="Contour",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("geometrie", models.JSONField(help_text="GeoJSON, longitude puis latitude, WGS84.", verbose_name="géométrie")),
                        ("commune", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="contour", to="territoires.commune")),
                        ("intercommunalite", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="contour", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                        ("region", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="contour", to="territoires.region", verbose_name="région")),
                    ],
                    options={
                        "verbose_name": "contour",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commune__isnull", True), ("intercommunalite__isnull", True), ("region__isnull", False)),
                                    models.Q(("commune__isnull", True), ("intercommunalite__isnull", False), ("region__isnull", True)),
                                    models.Q(("commune__isnull", False), ("intercommunalite__isnull", True), ("region__isnull", True)),
                                    _connector="OR",
                                ),
                                name="contour_une_cible",
                                violation_error_message="Un contour est celui d’une région, d’une intercommunalité ou d’une commune.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Territoire",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("identifiant", models.SlugField(help_text="Stable d’une édition à l’autre, contrairement au code\u202f; il est dans l’adresse.", max_length=120, unique=True, verbose_name="identifiant")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom")),
                        ("pilote", models.BooleanField(blank=True, help_text="Préfigurateur du programme. Laissez «\u202finconnu\u202f» sans source.", null=True, verbose_name="territoire pilote")),
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom",))),
                        ("perimetre_courant", models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="territoires.perimetre", verbose_name="périmètre en vigueur")),
                        ("region_pilote", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="territoires_pilotes", to="territoires.region", verbose_name="région pilote")),
                    ],
                    options={"verbose_name": "territoire", "ordering": ["recherche"]},
                ),
                migrations.CreateModel(
                    name="HistoricalPerimetre",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(help_text="Code dans cette édition\u202f: il peut changer à la suivante.", max_length=20, verbose_name="code")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom dans cette édition")),
                        ("population", models.PositiveIntegerField(editable=False, null=True, verbose_name="population")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom", "code"))),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("edition", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.editioncarte", verbose_name="édition")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("territoire", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.territoire")),
                    ],
                    options={"verbose_name": "historique du périmètre", "verbose_name_plural": "historical périmètres", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Trace",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("geometrie", models.JSONField(verbose_name="géométrie")),
                        ("perimetre", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="trace", to="territoires.perimetre", verbose_name="périmètre")),
                    ],
                    options={"verbose_name": "tracé"},
                ),
                migrations.CreateModel(
                    name="CodePostal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=5, validators=[django.core.validators.RegexValidator("^[0-9]{5}\\Z", "«\u202f%(value)s\u202f» n’est pas un code postal\u202f: cinq chiffres.", code="postal")], verbose_name="code postal")),
                        ("commune", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="codes_postaux", to="territoires.commune")),
                    ],
                    options={
                        "verbose_name": "code postal",
                        "verbose_name_plural": "codes postaux",
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("commune", "code"), name="codepostal_unique", violation_error_message="Cette commune a déjà ce code postal."),
                            models.CheckConstraint(condition=models.Q(("code__regex", "^[0-9]{5}$")), name="codepostal_code", violation_error_message="Un code postal a cinq chiffres."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Parution", fields=[("cle", models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name="réponse")), ("empreinte", models.CharField(max_length=40, verbose_name="empreinte")), ("depuis", models.DateTimeField(verbose_name="depuis le"))], options={"verbose_name": "parution"}
                ),
                migrations.CreateModel(
                    name="HistoricalAgent",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "username",
                            models.CharField(
                                db_index=True, error_messages={"unique": "A user with that username already exists."}, help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.", max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name="username"
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        ("is_staff", models.BooleanField(default=False, help_text="Designates whether the user can log into this admin site.", verbose_name="staff status")),
                        ("is_active", models.BooleanField(default=True, help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.", verbose_name="active")),
                        ("niveau", models.CharField(blank=True, choices=[("", "aucun périmètre"), ("intercommunalite", "intercommunalité"), ("region", "région"), ("delegation", "délégation")], help_text="Sans niveau, ou sans région ni intercommunalité, un agent ne voit rien.", max_length=20, verbose_name="niveau")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={"verbose_name": "historique de l’agent", "verbose_name_plural": "historical agents", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgent_intercommunalites",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("agent", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("history", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="territoires.historicalagent")),
                        ("intercommunalite", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite")),
                    ],
                    options={"verbose_name": "HistoricalAgent_intercommunalites"},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgent_regions",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("agent", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("history", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="territoires.historicalagent")),
                        ("region", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.region")),
                    ],
                    options={"verbose_name": "HistoricalAgent_regions"},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCodePostal",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=5, validators=[django.core.validators.RegexValidator("^[0-9]{5}\\Z", "«\u202f%(value)s\u202f» n’est pas un code postal\u202f: cinq chiffres.", code="postal")], verbose_name="code postal")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("commune", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.commune")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={"verbose_name": "historique du code postal", "verbose_name_plural": "historical codes postaux", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCommune",
                    fields=[
                        (
                            "code",
                            territoires.champs.CodeOfficiel(
                                db_index=True,
                                max_length=5,
                                primary_key=False,
                                validators=[django.core.validators.RegexValidator("^(?:[0-9]{5}|2[AB][0-9]{3})\\Z", "«\u202f%(value)s\u202f» n’est pas un code Insee de commune\u202f: cinq caractères sont attendus (par exemple 01004 ou 2A004).", code="insee")],
                                verbose_name="code Insee",
                            ),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("population", models.PositiveIntegerField(blank=True, help_text="Population municipale, en habitants.", null=True, verbose_name="population")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("departement", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.departement", verbose_name="département")),
                        (
                            "ept",
                            models.ForeignKey(
                                blank=True, db_constraint=False, help_text="Dans la Métropole du Grand Paris seulement.", limit_choices_to={"nature": "EPT"}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite", verbose_name="établissement public territorial"
                            ),
                        ),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("intercommunalite", models.ForeignKey(blank=True, db_constraint=False, help_text="Vide pour les quelques îles qui n’appartiennent à aucune.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                    ],
                    options={"verbose_name": "historique de la commune", "verbose_name_plural": "historical communes", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContour",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("geometrie", models.JSONField(help_text="GeoJSON, longitude puis latitude, WGS84.", verbose_name="géométrie")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("commune", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.commune")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("intercommunalite", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite", verbose_name="intercommunalité")),
                        ("region", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.region", verbose_name="région")),
                    ],
                    options={"verbose_name": "historique du contour", "verbose_name_plural": "historical contours", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDepartement",
                    fields=[
                        (
                            "code",
                            territoires.champs.CodeOfficiel(db_index=True, max_length=3, primary_key=False, validators=[django.core.validators.RegexValidator("^(?:[0-9]{2,3}|2[AB])\\Z", "«\u202f%(value)s\u202f» n’est pas un code de département (par exemple 01, 2A ou 974).", code="insee")], verbose_name="code Insee"),
                        ),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("region", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.region", verbose_name="région")),
                    ],
                    options={"verbose_name": "historique du département", "verbose_name_plural": "historical départements", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEditionCarte",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.SlugField(help_text="Année et mois, par exemple 2023-11. Il figure dans l’adresse de la carte.", max_length=20, verbose_name="code")),
                        ("date", models.DateField(help_text="Date à laquelle cette carte prend effet.", verbose_name="date")),
                        ("precision", models.CharField(choices=[("jour", "au jour près"), ("mois", "au mois près")], default="jour", max_length=4, verbose_name="précision de la date")),
                        ("nombre_annonce", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="nombre de territoires annoncé")),
                        ("occasion", models.CharField(blank=True, help_text="Où cette carte a été présentée.", max_length=200, verbose_name="occasion")),
                        ("source", models.TextField(blank=True, help_text="D’où vient cette composition, et sous quelle licence.", verbose_name="source")),
                        ("composition_connue", models.BooleanField(default=True, help_text="Décochez quand seul le nombre annoncé est connu\u202f: rien n’est alors dessiné.", verbose_name="composition connue")),
                        ("publiee_le", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="publiée le")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("publiee_par", models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="publiée par")),
                    ],
                    options={"verbose_name": "historique de l’édition", "verbose_name_plural": "historical éditions de la carte", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFiliation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("nature", models.CharField(choices=[("suite", "se poursuit"), ("renommage", "est renommé"), ("fusion", "fusionne"), ("scission", "se divise")], default="suite", max_length=10, verbose_name="nature")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("confirmee_le", models.DateTimeField(editable=False, null=True, verbose_name="confirmée le")),
                        ("refusee_le", models.DateTimeField(editable=False, null=True, verbose_name="refusée le")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("ancien", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.perimetre", verbose_name="ancien périmètre")),
                        ("confirmee_par", models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="confirmée par")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("nouveau", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.perimetre", verbose_name="nouveau périmètre")),
                        ("refusee_par", models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="refusée par")),
                    ],
                    options={"verbose_name": "historique de la filiation", "verbose_name_plural": "historical filiations", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIntercommunalite",
                    fields=[
                        ("siren", territoires.champs.CodeOfficiel(db_index=True, max_length=9, primary_key=False, validators=[territoires.champs.valider_siren], verbose_name="SIREN")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom")),
                        ("nature", models.CharField(choices=[("CC", "communauté de communes"), ("CA", "communauté d’agglomération"), ("CU", "communauté urbaine"), ("METRO", "métropole"), ("MET69", "métropole de Lyon"), ("EPT", "établissement public territorial")], max_length=5, verbose_name="nature")),
                        ("population", models.PositiveIntegerField(blank=True, help_text="Population municipale, en habitants.", null=True, verbose_name="population")),
                        ("dissoute_le", models.DateField(blank=True, help_text="Une intercommunalité dissoute reste lisible, avec celles qui lui succèdent.", null=True, verbose_name="dissoute le")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("departement", models.ForeignKey(blank=True, db_constraint=False, help_text="Celui du siège, ou à défaut celui où vit le plus grand nombre d’habitants.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.departement", verbose_name="département")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={"verbose_name": "historique de l’intercommunalité", "verbose_name_plural": "historical intercommunalités", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIntercommunalite_successeurs",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("from_intercommunalite", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite")),
                        ("history", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="territoires.historicalintercommunalite")),
                        ("to_intercommunalite", models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.intercommunalite")),
                    ],
                    options={"verbose_name": "HistoricalIntercommunalite_successeurs"},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRegion",
                    fields=[
                        ("code", territoires.champs.CodeOfficiel(db_index=True, max_length=2, primary_key=False, validators=[django.core.validators.RegexValidator("^[0-9]{2}\\Z", "«\u202f%(value)s\u202f» n’est pas un code de région (par exemple 84).", code="insee")], verbose_name="code Insee")),
                        ("nom", models.CharField(max_length=100, verbose_name="nom")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={"verbose_name": "historique de la région", "verbose_name_plural": "historical régions", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTerritoire",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("identifiant", models.SlugField(help_text="Stable d’une édition à l’autre, contrairement au code\u202f; il est dans l’adresse.", max_length=120, verbose_name="identifiant")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom")),
                        ("pilote", models.BooleanField(blank=True, help_text="Préfigurateur du programme. Laissez «\u202finconnu\u202f» sans source.", null=True, verbose_name="territoire pilote")),
                        ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("region_pilote", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.region", verbose_name="région pilote")),
                    ],
                    options={"verbose_name": "historique du territoire", "verbose_name_plural": "historical territoires", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="FiltreEnregistre",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("liste", models.CharField(help_text="Application et modèle.", max_length=100, verbose_name="liste")),
                        ("nom", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                        ("requete", models.CharField(blank=True, max_length=2000, verbose_name="ce qui est demandé")),
                        ("agent", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="agent")),
                    ],
                    options={
                        "verbose_name": "filtre enregistré",
                        "verbose_name_plural": "filtres enregistrés",
                        "ordering": ["liste", "nom"],
                        "constraints": [models.UniqueConstraint(fields=("agent", "liste", "nom"), name="filtre_enregistre_unique", violation_error_message="Vous avez déjà un filtre de ce nom dans cette liste.")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLocalite",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(max_length=5, validators=[django.core.validators.RegexValidator("^(?:[0-9]{5}|2[AB][0-9]{3})\\Z", "«\u202f%(value)s\u202f» n’est pas un code Insee de commune\u202f: cinq caractères sont attendus (par exemple 01004 ou 2A004).", code="insee")], verbose_name="code Insee"),
                        ),
                        ("nature", models.CharField(choices=[("deleguee", "commune déléguée"), ("associee", "commune associée"), ("arrondissement", "arrondissement municipal"), ("ancienne", "ancien code de commune"), ("outre_mer", "commune d’une collectivité d’outre-mer")], max_length=14, verbose_name="nature")),
                        ("nom", models.CharField(blank=True, help_text="Vide quand seul l’ancien code est connu.", max_length=100, verbose_name="nom")),
                        ("collectivite", models.CharField(blank=True, help_text="À défaut de commune.", max_length=60, verbose_name="collectivité d’outre-mer")),
                        ("codes_postaux", models.CharField(blank=True, help_text="Séparés par des espaces.", max_length=100, verbose_name="codes postaux")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("commune", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.commune")),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={"verbose_name": "historique de la localité", "verbose_name_plural": "historical localités", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Localite",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(max_length=5, validators=[django.core.validators.RegexValidator("^(?:[0-9]{5}|2[AB][0-9]{3})\\Z", "«\u202f%(value)s\u202f» n’est pas un code Insee de commune\u202f: cinq caractères sont attendus (par exemple 01004 ou 2A004).", code="insee")], verbose_name="code Insee"),
                        ),
                        ("nature", models.CharField(choices=[("deleguee", "commune déléguée"), ("associee", "commune associée"), ("arrondissement", "arrondissement municipal"), ("ancienne", "ancien code de commune"), ("outre_mer", "commune d’une collectivité d’outre-mer")], max_length=14, verbose_name="nature")),
                        ("nom", models.CharField(blank=True, help_text="Vide quand seul l’ancien code est connu.", max_length=100, verbose_name="nom")),
                        ("collectivite", models.CharField(blank=True, help_text="À défaut de commune.", max_length=60, verbose_name="collectivité d’outre-mer")),
                        ("codes_postaux", models.CharField(blank=True, help_text="Séparés par des espaces.", max_length=100, verbose_name="codes postaux")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom", "code"))),
                        ("commune", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="localites", to="territoires.commune")),
                    ],
                    options={
                        "verbose_name": "localité",
                        "ordering": ["recherche", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "nature"), name="localite_unique", violation_error_message="Cette localité est déjà connue."),
                            models.CheckConstraint(condition=models.Q(("nature__in", ["deleguee", "associee", "arrondissement", "ancienne", "outre_mer"])), name="localite_nature", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("collectivite", ""), ("commune__isnull", False)), models.Q(("commune", None), models.Q(("collectivite", ""), _negated=True)), _connector="OR"),
                                name="localite_situee",
                                violation_error_message="Une localité est dans une commune, ou à défaut dans une collectivité d’outre-mer.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AIndexer",
                    fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("genre", models.CharField(max_length=20)), ("chemin", models.CharField(max_length=100)), ("cle", models.CharField(max_length=40))],
                    options={"verbose_name": "écriture à indexer"},
                ),
                migrations.CreateModel(
                    name="Indexation",
                    fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("signature", models.CharField(max_length=40)), ("jour", models.DateField(editable=False)), ("mots", models.CharField(max_length=32))],
                    options={"verbose_name": "indexation"},
                ),
                migrations.CreateModel(name="MotConnu", fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("mot", models.CharField(max_length=100, unique=True))], options={"verbose_name": "mot connu"}),
                migrations.CreateModel(
                    name="Trouvable",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("genre", models.CharField(max_length=20)),
                        ("cle", models.CharField(max_length=40)),
                        ("titre", models.CharField(max_length=400)),
                        ("sous_titre", models.CharField(max_length=400)),
                        ("adresse", models.CharField(max_length=300)),
                        ("texte", models.TextField()),
                        ("poids", models.IntegerField()),
                        ("nom", models.CharField(max_length=400)),
                        ("lexemes_nom", models.TextField()),
                        ("lexemes", models.TextField()),
                        ("empreinte", models.CharField(max_length=40)),
                    ],
                    options={"verbose_name": "objet trouvable", "constraints": [models.UniqueConstraint(fields=("genre", "cle"), name="trouvable_unique")]},
                ),
                migrations.CreateModel(
                    name="NomTrouvable",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("nom", models.CharField(db_index=True, max_length=400)),
                        ("poids", models.IntegerField()),
                        ("trouvable", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="noms", to="territoires.trouvable")),
                    ],
                    options={"verbose_name": "nom trouvable"},
                ),
                migrations.CreateModel(
                    name="Essai",
                    fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("cle", models.CharField(max_length=64, verbose_name="clé")), ("le", models.DateTimeField(verbose_name="date"))],
                    options={"verbose_name": "essai", "verbose_name_plural": "essais", "indexes": [models.Index(fields=["cle", "le"], name="essai_cle_le")]},
                ),
                migrations.CreateModel(
                    name="LigneDuJournal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("le", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="date")),
                        (
                            "acte",
                            models.CharField(
                                choices=[
                                    ("connexion", "connexion"),
                                    ("echec", "échec de connexion"),
                                    ("verrou", "trop d’essais"),
                                    ("deconnexion", "déconnexion"),
                                    ("invitation", "invitation"),
                                    ("mot_de_passe", "mot de passe"),
                                    ("facteur", "second facteur"),
                                    ("session", "session fermée"),
                                    ("droits", "droits d’un agent"),
                                    ("export", "export"),
                                    ("reprise", "reprise de la saisie d’un autre"),
                                    ("suppression", "suppression"),
                                    ("retour", "objet ramené"),
                                ],
                                max_length=20,
                                verbose_name="acte",
                            ),
                        ),
                        ("nom", models.CharField(blank=True, max_length=200, verbose_name="par")),
                        ("adresse", models.GenericIPAddressField(null=True, verbose_name="adresse réseau")),
                        ("objet", models.CharField(blank=True, max_length=300, verbose_name="objet")),
                        ("detail", models.TextField(blank=True, verbose_name="détail")),
                        ("rangees", models.PositiveIntegerField(null=True, verbose_name="lignes")),
                        ("agent", models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="agent")),
                    ],
                    options={
                        "verbose_name": "ligne du journal",
                        "verbose_name_plural": "lignes du journal",
                        "ordering": ["-le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("acte__in", ["connexion", "echec", "verrou", "deconnexion", "invitation", "mot_de_passe", "facteur", "session", "droits", "export", "reprise", "suppression", "retour"])), name="journal_acte", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandeAcces",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("courriel", models.EmailField(max_length=254, unique=True, verbose_name="adresse e-mail")),
                        ("prenom", models.CharField(blank=True, max_length=150, verbose_name="prénom")),
                        ("nom", models.CharField(blank=True, max_length=150, verbose_name="nom")),
                        ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                        ("demandee_le", models.DateTimeField(auto_now=True, verbose_name="demandée le")),
                    ],
                    options={"verbose_name": "demande d’accès", "verbose_name_plural": "demandes d’accès", "ordering": ["-demandee_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="IdentiteLiee",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("emetteur", models.URLField(verbose_name="fournisseur")),
                        ("sub", models.CharField(max_length=255, verbose_name="clé du fournisseur")),
                        ("liee_le", models.DateTimeField(auto_now_add=True, verbose_name="liée le")),
                        ("agent", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="identites", to=settings.AUTH_USER_MODEL, verbose_name="agent")),
                    ],
                    options={"verbose_name": "identité liée", "verbose_name_plural": "identités liées", "constraints": [models.UniqueConstraint(fields=("emetteur", "sub"), name="identite_du_fournisseur", violation_error_message="Cette identité est déjà tenue par un agent.")]},
                ),
                migrations.CreateModel(
                    name="HistoricalMandat",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("role", models.CharField(choices=[("elu", "élu du binôme"), ("industriel", "industriel du binôme"), ("chef_de_projet", "chef de projet"), ("presidence", "président du comité local"), ("membre", "membre du comité local")], max_length=15, verbose_name="mandat")),
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        ("fonction", models.CharField(blank=True, help_text="Par exemple\u202f: présidente de la communauté de communes. Elle est publique pour le binôme et le chef de projet, avec le nom.", max_length=200, verbose_name="fonction")),
                        ("debut", models.DateField(blank=True, help_text="Laissez vide si on l’ignore.", null=True, verbose_name="depuis le")),
                        ("constate", models.BooleanField(default=False, help_text="Cochez quand on sait seulement qu’il courait à cette date.", verbose_name="courait déjà ce jour-là")),
                        ("fin", models.DateField(blank=True, help_text="Dernier jour\u202f; vide s’il court.", null=True, verbose_name="jusqu’au")),
                        ("courriel", models.EmailField(blank=True, help_text="Jamais publique\u202f: lue par ceux qui travaillent pour ce territoire.", max_length=254, verbose_name="adresse électronique")),
                        ("telephone", models.CharField(blank=True, help_text="Jamais public, comme l’adresse.", max_length=30, verbose_name="téléphone")),
                        ("note", models.TextField(blank=True, help_text="D’où viennent ces dates. Interne.", verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("territoire", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.territoire")),
                    ],
                    options={"verbose_name": "historique du mandat", "verbose_name_plural": "historical mandats", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Mandat",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("role", models.CharField(choices=[("elu", "élu du binôme"), ("industriel", "industriel du binôme"), ("chef_de_projet", "chef de projet"), ("presidence", "président du comité local"), ("membre", "membre du comité local")], max_length=15, verbose_name="mandat")),
                        ("nom", models.CharField(max_length=150, verbose_name="nom")),
                        ("fonction", models.CharField(blank=True, help_text="Par exemple\u202f: présidente de la communauté de communes. Elle est publique pour le binôme et le chef de projet, avec le nom.", max_length=200, verbose_name="fonction")),
                        ("debut", models.DateField(blank=True, help_text="Laissez vide si on l’ignore.", null=True, verbose_name="depuis le")),
                        ("constate", models.BooleanField(default=False, help_text="Cochez quand on sait seulement qu’il courait à cette date.", verbose_name="courait déjà ce jour-là")),
                        ("fin", models.DateField(blank=True, help_text="Dernier jour\u202f; vide s’il court.", null=True, verbose_name="jusqu’au")),
                        ("courriel", models.EmailField(blank=True, help_text="Jamais publique\u202f: lue par ceux qui travaillent pour ce territoire.", max_length=254, verbose_name="adresse électronique")),
                        ("telephone", models.CharField(blank=True, help_text="Jamais public, comme l’adresse.", max_length=30, verbose_name="téléphone")),
                        ("note", models.TextField(blank=True, help_text="D’où viennent ces dates. Interne.", verbose_name="note")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom", "fonction"))),
                        ("territoire", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mandats", to="territoires.territoire")),
                    ],
                    options={
                        "verbose_name": "mandat",
                        "ordering": ["territoire", "role", "-debut", "recherche", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("role__in", ["elu", "industriel", "chef_de_projet", "presidence", "membre"])), name="mandat_role", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.CheckConstraint(condition=models.Q(("debut__isnull", True), ("fin__isnull", True), ("fin__gte", models.F("debut")), _connector="OR"), name="mandat_dates", violation_error_message="Un mandat ne finit pas avant d’avoir commencé."),
                            models.CheckConstraint(condition=models.Q(("constate", False), ("debut__isnull", False), _connector="OR"), name="mandat_constate", violation_error_message="Dites quel jour il courait déjà."),
                            models.UniqueConstraint(fields=("territoire", "role", "nom", "debut"), name="mandat_unique", violation_error_message="Ce mandat est déjà saisi\u202f: même personne, même fonction, même début."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLienProgramme",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.SlugField(editable=False, max_length=150, verbose_name="référence")),
                        ("genre", models.CharField(choices=[("crte", "CRTE"), ("acv", "Action cœur de ville"), ("pvd", "Petites villes de demain"), ("ort", "ORT"), ("autre", "autre programme")], max_length=5, verbose_name="autre programme")),
                        ("nom", models.CharField(help_text="Par exemple\u202f: CRTE du Béarn, ou la ville concernée.", max_length=200, verbose_name="nom")),
                        ("adresse", models.URLField(blank=True, max_length=300, verbose_name="adresse internet")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("territoire", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territoires.territoire")),
                    ],
                    options={"verbose_name": "historique du lien", "verbose_name_plural": "historical liens avec d’autres programmes", "ordering": ("-history_date", "-history_id"), "get_latest_by": ("history_date", "history_id")},
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LienProgramme",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reference", models.SlugField(editable=False, max_length=150, unique=True, verbose_name="référence")),
                        ("genre", models.CharField(choices=[("crte", "CRTE"), ("acv", "Action cœur de ville"), ("pvd", "Petites villes de demain"), ("ort", "ORT"), ("autre", "autre programme")], max_length=5, verbose_name="autre programme")),
                        ("nom", models.CharField(help_text="Par exemple\u202f: CRTE du Béarn, ou la ville concernée.", max_length=200, verbose_name="nom")),
                        ("adresse", models.URLField(blank=True, max_length=300, verbose_name="adresse internet")),
                        ("recherche", territoires.champs.CleDeRecherche(db_index=True, editable=False, max_length=400, sources=("nom",))),
                        ("territoire", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="liens", to="territoires.territoire")),
                    ],
                    options={
                        "verbose_name": "lien avec un autre programme",
                        "verbose_name_plural": "liens avec d’autres programmes",
                        "ordering": ["territoire", "genre", "recherche", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("genre__in", ["crte", "acv", "pvd", "ort", "autre"])), name="lienprogramme_genre", violation_error_message="Valeur inconnue\u202f: choisissez dans la liste."),
                            models.UniqueConstraint(fields=("territoire", "genre", "nom"), name="lienprogramme_unique", violation_error_message="Ce lien est déjà saisi pour ce territoire."),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(journal.poser, journal.retirer),
    ]
