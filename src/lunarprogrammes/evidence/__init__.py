"""What the sources say: readings in `seeds/`, the claims in them, and the editors' decisions."""

from lunarprogrammes.evidence.claims import EXISTENCE, Claim, claim_id
from lunarprogrammes.evidence.decisions import Decision
from lunarprogrammes.evidence.witnesses import EDITORS, Witness

__all__ = ["EDITORS", "EXISTENCE", "Claim", "Decision", "Witness", "claim_id"]
