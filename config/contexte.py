"""What every page needs to know of the site, without a query."""

from django.conf import settings

SITE = {
    "site_title": "Territoires d’industrie",
    "site_tagline": "La carte, les actions et les engagements du programme national",
    "header_brand": "République",
    "header_brand_html": "République<br>française",
    "footer_brand": "République",
    "footer_brand_html": "République<br>française",
    "accessibility_status": "PART",
}


def site(request):
    return {"SITE_CONFIG": SITE, "DEMO": settings.DEMO}
