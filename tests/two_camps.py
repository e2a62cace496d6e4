"""A small world of two camps, built as an edition: accords, a station, a treaty, what was said."""

from pathlib import Path

import lunarprogrammes as lp
from small import edition_of, write_source

DEFINITIONS = "docs/definitions.md#"
KINDS = {
    "alphaland": "country",
    "betaland": "country",
    "gammaland": "country",
    "deltaland": "country",
    "zetaland": "country",
    "etaland": "country",
    "agency-of-deltaland": "agency",
    "agency-of-alphaland": "agency",
    "university-of-epsilon": "university",
}
PARTIES = [
    # Agreement, party, role, signed, ratified, in force, ordinal.
    ("artemis-accords", "alphaland", "signatory", "2020-10-13", "", "", "1"),
    ("artemis-accords", "betaland", "signatory", "2022-05", "", "", "2"),
    ("artemis-accords", "gammaland", "signatory", "2024-03-10", "", "", "3"),
    ("moon-treaty", "alphaland", "party", "1979-12-18", "1981-01-02", "1984-07-11", ""),
    ("moon-treaty", "betaland", "signatory", "1980-05-20", "", "", ""),
    ("moon-treaty", "gammaland", "outside", "", "", "", ""),
    ("moon-treaty", "etaland", "former-party", "", "2012-07-18", "2012-08-17", ""),
    ("lunar-pact", "agency-of-alphaland", "signatory", "", "", "", ""),
    ("alpha-space-act", "betaland", "addressee", "", "", "", ""),
]
PARTNERS = [
    # Partner, role, status, joined, left.
    ("gammaland", "partner", "signed", "2023-06-01", ""),
    ("agency-of-deltaland", "partner", "signed", "", ""),
    ("betaland", "partner", "agreed", "2024-02-02", ""),
    ("zetaland", "", "not-joined", "", ""),
    ("etaland", "partner", "withdrawn", "2023-06-01", "2025-02-01"),
    ("university-of-epsilon", "partner", "signed", "2024-01-01", ""),
]


def two_camps(root: Path) -> lp.Dataset:
    """Accords: alpha, beta, gamma. Station: gamma, delta's agency, perhaps beta, eta for a time."""
    write_source(
        root / "seeds",
        "journal-2024-camps",
        "Journal",
        _documents(),
        issued=(2024, 4, 30),
        tier="scholarly",
    )
    late = [{"programme": "ilrs", "partner": "etaland", "left": "2025-02-01", "locator": "p. 1"}]
    late[0]["status"] = "withdrawn"
    write_source(
        root / "seeds", "paper-2025-etaland", "Paper", {"partners": late}, issued=(2025, 3, 1)
    )
    write_source(root / "seeds", "editors", "Editors", _ordering())
    return edition_of(root)


def _documents():
    at = {"locator": "p. 1"}
    countries = {"agency-of-deltaland": "deltaland", "agency-of-alphaland": "alphaland"}
    return {
        "actors": [
            {"id": key, "name": key.replace("-", " ").title(), "country": countries.get(key, "")}
            | at
            for key in KINDS
        ],
        "programmes": [
            {"id": "ilrs", "name": "Station", "announced": "2021-06-16", **at},
            {"id": "artemis", "name": "Artemis", "announced": "2019-05", **at},
        ],
        "agreements": [
            {"id": "artemis-accords", "name": "Accords", "signed": "2020-10-13", **at},
            {"id": "ilrs-memorandum-2021", "name": "Memorandum", "signed": "2021-06-16", **at},
            {"id": "moon-treaty", "name": "Moon Treaty", "signed": "1979-12-18", **at},
            {"id": "lunar-pact", "name": "Lunar Pact", "adopted": "2022-01-05", **at},
            {
                "id": "alpha-space-act",
                "name": "Act",
                "issuer": "alphaland",
                "adopted": "2015",
                **at,
            },
        ],
        "parties": [
            {
                "agreement": agreement,
                "party": party,
                "role": role,
                "signed": signed,
                "ratified": ratified,
                "in_force": in_force,
                "ordinal": ordinal,
                **at,
            }
            for agreement, party, role, signed, ratified, in_force, ordinal in PARTIES
        ],
        "partners": [
            {"programme": "ilrs", "partner": partner, "role": role, "joined": joined, **at}
            | ({"status": status} if status != "withdrawn" else {})
            for partner, role, status, joined, left in PARTNERS
        ],
        "people": [{"id": "ann-alpha", "name": "Ann Alpha", **at}],
        "roles": [
            {
                "id": "ann-alpha-administrator",
                "person": "ann-alpha",
                "role": "Administrator",
                "actor": "agency-of-alphaland",
                **at,
            }
        ],
        "statements": [
            {"id": "a", "speaker": "ann-alpha", "date": "2023-05-01", "summary": "A.", **at},
            {"id": "b", "actor": "gammaland", "date": "2023", "summary": "B.", **at},
            {"id": "c", "actor": "gammaland", "summary": "C.", **at},
            {"id": "d", "actor": "gammaland", "date": "2022/2023", "summary": "D.", **at},
        ],
        "contributions": [
            {
                "id": "delta-dish",
                "programme": "ilrs",
                "contributor": "agency-of-deltaland",
                "status": "given",
                "summary": "A dish.",
                **at,
            }
        ],
        "missions": [
            {"id": "station-1", "name": "Station 1", "programme": "ilrs", "country": "gammaland"}
            | at
        ],
        "payloads": [
            {
                "id": "delta-lens",
                "name": "Lens",
                "mission": "station-1",
                "country": "deltaland",
                **at,
            }
        ],
    }


def _ordering():
    return {
        "actors": [
            {"id": key, "kind": kind, "locator": DEFINITIONS + "actor-kind"}
            for key, kind in KINDS.items()
        ],
        "agreements": [
            {"id": key, "kind": kind, "locator": DEFINITIONS + "agreement-kind"}
            for key, kind in (
                ("artemis-accords", "accords"),
                ("moon-treaty", "treaty"),
                ("lunar-pact", "memorandum"),
                ("ilrs-memorandum-2021", "memorandum"),
                ("alpha-space-act", "law"),
            )
        ],
        "parties": [
            {
                "agreement": agreement,
                "party": party,
                "level": "state",
                "locator": DEFINITIONS + "level",
            }
            for agreement, party, *_ in PARTIES
        ],
        "partners": [
            {
                "programme": "ilrs",
                "partner": partner,
                "level": "institution" if "university" in partner else "state",
                "locator": DEFINITIONS + "level",
            }
            for partner, *_ in PARTNERS
        ],
        "statements": [
            {"id": key, "topic": topic, "locator": DEFINITIONS + "topic"}
            for key, topic in (("a", "law"), ("b", "law"), ("c", "law"), ("d", "economy"))
        ],
        "contributions": [
            {
                "id": "delta-dish",
                "kind": "tracking",
                "locator": DEFINITIONS + "contribution-kind",
            }
        ],
    }
