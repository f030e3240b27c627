"""`manage.py exporter_personne QUI`: all that is held on a person, as JSON."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from config.personnes.personne import rassembler, trouver
from territoires.journal.ecriture import Acte, noter


class Command(BaseCommand):
    help = "Écrit en JSON tout ce que le service sait d’une personne, avec ou sans compte."

    def add_arguments(self, parser):
        parser.add_argument("qui", help="son identifiant ou son adresse e-mail")
        parser.add_argument("--nom", default="", help="« Prénom Nom », pour qui n’a pas de compte")

    def handle(self, *, qui, nom, **options):
        agent = trouver(qui)
        dit = rassembler(agent=agent, courriel=qui if "@" in qui else "", nom=nom)
        if agent is None and not dit["mentions"]:
            raise CommandError(f"Rien n’est connu de « {qui} ».")
        noter(Acte.EXPORT, objet=f"données personnelles de {agent or nom or qui}")
        texte = json.dumps(dit, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        self.stdout.write(texte)
