"""The admin site: one place to enter everything, in the words of the programme."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class ConfigAdmin(AdminConfig):
    default_site = "config.admin.Site"


class Site(admin.AdminSite):
    site_header = "Territoires d’industrie"
    site_title = "Territoires d’industrie"
    index_title = "À faire"
