import type { Finding, Waiver } from '../model/finding.ts';
import type { Policy } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';

/** Findings of rules that someone who may accepts for now carry the waiver; they count nowhere and nudge no one. */
export function withWaivers(
  findings: Finding[],
  timeline: Timeline | undefined,
  families: Policy['ruleFamilies'],
): Finding[] {
  const waivers = new Map<string, Waiver>();
  for (const { command, inForce, rule, by, until, because, noteId } of timeline?.answers ?? [])
    if (command === 'waive' && inForce && rule !== null) waivers.set(rule, { by, until, because, noteId });
  if (waivers.size === 0) return findings;
  return findings.map((finding) => {
    const waived = waivers.get(finding.rule) ?? waivers.get(families.get(finding.rule) ?? '');
    return waived === undefined ? finding : { ...finding, waived };
  });
}
