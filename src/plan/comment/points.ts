import type { Finding, FindingSubject } from '../../model/finding.ts';
import { plain } from '../../text/markdown-escape.ts';
import { type NudgeState, stateLimits } from '../marker.ts';

/** What the comment says about one finding, as it is remembered: rule, what it is about, text. */
export type Point = NudgeState['points'][number];

/** The findings that a comment speaks of; notes of severity `info` are for the report only. */
export function nudging(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity !== 'info');
}

export function pointOf(finding: Finding): Point {
  return [
    plain(finding.rule, stateLimits.text),
    plain(subjectKey(finding.subject), stateLimits.text),
    plain(finding.message, stateLimits.text),
  ];
}

function subjectKey(subject: FindingSubject): string {
  if (subject.part === 'milestone') return `milestone ${subject.label}`;
  return subject.name === undefined ? subject.part : `${subject.part} ${subject.name}`;
}

/**
 * What is to be remembered, and which of it is mended. A point that merely changed its words (a missing date is now
 * "TBD") is not mended: within one rule and subject, as many points are mended as are fewer than before.
 * Applying it to its own result changes nothing, so a second run finds the comment as it should be.
 */
export function rememberPoints(
  findings: readonly Finding[],
  before: readonly Point[],
): { points: Point[]; mended: Point[] } {
  const open = findings.map(pointOf).slice(0, stateLimits.points);
  const openKeys = new Set(open.map(keyOf));
  const known = new Set(before.map(keyOf));
  const changed = new Map<string, number>();
  for (const point of open) {
    if (known.has(keyOf(point))) continue;
    changed.set(groupOf(point), (changed.get(groupOf(point)) ?? 0) + 1);
  }
  const mended: Point[] = [];
  for (const point of before) {
    if (openKeys.has(keyOf(point))) continue;
    const replaced = changed.get(groupOf(point)) ?? 0;
    if (replaced > 0) changed.set(groupOf(point), replaced - 1);
    else mended.push(point);
  }
  const kept = mended.slice(0, stateLimits.points - open.length);
  return { points: [...open, ...kept], mended: kept };
}

function groupOf([rule, subject]: Point): string {
  return JSON.stringify([rule, subject]);
}

function keyOf(point: Point): string {
  return JSON.stringify(point);
}
