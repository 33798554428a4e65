import { type KrHygieneDocument, milestonesOf } from '../../model/document.ts';
import { type FieldId, type Finding, findingKey } from '../../model/finding.ts';
import { plain } from '../../text/markdown-escape.ts';
import { stateLimits } from '../limits.ts';
import { onePerPlace } from './blank.ts';

/** A rule as far as the comment needs to know it. */
export interface KnownRule {
  id: string;
  fields?: readonly FieldId[];
}

/** The findings that a comment speaks of; those of severity `info`, and waived ones, are for the report only. */
export function nudging(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity, waived }) => severity !== 'info' && waived === undefined);
}

/** Those that a comment or a reminder names: what is said of a place is said once. */
export function named(findings: readonly Finding[]): Finding[] {
  return onePerPlace(nudging(findings), findings);
}

/** What is kept of a point: its key, never its words. */
export function pointOf(finding: Finding): string {
  return plain(findingKey(finding), stateLimits.text);
}

interface Point {
  key: string;
  rule: string;
  about: string;
}

/** The id of the rule that a kept point belongs to. */
export const ruleOfPoint = (key: string): string => {
  const end = key.indexOf('/');
  return end === -1 ? key : key.slice(0, end);
};

function parsed(key: string): Point {
  return { key, rule: ruleOfPoint(key), about: key.slice(key.lastIndexOf('/') + 1) };
}

/**
 * What is to be remembered, and which of it is fixed. A point that merely changed its message (a missing date is now
 * "TBD") is not fixed; and of a rule not more points are fixed than it has fewer, since milestones change their
 * numbers when one is added or taken out. Applying it to its own result changes nothing, so a second run finds the
 * comment as it should be.
 * @param unsaid findings that are there and not named: waived, or said already; they are not fixed
 * @param evaluated ids of rules; a point of any other is forgotten, not called fixed. Left out: all
 */
export function rememberPoints(
  findings: readonly Finding[],
  before: readonly string[],
  unsaid: readonly Finding[],
  evaluated?: readonly string[],
): { points: string[]; fixed: string[] } {
  const open = [...new Set(findings.map(pointOf))].slice(0, stateLimits.points);
  if (before.length === 0) return { points: open, fixed: [] };
  const isKnown = (rule: string): boolean => evaluated?.includes(rule) ?? true;
  const openPoints = distinct(open.map(parsed));
  const openAbouts = new Set(openPoints.map(aboutOf));
  const isThere = new Set(unsaid.map(pointOf).map(parsed).map(aboutOf));
  const earlier = distinct(
    before.map(parsed).filter((point) => isKnown(point.rule) && !isThere.has(aboutOf(point))),
  );
  const stillOpen = (rule: string): number => openPoints.filter((point) => point.rule === rule).length;
  const fixed: Point[] = [];
  for (const rule of new Set(earlier.map((point) => point.rule))) {
    const ofRule = earlier.filter((point) => point.rule === rule);
    const gone = ofRule.filter((point) => !openAbouts.has(aboutOf(point)));
    if (gone.length === 0) continue;
    const fewer = Math.max(0, ofRule.length - stillOpen(rule));
    fixed.push(...gone.slice(Math.max(0, gone.length - fewer)));
  }
  // In the order in which they were remembered, so that a second time changes nothing.
  const inOrder = earlier.filter((point) => fixed.includes(point));
  const kept = inOrder.map(({ key }) => key).slice(0, stateLimits.points - open.length);
  return { points: [...open, ...kept], fixed: kept };
}

const aboutOf = ({ rule, about }: Point): string => `${rule}/${about}`;

/** One point of each rule about one thing. */
function distinct(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [aboutOf(point), point])).values()];
}

/** What a fixed point was about, as far as that is known today. */
export interface FixedPoint {
  /** Null: not a milestone, or one that is not there any more. */
  milestone: { index: number; label: string | null } | null;
  fields: readonly FieldId[];
}

/** Each fixed point by what it was about, named after the document as it is now. */
export function fixedPoints(
  keys: readonly string[],
  rules: readonly KnownRule[],
  document: KrHygieneDocument,
): FixedPoint[] {
  const fieldsOf = (rule: string): readonly FieldId[] => rules.find(({ id }) => id === rule)?.fields ?? [];
  return keys.map(parsed).map(({ rule, about }) => {
    const number = /^milestone-(\d{1,3})$/.exec(about)?.[1];
    const index = number === undefined ? -1 : Number(number) - 1;
    const milestone = milestonesOf(document)[index];
    return {
      milestone: milestone === undefined ? null : { index, label: milestone.label },
      fields: number !== undefined && milestone === undefined ? [] : fieldsOf(rule),
    };
  });
}
