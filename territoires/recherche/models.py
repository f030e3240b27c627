"""The index of the search: computed, nobody writes it by hand."""

from django.db import models


class Trouvable(models.Model):
    """A public object as the search shows it; `lexemes` are the words that find it."""

    genre = models.CharField(max_length=20)
    cle = models.CharField(max_length=40)  # the primary key of the object
    titre = models.CharField(max_length=400)
    sous_titre = models.CharField(max_length=400)
    adresse = models.CharField(max_length=300)
    texte = models.TextField()
    poids = models.IntegerField()
    nom = models.CharField(max_length=400)  # the title as a search key
    lexemes_nom = models.TextField()
    lexemes = models.TextField()
    empreinte = models.CharField(max_length=40)

    class Meta:
        verbose_name = "objet trouvable"
        constraints = [models.UniqueConstraint(fields=["genre", "cle"], name="trouvable_unique")]
        indexes = [models.Index(fields=["adresse"], name="trouvable_adresse")]

    def __str__(self):
        return self.titre


class NomTrouvable(models.Model):
    """A name or a code that, typed whole, is that object."""

    trouvable = models.ForeignKey(Trouvable, models.CASCADE, related_name="noms")
    nom = models.CharField(max_length=400, db_index=True)
    poids = models.IntegerField()

    class Meta:
        verbose_name = "nom trouvable"

    def __str__(self):
        return self.nom


class SujetTrouvable(models.Model):
    """What an object is about: those that share it are near, the more the greater its `poids`."""

    trouvable = models.ForeignKey(Trouvable, models.CASCADE, related_name="sujets")
    sujet = models.CharField(max_length=160, db_index=True)
    poids = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "sujet trouvable"

    def __str__(self):
        return self.sujet


class MotConnu(models.Model):
    """A word of the index, among which a mistyped one looks for its like."""

    mot = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = "mot connu"

    def __str__(self):
        return self.mot


class AIndexer(models.Model):
    """What a trigger saw written: the objects of `genre` that reach the row `cle` by `chemin`."""

    genre = models.CharField(max_length=20)
    chemin = models.CharField(max_length=100)
    cle = models.CharField(max_length=40)

    class Meta:
        verbose_name = "écriture à indexer"

    def __str__(self):
        return f"{self.genre} {self.chemin} {self.cle}"


class Indexation(models.Model):
    """By which declarations, and on which day, the index was made; a stamp of its words, and one
    of all that it holds.
    """

    signature = models.CharField(max_length=40)
    jour = models.DateField(editable=False)
    mots = models.CharField(max_length=32)
    contenu = models.CharField(max_length=32, db_default="")

    class Meta:
        verbose_name = "indexation"

    def __str__(self):
        return self.signature
