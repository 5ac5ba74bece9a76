"""One job or decision sees one policy, whatever becomes of it meanwhile."""

from handlers.policies import InForce, Policies
from tests.fakes.desk import policy

OTHER = policy().model_copy(update={"approval_hours": 1.0})


def test_what_was_kept_still_does_not_follow() -> None:
    policies = Policies(policy())
    kept = policies.still()
    policies.now = InForce(OTHER, 1)
    assert kept.now == InForce(policy())
    assert policies.now.policy is OTHER
