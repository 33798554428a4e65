import type { Finding } from '../../model/finding.ts';
import type { CommentPolicy } from '../../model/policy.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import type { Answer } from '../../model/timeline.ts';
import { code, fenced, link, prose } from '../../text/markdown-escape.ts';
import { answerHelp, answerLines, wantsHelp } from './answers.ts';
import { beyondBlank, blankness, onePerPlace } from './blank.ts';
import { type Correctable, type Correction, correctedLines, corrections } from './corrections.ts';
import { fold } from './fold.ts';
import type { FixedPoint } from './points.ts';
import { readyLines } from './ready-lines.ts';
import { type SectionsInput, sections } from './sections.ts';
import { visibleLines } from './visible.ts';
import type { Voice } from './voice.ts';

/** How many points are spelled out before the rest is folded; fewer where they do not fit. */
const SPELLED_OUT = 6;

/** More than 25 lines no one reads on a phone; one may be added, see `withOthers`. */
const VISIBLE = 24;

/** How many fixed points are named. */
const FIXED = 6;

export interface CommentInput extends SectionsInput {
  /** Greeting as Markdown; '' when no one is addressed. */
  greeting: string;
  /** Those that nudge, in the order of the text. */
  findings: readonly Finding[];
  fixed: readonly FixedPoint[];
  /** What people told the bot, oldest first. */
  answers: readonly Answer[];
  /** What the bot itself changes now or changed before, as lines. */
  changes: readonly string[];
  template: TemplateFacts;
  policy: CommentPolicy;
  commandPrefix: string;
  /** A weekly update filled in with what is known. */
  draft?: string | undefined;
  /** Left out: no correction was tried yet. */
  correctable?: Correctable | undefined;
}

export interface RenderedComment {
  text: string;
  /** What is offered in it for milestones. */
  corrections: readonly Correction[];
}

/**
 * The comment without its marker. Foreign text enters through the functions of `markdown-escape.ts` only, and never
 * begins a line: there Markdown would take it for a list, a quote or a quick action.
 */
export function renderComment(input: CommentInput): RenderedComment {
  const { policy, voice, document, source } = input;
  const blank = blankness(document, source);
  const points = onePerPlace(beyondBlank(input.findings, blank));
  const kept = heaviest(points, policy.maxFindings);
  const hidden = points.length - kept.length;
  const first = opening(input, points, blank);
  const offered = offeredCorrections(points, input);
  const rest = [
    ...(hidden > 0 ? [voice.say('hidden', { count: hidden })] : []),
    ...fixedLine(input),
    ...(input.changes.length === 0 ? [] : [input.changes.join('\\\n')]),
    ...answerLines(input.answers, voice, input.commandPrefix),
    ...readyBlock(points, input),
    ...correctedBlock(offered, voice),
    ...offeredUpdate(input),
    fold(
      voice.say('answers-title'),
      answerHelp(points, voice, input.commandPrefix),
      wantsHelp(input.answers),
    ),
    closing(policy, voice),
  ];
  const room = VISIBLE - linesOf([first, ...rest]);
  const text = [first, ...spelledOut(kept, input, room), ...rest].join('\n\n');
  return { text, corrections: offered };
}

/** The points, as many of them spelled out as there is room for, the others folded; one is always spelled out. */
function spelledOut(points: readonly Finding[], input: CommentInput, room: number): string[] {
  for (let count = Math.min(SPELLED_OUT, points.length); ; count -= 1) {
    const shown = heaviest(points, count);
    const folded = points.length - shown.length;
    const blocks = sections(shown, input);
    if (count > 1 && linesOf(blocks) + Math.sign(folded) > room) continue;
    if (folded === 0) return blocks;
    const others = points.filter((finding) => !shown.includes(finding));
    return [...blocks, fold(input.voice.count('folded', folded), sections(others, input))];
  }
}

const linesOf = (blocks: readonly string[]): number =>
  blocks.reduce((sum, block) => sum + visibleLines(block), 0);

/**
 * What remains of the comment when nothing is left to do. It names no one who is responsible, so that it stays as it
 * is when people come and go.
 */
export function renderDone(
  input: Pick<CommentInput, 'answers' | 'changes' | 'voice' | 'commandPrefix'> & {
    accepted: boolean;
    /** No one was asked for anything here, so no one is thanked. */
    unasked: boolean;
  },
): string {
  const { voice, answers, changes, commandPrefix, accepted, unasked } = input;
  const help = wantsHelp(answers);
  return [
    voice.say(accepted ? 'all-accepted' : unasked ? 'done-unasked' : 'done'),
    ...(changes.length === 0 ? [] : [changes.join('\\\n')]),
    ...answerLines(answers, voice, commandPrefix),
    ...(help ? [fold(voice.say('answers-title'), answerHelp([], voice, commandPrefix), true)] : []),
  ].join('\n\n');
}

/** Errors before warnings when not all fit; shown in the order of the text. */
function heaviest(findings: readonly Finding[], max: number): Finding[] {
  if (findings.length <= max) return [...findings];
  const byWeight = [
    ...findings.filter((finding) => finding.severity === 'error'),
    ...findings.filter((finding) => finding.severity !== 'error'),
  ];
  const first = new Set(byWeight.slice(0, Math.max(1, max)));
  return findings.filter((finding) => first.has(finding));
}

function opening(
  { greeting, template, voice }: CommentInput,
  findings: readonly Finding[],
  blank: ReturnType<typeof blankness>,
): string {
  const noun = template.nouns.one;
  const hello = greeting === '' ? voice.say('hello-all') : voice.say('hello', { people: greeting });
  const points = pointsInWords(findings, voice);
  if (blank === null) return voice.say('opening', { hello, noun, points });
  const besides = findings.length === 0 ? '' : ` ${voice.say('besides', { points })}`;
  return `${voice.say(blank, { hello })}${besides}`;
}

function pointsInWords(findings: readonly Finding[], voice: Voice): string {
  const needed = findings.filter((finding) => finding.severity === 'error').length;
  const advised = findings.length - needed;
  if (needed === 0) return voice.count('look', advised);
  const open = voice.count('open', needed);
  return advised === 0
    ? open
    : voice.say('open-and-recommended', { open, recommended: voice.count('recommended', advised) });
}

/** What was fixed since the comment was written, by what it was about. */
function fixedLine({ fixed, voice, template }: CommentInput): string[] {
  if (fixed.length === 0) return [];
  const nameOf = (field: string): string => {
    const own = `field-${field}`;
    const ours = [
      'field-title',
      'field-issue-due-date',
      'field-assignees',
      'field-state',
      'field-text',
    ] as const;
    const id = ours.find((each) => each === own);
    return id === undefined ? prose(template.nameOf(field), 60) : voice.say(id);
  };
  const named = fixed.flatMap(({ milestone, fields }) => {
    const field = fields[0] === undefined ? '' : nameOf(fields[0]);
    if (milestone === null) return field === '' ? [] : [field];
    const label = prose(milestone.label ?? '', 60) || voice.say('milestone', { number: milestone.index + 1 });
    return [field === '' ? label : `${label} (${field})`];
  });
  const once = [...new Set(named)].slice(0, FIXED);
  const others = fixed.length - named.length + Math.max(0, new Set(named).size - once.length);
  const points = [...once, ...(others > 0 ? [voice.count('fixed-other', others)] : [])];
  return [voice.say('fixed', { points: voice.list(points) })];
}

function offeredCorrections(
  findings: readonly Finding[],
  { document, template, policy, source, correctable }: CommentInput,
): Correction[] {
  if (!policy.corrections) return [];
  const ofText = findings.filter(({ noteId }) => noteId === undefined);
  return corrections(document, ofText, template, source, correctable);
}

function correctedBlock(offered: readonly Correction[], voice: Voice): string[] {
  return offered.length === 0 ? [] : [fold(voice.say('corrected-lines'), [fenced(correctedLines(offered))])];
}

/** In an item, so that each line begins with its slash when it is copied, and none does here. */
function readyBlock(findings: readonly Finding[], { policy, voice }: CommentInput): string[] {
  const ready = policy.corrections ? readyLines(findings) : [];
  return ready.length === 0 ? [] : [voice.say('ready-lines'), `- ${fenced(ready, '  ').trimStart()}`];
}

/** In a fence nothing of it is live; pasted into a comment it becomes the writer's own. */
function offeredUpdate({ draft, voice, document }: CommentInput): string[] {
  if (draft === undefined) return [];
  const title = document.kind === 'okr' ? voice.say('check-in-draft') : voice.say('update-draft');
  return [fold(title, [fenced(draft.split('\n'))])];
}

function closing(policy: CommentPolicy, voice: Voice): string {
  const { signature, handbookUrl, ask = null, aboutUrl = null, schedule = null } = policy;
  const when = schedule === null ? voice.say('schedule') : prose(schedule, 60);
  const whom = ask === null ? '' : asked(ask, voice);
  const pages = [
    handbookUrl === null ? '' : link(voice.say('handbook'), handbookUrl),
    aboutUrl === null ? '' : link(voice.say('about'), aboutUrl),
  ].filter((page) => page !== '');
  return [
    voice.say('closing', { signature: prose(signature, 60) || 'bot', schedule: when }),
    ...(whom === '' ? [] : [voice.say('ask', { whom })]),
    ...(pages.length === 0 ? [] : [pages.join(' · ')]),
  ].join(' ');
}

/** A page as a link, a user name as code, words as words. */
function asked(ask: string, voice: Voice): string {
  if (/^https?:/i.test(ask)) return link(voice.say('ask-page'), ask);
  return /^@?[\w.-]+$/.test(ask) ? code(ask.replace(/^@/, ''), 80) : prose(ask, 100);
}
