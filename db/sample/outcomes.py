"""What was found, and what the employer did, in the allegations concluded in a year."""

from collections.abc import Mapping, Sequence

from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.shape import Counts, OutcomeRule
from db.vocabulary import EmploymentResult, Finding

_SEVERE = ("dismissed", "deregistered", "resigned", "ceased_use")
_SECTOR_GROUPS = {"own_social_workers": "wider", "police_officers": "wider"}
_FILL: Mapping[Finding, Mapping[str, float]] = {
    Finding.SUBSTANTIATED: {"disciplinary": 4, "redeployed": 2, "no_action": 1},
    Finding.UNSUBSTANTIATED: {
        "management_action": 44, "no_action": 34, "disciplinary": 4, "resigned": 3, "redeployed": 3,
        "ceased_use": 5, "retired": 2, "settlement": 1, "not_known": 4,
    },
    Finding.UNFOUNDED: {"no_action": 70, "management_action": 18, "ceased_use": 3, "not_known": 4, "retired": 1},
    Finding.FALSE: {"no_action": 90, "management_action": 6, "not_known": 4},
    Finding.MALICIOUS: {"no_action": 1},
}  # fmt: skip


def conclude(cases: Sequence[PlannedCase], rules: Sequence[OutcomeRule], findings: Counts, chance: Chance) -> None:
    """Give each concluded allegation its finding and employment result, so that the year's counts are met.

    Raises:
        ValueError: a group has fewer concluded allegations than its rule gives results.
    """
    left = dict(findings)
    for rule in rules:
        group = chance.shuffled([c for c in cases if _rule_group(c) == rule.group])
        _give(group, rule, left, chance)
    rest = chance.shuffled([c for c in cases if c.finding is None])
    words = [finding for finding, count in left.items() for _ in range(count)]
    fixed = {rule.group: rule.fixed for rule in rules}
    for case, finding in zip(rest, words, strict=True):
        case.finding = Finding(finding)
        case.employment = _filled(case, fixed.get(_rule_group(case), ()), chance)


def conclude_before(cases: Sequence[PlannedCase], findings: Counts, chance: Chance) -> None:
    """Findings for allegations concluded before the first whole year, which no figure counts."""
    for case in cases:
        case.finding = Finding(chance.among(findings))
        case.employment = _filled(case, (), chance)


def _rule_group(case: PlannedCase) -> str:
    return _SECTOR_GROUPS.get(case.group, case.group)


def _give(group: list[PlannedCase], rule: OutcomeRule, left: dict[str, int], chance: Chance) -> None:
    due = dict(rule.dbs)
    for finding, results in rule.results.items():
        for result in sorted(results, key=lambda code: code not in _SEVERE):
            for case in chance.sample_by(group, results[result], lambda c, r=result: _fits(c, r)):  # type: ignore[misc]
                case.finding, case.employment = Finding(finding), EmploymentResult(result)
                case.dbs_made = due.get(result, 0) > 0
                due[result] = due.get(result, 0) - 1
                left[finding] -= 1
                group.remove(case)


def _fits(case: PlannedCase, result: str) -> float:
    """Employers dismiss after an investigation, and rarely within the first month."""
    days = ((case.closed or case.received) - case.received).days
    return 1.0 + days / 20 if result in _SEVERE else 1.0


def _filled(case: PlannedCase, fixed: Sequence[str], chance: Chance) -> EmploymentResult:
    finding = case.finding or Finding.UNSUBSTANTIATED
    able = {result: weight for result, weight in _FILL[finding].items() if result not in fixed}
    return EmploymentResult(chance.among(able))
