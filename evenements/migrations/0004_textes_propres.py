"""Texts kept before the rule of `echanges.textes.nettoyer`, and search keys of before other
alphabets: written again as they would be today, wherever they differ.

It stands in the last of the applications, which knows all the others. A row whose clean text is
already another's key stays as it is: feeds, drawings and calendars clean what they read.
"""

from django.db import IntegrityError, migrations, models, transaction

from echanges.textes import nettoyer
from territoires.champs import CleDeRecherche, cle_de_recherche

APPS = ("echanges", "territoires", "programme", "evenements")


def nettoyer_tout(apps, schema_editor):
    for app in APPS:
        for modele in apps.get_app_config(app).get_models():
            nettoyer_les_lignes(modele)


def nettoyer_les_lignes(modele):
    champs = [c for c in modele._meta.local_concrete_fields if est_un_texte(c)]
    if not champs:
        return
    noms = [champ.attname for champ in champs]
    lignes = modele._base_manager.order_by().values_list("pk", *noms)
    for pk, *valeurs in list(lignes.iterator(chunk_size=5000)):
        avant = dict(zip(noms, valeurs, strict=True))
        apres = propres(champs, avant)
        if apres != avant:
            try:
                with transaction.atomic():
                    modele._base_manager.filter(pk=pk).update(**apres)
            except IntegrityError:
                continue


def est_un_texte(champ):
    return isinstance(champ, (models.CharField, models.TextField)) and not champ.primary_key


def propres(champs, avant):
    apres = {
        champ.attname: texte and nettoyer(texte, paragraphes=isinstance(champ, models.TextField))
        for champ in champs
        for texte in [avant[champ.attname]]
    }
    for champ in champs:
        # A history copies the key of its row without saying what it is made of.
        if isinstance(champ, CleDeRecherche) and set(champ.sources) <= apres.keys():
            texte = " ".join(apres[source] or "" for source in champ.sources)
            apres[champ.attname] = cle_de_recherche(texte)[: champ.max_length]
    return apres


class Migration(migrations.Migration):
    dependencies = [
        ("evenements", "0003_autres_noms_et_corrections"),
        ("programme", "0009_historique_du_plan"),
        ("territoires", "0003_filiation_refusee"),
        ("echanges", "0002_apercus_et_annulations"),
    ]

    operations = [migrations.RunPython(nettoyer_tout, migrations.RunPython.noop, elidable=True)]
