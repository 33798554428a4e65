import { digestEnd, digestMark } from '../model/digest-mark.ts';
import { mainKind } from '../model/document.ts';
import { addTo } from '../model/groups.ts';
import type { Report } from '../records/read-report.ts';
import { asSentence, named } from '../text/markdown-escape.ts';
import { siteData } from './data/site-data.ts';
import type { Board, Change, Kr, Milestone, SiteData } from './data/types.ts';
import { secretsOf } from './leaks.ts';
import { count, longTime, quarterTitle, shortDay } from './view/format.ts';
import { standingShapes, standingWords } from './view/parts.tsx';

/** Bounds of what is spelled out; the rest is counted. */
const maxChanges = 30;
const maxPeople = 60;
const maxLines = 10;
const maxLists = 5;

export interface DigestOptions {
  /** Id of the policy: two policies keep digests of their own. */
  policy: string;
  /** The label of KRs with findings; null: none. */
  needsAttention: string | null;
  /** The labels that make an issue a KR. */
  labels: readonly string[];
}

/** The digest of the current quarter: one issue, edited in place. */
export interface Digest {
  title: string;
  /** Between its markers, for `digestEdit`. */
  section: string;
  /** Three lines for those who subscribe. */
  comment: string;
}

/**
 * What a team reads once a week. An edit of a description must mail no one and link nothing: names and references are
 * code, and of confidential KRs there is a number only.
 */
export function renderDigest(report: Report, options: DigestOptions): Digest {
  const secrets = secretsOf(report);
  const data = siteData(report);
  const board = data.quarters.find(({ name }) => name === data.current);
  if (board === undefined) throw new Error('no current quarter');
  const lines = [
    // The day alone: a second run of a day in which nothing changed writes nothing.
    `**${quarterTitle(board.name)}** · data of ${shortDay(data.today)}`,
    '',
    headline(board),
    ...section(
      'Incomplete',
      data.missing.map((what) => `- ${asSentence(what)}`),
    ),
    ...section('Since last week', changeLines(board.changes)),
    ...section('Who has what', personLines(board, data.today)),
    ...section('Needs attention now (each reader sees what they may see)', attentionList(report, options)),
    ...section(
      'Confidential Key Results (for those who may see them)',
      board.confidential === 0 ? [] : confidentialList(report, options),
    ),
  ];
  const text = lines.map((line) => secrets.mask(line)).join('\n');
  return {
    title: `Key Results, ${quarterTitle(board.name)}: digest`,
    section: `${digestMark(options.policy, board.name)}\n${text}\n${digestEnd}`,
    comment: secrets.mask(commentOf(data, board)),
  };
}

/**
 * The description with the section in it. What people wrote before and after it is kept byte for byte; without markers
 * the section comes after their text. Where the end is missing nothing of theirs is taken for ours.
 * @returns null when nothing would change
 */
export function digestEdit(description: string, section: string): string | null {
  const begin = /^<!-- kr-hygiene 1 digest [^\n]*-->/.exec(section)?.[0] ?? '';
  const from = begin === '' ? -1 : description.indexOf(begin);
  if (from < 0) {
    const gap =
      description === '' || description.endsWith('\n\n') ? '' : description.endsWith('\n') ? '\n' : '\n\n';
    return `${description}${gap}${section}\n`;
  }
  const to = description.indexOf(digestEnd, from);
  const next = description.indexOf(begin, from + begin.length);
  const isWhole = to >= 0 && (next < 0 || next > to);
  const after = isWhole ? to + digestEnd.length : from + begin.length;
  const edited = description.slice(0, from) + section + description.slice(after);
  return edited === description ? null : edited;
}

function headline(board: Board): string {
  const words = (['off-track', 'at-risk', 'on-track', 'silent', 'closed'] as const)
    .filter((standing) => board.counts[standing] > 0)
    .map((standing) => `${standingShapes[standing]} ${board.counts[standing]} ${standingWords[standing]}`);
  if (board.confidential > 0) words.push(`${board.confidential} confidential`);
  return words.length === 0 ? 'No Key Results yet.' : words.join(' · ');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `**${title}**`, '', ...lines];
}

function changeLines(changes: readonly Change[]): string[] {
  if (changes.length === 0) return ['Nothing changed.'];
  const lines = changes
    .slice(0, maxChanges)
    .map(
      ({ what, name, text, on }) =>
        `- ${changeWords[what]}: ${named(name)}, ${named(text)}, ${shortDay(on, on)}`,
    );
  const more = changes.length - maxChanges;
  return more > 0 ? [...lines, `- and ${more} more`] : lines;
}

const changeWords: Record<Change['what'], string> = {
  status: 'Status changed',
  date: 'Date moved',
  'milestone-done': 'Milestone done',
  'milestone-reopened': 'Milestone reopened',
  silent: 'Gone silent',
  new: 'New',
  closed: 'Closed',
  reopened: 'Reopened',
  people: 'People changed',
};

/** For each person what is open: overdue first, ten lines at most. */
function personLines(board: Board, today: string): string[] {
  const people = new Map<string, { on: string; line: string }[]>();
  const add = (name: string, on: string, line: string): void => {
    addTo(people, name, { on, line });
  };
  for (const { krs } of board.objectives) {
    for (const kr of krs) {
      if (kr.state === 'closed') continue;
      if (kr.standing === 'silent') for (const name of kr.assignees) add(name, '0', silentLine(kr));
      for (const milestone of kr.milestones) {
        if (milestone.state !== 'open') continue;
        for (const name of milestone.dris)
          add(name, milestone.dueDate ?? '9', milestoneLine(kr, milestone, today));
      }
    }
  }
  const all = [...people].sort(([a], [b]) => (a < b ? -1 : 1));
  const shown = all.slice(0, maxPeople).flatMap(([name, entries]) => {
    const sorted = entries
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .map(({ line }) => line);
    const more = sorted.length - maxLines;
    const kept = more > 0 ? [...sorted.slice(0, maxLines - 1), `  - and ${more + 1} more`] : sorted;
    return [`- ${named(name)}`, ...kept];
  });
  return all.length > maxPeople
    ? [...shown, `- and ${count(all.length - maxPeople, 'more person', 'more people')}`]
    : shown;
}

function silentLine(kr: Kr): string {
  const since =
    kr.claim?.week == null ? 'never reported' : `not reported since the week of ${shortDay(kr.claim.week)}`;
  return `  - ${since}: ${named(kr.name)} (${named(kr.ref)})`;
}

function milestoneLine(kr: Kr, { dueDate, overdue, description, label }: Milestone, today: string): string {
  const when =
    dueDate === null ? 'no date' : `${overdue ? 'overdue since' : 'due'} ${shortDay(dueDate, today)}`;
  return `  - ${when}: ${named(description || label || 'milestone')} (${named(kr.ref)})`;
}

/** Live lists in GitLab's own query language: every reader sees the issues that they may see, confidential ones too. */
function attentionList(report: Report, { needsAttention }: DigestOptions): string[] {
  if (needsAttention === null || !isPlainLabel(needsAttention)) return [];
  return liveLists(report, `label = "${needsAttention}" and state = opened`);
}

function confidentialList(report: Report, { labels }: DigestOptions): string[] {
  if (!labels.every(isPlainLabel)) return [];
  const wanted = labels.map((label) => ` and label = "${label}"`).join('');
  return liveLists(report, `confidential = true${wanted} and state = opened`);
}

function isPlainLabel(label: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} :_/.-]*$/u.test(label);
}

/** A query looks at one project or group: that which holds all KRs that everyone may see, else some of these. */
function liveLists(report: Report, query: string): string[] {
  const paths = new Set(
    report.subjects
      .filter(({ kind, confidential }) => kind === mainKind && !confidential)
      .map(({ ref }) => ref.replace(/#\d+$/, ''))
      .filter((path) => /^[\w.-]+(?:\/[\w.-]+)+$/.test(path)),
  );
  const group = commonGroup([...paths]);
  const [only] = paths;
  const scopes =
    paths.size === 1
      ? [`project = "${only}"`]
      : group !== ''
        ? [`group = "${group}"`]
        : [...paths]
            .sort()
            .slice(0, maxLists)
            .map((path) => `project = "${path}"`);
  return (scopes.length === 0 ? [''] : scopes.map((scope) => `${scope} and `)).flatMap((scope, index) => [
    ...(index === 0 ? [] : ['']),
    '```glql',
    'display: table',
    'fields: title, assignees, due, labels',
    `query: type = Issue and ${scope}${query}`,
    '```',
  ]);
}

function commonGroup(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => path.split('/').slice(0, -1));
  const shared = first.findIndex((part, index) => rest.some((other) => other[index] !== part));
  return first.slice(0, shared < 0 ? first.length : shared).join('/');
}

function commentOf(data: SiteData, board: Board): string {
  const overdue = board.objectives
    .flatMap(({ krs }) => krs)
    .flatMap(({ milestones }) => milestones)
    .filter((milestone) => milestone.overdue).length;
  return [
    `${quarterTitle(board.name)}: ${headline(board)}`,
    `Since last week: ${board.changes.length === 0 ? 'nothing changed' : count(board.changes.length, 'change')}; ${count(overdue, 'milestone')} overdue.`,
    `Data of ${longTime(data.generatedAt)}.${data.missing.length === 0 ? '' : ' Incomplete: not everything could be read.'}`,
  ].join('\\\n');
}
