"""The admin of Django in the dress of the State (DSFR): no model, one stylesheet, a few pages.

Nothing here speaks of this project. Another one takes the folder as it is, beside django-dsfr: put
it before the admin in INSTALLED_APPS, and have a context processor give `menu`, entries with
`libelle`, `adresse`, `ici` (their value of aria-current) and `suite` (more of them).
`habillage/liens.html` is the project's: what its header offers to a person. A page of agents beside
the admin includes `habillage/entete.html` and links `habillage/entete.css`.
"""
