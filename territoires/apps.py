from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    name = "territoires"
    verbose_name = "Territoires, carte et agents"

    def ready(self):
        from territoires import permissions  # noqa: F401  registers the rules
