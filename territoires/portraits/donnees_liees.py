"""What a search engine reads of a territoire: schema.org AdministrativeArea, as JSON-LD."""


def territoire(territoire, request):
    return {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": territoire.nom,
        "url": request.build_absolute_uri(territoire.get_absolute_url()),
        "containedInPlace": [
            {
                "@type": "AdministrativeArea",
                "name": region.nom,
                "url": request.build_absolute_uri(region.get_absolute_url()),
            }
            for region in territoire.regions
        ],
    }
