from .assemblees import Assemblee, Document, Intervenant, Intervention, Sequence

__all__ = ["Assemblee", "Document", "Intervenant", "Intervention", "Sequence"]
