"""The software bill of materials of a wheel, as CycloneDX: what it holds and what it needs.

The wheel with its hash, the edition in it as data with its own, what is installed to run it, and
what each extra adds. Versions are those of the environment in which the release is made; ranges are
told beside them. No random serial number and no clock: the same wheel gives the same bytes.
"""

import datetime
import hashlib
import re
import uuid
from importlib import metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

from lunarprogrammes import __version__
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.manifest import Manifest

# What only people who develop the package install.
_OURS = {"test", "dev", "docs"}


def sbom_text(wheel: Path, manifest: Manifest, day: datetime.datetime) -> str:
    """Return the bill of a wheel and of the edition in it, dated to the edition's day."""
    of_wheel = hashlib.sha256(wheel.read_bytes()).hexdigest()
    ours = Component(
        name="lunarprogrammes",
        version=__version__,
        type=ComponentType.LIBRARY,
        bom_ref=f"lunarprogrammes@{__version__}",
        purl=PackageURL("pypi", None, "lunarprogrammes", __version__),
        licenses=[DisjunctiveLicense(id="MIT")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=of_wheel)],
        supplier=OrganizationalEntity(name="The lunarprogrammes maintainers", urls=[]),
    )
    edition = Component(
        name="lunarprogrammes-edition",
        version=manifest.edition,
        type=ComponentType.DATA,
        bom_ref=f"edition@{manifest.edition}",
        licenses=[DisjunctiveLicense(id="CC-BY-4.0")],
        # The hash of the whole, which is that of no file: manifest.json says how it is made.
        properties=[Property(name="lunarprogrammes:hash", value=manifest.hash)],
        description=f"The data in the wheel, as {HOME} publishes them.",
    )
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{HOME}#{of_wheel}"))
    bom.metadata.timestamp = day
    bom.metadata.component = ours
    # The library that writes the bill would name itself with the time at which it did.
    bom.metadata.tools.components.clear()
    bom.components.add(edition)
    needed = _needed()
    for component in needed.values():
        bom.components.add(component)
    bom.register_dependency(ours, [edition, *needed.values()])
    writer = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return writer.output_as_string(indent=1) + "\n"


def _needed() -> dict[str, Component]:
    """Return what is installed for the package: required by it, or optional for an extra."""
    needed: dict[str, Component] = {}
    given = [Requirement(line) for line in metadata.requires("lunarprogrammes") or ()]
    extras = {extra for one in given for extra in _extras(one)} - _OURS
    for extra in ("", *sorted(extras)):
        scope = ComponentScope.OPTIONAL if extra else ComponentScope.REQUIRED
        waiting = [one for one in given if _is_asked(one, extra)]
        while waiting:
            one = waiting.pop()
            name = re.sub("[-_.]+", "-", one.name).lower()
            if name in needed or name == "lunarprogrammes":
                continue
            try:
                version = metadata.version(name)
            except metadata.PackageNotFoundError:
                continue
            needed[name] = Component(
                name=name,
                version=version,
                type=ComponentType.LIBRARY,
                bom_ref=f"{name}@{version}",
                purl=PackageURL("pypi", None, name, version),
                scope=scope,
                properties=[Property(name="lunarprogrammes:range", value=str(one.specifier))]
                if str(one.specifier) else [],
            )  # fmt: skip
            further = (Requirement(line) for line in metadata.requires(name) or ())
            waiting += [
                more
                for more in further
                if any(_is_asked(more, asked) for asked in ("", *sorted(one.extras)))
            ]
    return dict(sorted(needed.items()))


def _extras(one: Requirement) -> list[str]:
    return re.findall(r"extra == [\"']([\w-]+)[\"']", str(one.marker or ""))


def _is_asked(one: Requirement, extra: str) -> bool:
    """Return whether a requirement holds for an extra; without one, whether it always does."""
    if bool(extra) != bool(_extras(one)):
        return False
    return one.marker is None or one.marker.evaluate({"extra": extra})
