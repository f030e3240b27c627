"""What the dashboard has already counted: computed, nobody writes it by hand."""

from django.db import models


class ReleveGarde(models.Model):
    """The figures of one territoire; no foreign key, since nothing depends on it."""

    territoire = models.BigIntegerField(primary_key=True)
    facon = models.CharField(max_length=40)  # of counting: another one counts again
    contenu = models.JSONField()

    class Meta:
        verbose_name = "relevé gardé"
        verbose_name_plural = "relevés gardés"

    def __str__(self):
        return str(self.territoire)


class TerritoireARelever(models.Model):
    """A trigger saw something written that this territoire's figures count."""

    territoire = models.BigIntegerField()

    class Meta:
        verbose_name = "territoire à relever"
        verbose_name_plural = "territoires à relever"

    def __str__(self):
        return str(self.territoire)
