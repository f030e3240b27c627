"""The library's page of the table is in English, and only reads: ours is `views.etat`."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
