from .annonces import Annonce
from .assemblees import Assemblee, Document, Intervenant, Intervention, Sequence

__all__ = ["Annonce", "Assemblee", "Document", "Intervenant", "Intervention", "Sequence"]
