"""Payloads: one instrument or carried object."""

from typing import Annotated

from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._table import Table, record

PAYLOAD_KIND = Vocabulary(
    "payload kind",
    "What sort of thing is carried.",
    {
        "camera": "Takes pictures.",
        "spectrometer": "Measures spectra of light, particles or masses.",
        "radar": "Sounds with radio waves.",
        "radiation-detector": "Counts particles or doses.",
        "reflector": "Returns laser light.",
        "seismometer": "Measures ground motion.",
        "radio-receiver": "Observes radio waves.",
        "communications": "Passes on signals.",
        "sampler": "Takes or holds samples.",
        "biology": "Carries living things.",
        "memento": "Carries a message or a symbol.",
        "other": "Anything that the other terms do not cover.",
    },
)


@record
class Payload:
    """One instrument or carried object."""

    id: Annotated[str, kinds.identifier("Slug of the payload.", example="change-6-dorn")]
    name: Annotated[
        str | None,
        kinds.name("Usual English name.", example="Detection of Outgassing Radon"),
    ] = None
    spacecraft: Annotated[
        str | None,
        kinds.reference(
            "spacecraft", meaning="Spacecraft that carries it.", example="change-6-lander"
        ),
    ] = None
    mission: Annotated[
        str | None,
        kinds.reference("missions", meaning="Mission that carries it.", example="change-6"),
    ] = None
    provider: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that provides it.", example="cnes")
    ] = None
    country: Annotated[
        str | None, kinds.reference("actors", meaning="Country of its provider.", example="france")
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(
            PAYLOAD_KIND, "What sort of thing it is.", example="spectrometer", editorial=True
        ),
    ] = None
    objective: Annotated[
        str | None,
        kinds.prose("What it is for, in our words.", example="Measure radon from the surface."),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(name="payloads", record=Payload, order=6)
