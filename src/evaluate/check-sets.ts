import type { SetFinding } from '../model/finding.ts';
import type { KrKeys, Policy } from '../model/rule.ts';

/** What the set rules say of all KRs together; `keys` in the order in which the KRs were read. */
export function checkSets(policy: Pick<Policy, 'setRules'>, keys: readonly KrKeys[]): SetFinding[] {
  return policy.setRules.flatMap((rule) =>
    [...rule.check(keys)].map((found) => ({ rule: rule.id, severity: rule.severity, ...found })),
  );
}
