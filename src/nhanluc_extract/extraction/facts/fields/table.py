"""All fields with their layers, from the words outwards."""

from nhanluc_extract.extraction.facts.fields import degree, group, level, owner, per, period, role, status
from nhanluc_extract.extraction.facts.fields.resolver import Layers

LAYERS: Layers = {
    "status": status.LAYERS,
    "per": per.LAYERS,
    "period": period.LAYERS,
    "where": owner.LAYERS,
    "degree": degree.LAYERS,
    "role": role.LAYERS,
    "level": level.LAYERS,
    "group": group.LAYERS,
}
