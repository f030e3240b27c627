"""The admin of Django in the dress of the State (DSFR): no model, one page, one stylesheet.

Nothing here speaks of this project. Another one takes the folder as it is, beside django-dsfr:
put it before the admin in INSTALLED_APPS, and give its AdminSite a method `menu(request)`.
"""
