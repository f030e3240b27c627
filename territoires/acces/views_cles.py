"""« Mes clés d’API »: made, shown once, revoked, by the agent whose keys they are."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from territoires.acces import cles
from territoires.acces.models import CleApi
from territoires.grave import a_confirmer


class CleForm(forms.ModelForm):
    class Meta:
        model = CleApi
        fields = ["nom"]
        widgets = {"nom": forms.TextInput(attrs={"class": "fr-input", "autocomplete": "off"})}

    def clean(self):
        vives = CleApi.objects.de(self.instance.agent).filter(revoquee_le=None).count()
        if vives >= cles.AU_PLUS:
            raise forms.ValidationError(
                f"Vous avez déjà {cles.AU_PLUS} clés qui servent : révoquez-en une d’abord."
            )
        return super().clean()


@never_cache
@login_required
def mes_cles(request):
    """The list, and the form of a new one: whoever makes one has just said who it is."""
    if reponse := a_confirmer(request):
        return reponse
    formulaire = CleForm(request.POST or None, instance=CleApi(agent=request.user))
    secret = ""
    if request.method == "POST" and formulaire.is_valid():
        _, secret = cles.creer(request.user, formulaire.cleaned_data["nom"], request=request)
        formulaire = CleForm(instance=CleApi(agent=request.user))
    contexte = {
        "formulaire": formulaire,
        "secret": secret,
        "cles": CleApi.objects.de(request.user),
    }
    return render(request, "territoires/acces/cles_api.html", contexte)


@require_POST
@login_required
def revoquer(request, pk):
    cle = get_object_or_404(CleApi.objects.de(request.user), pk=pk)
    cles.revoquer(cle, request=request)
    messages.success(request, f"La clé « {cle.nom} » est révoquée : elle n’ouvre plus rien.")
    return redirect("cles-api")
