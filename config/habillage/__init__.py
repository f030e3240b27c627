"""The admin of Django in the dress of the State (DSFR): no model, one stylesheet, a few pages.

Nothing here speaks of this project. Another one takes the folder as it is, beside django-dsfr: put
it before the admin in INSTALLED_APPS, and add to what `AdminSite.each_context` returns `menu`,
entries with `libelle`, `adresse`, `ici` (their value of aria-current) and `suite` (more of them),
and `site_tagline`.
"""
