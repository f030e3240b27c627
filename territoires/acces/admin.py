"""What allauth registers in the admin is of no use to agents: their own page holds it."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401
from django.contrib import admin

RESERVES = {"account", "mfa", "socialaccount", "usersessions"}

for modele in list(admin.site._registry):
    if modele._meta.app_label in RESERVES:
        admin.site.unregister(modele)
