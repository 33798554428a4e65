import { stringify } from 'yaml';
import { mainKind } from '../model/document.ts';
import { renderCommentForTerminal } from '../reporters/comment-terminal.ts';
import {
  hanging,
  type Look,
  leftOut,
  MOST_FINDINGS,
  oneLine,
  type Paint,
  painter,
  shortLine,
  wordsOf,
  wrap,
} from '../reporters/terminal.ts';
import { visible } from '../text/visible.ts';
import { counted, enumerate } from '../text/words.ts';
import type { Explanation, RuleOutcome } from '../usecases/explain/explain-issue.ts';

/** The explanation for a person: the verdict first, then how it came about, from "is this a KR?" to the comment. */
export function renderExplanation(explanation: Explanation, look: Look): string {
  const paint = painter(look.color);
  const title = (text: string) => `\n${paint.bold(text)}\n`;
  return [
    `${paint.bold(oneLine(explanation.ref))} ${oneLine(explanation.title)}\n`,
    verdictText(explanation, look, paint),
    selectionText(explanation, paint, title),
    `${title('What is read')}${readText(explanation)}`,
    `${title('The rules')}${explanation.rules.map((rule) => ruleText(rule, paint)).join('')}`,
    `${title('What would be done')}${actionText(explanation)}`,
    explanation.comment === null ? '' : commentText(explanation, look),
  ].join('');
}

/** What is wrong and what a run would do, in two sentences. */
function verdictText({ rules, selection, actions, kind }: Explanation, look: Look, paint: Paint): string {
  const found = rules.filter(({ outcome }) => outcome === 'findings');
  const open = found.flatMap(({ findings }) => findings);
  const skipped = rules.filter(({ outcome }) => outcome === 'skipped').length;
  const unknown = skipped === 0 ? '' : ` ${counted(skipped, 'rule')} could not be evaluated here.`;
  const points = ['error', 'warning', 'info'].flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [severity === 'info' ? counted(count, 'remark') : counted(count, severity)];
  });
  const verdict =
    selection?.selected === false
      ? 'The policy does not take it for a KR: a run leaves it alone.'
      : points.length === 0
        ? `Nothing is found.${unknown}`
        : `${enumerate(points)}: ${enumerate(found.map(({ rule }) => rule))}.${unknown}`;
  const isKr = kind === mainKind && selection?.selected !== false;
  const done =
    isKr && actions.length > 0 ? ` A run would ${enumerate(actions.map(({ detail }) => detail))}.` : '';
  const isGood = points.length === 0 && selection?.selected !== false;
  const sign = isGood ? paint.green('✔') : paint.red('✖');
  const lines = wrap(wordsOf(oneLine(`${verdict}${done}`)), Math.max(20, look.columns - 2));
  return hanging(`${sign} `, lines, 2)
    .map((line) => `${line}\n`)
    .join('');
}

function selectionText({ selection }: Explanation, paint: Paint, title: (text: string) => string): string {
  if (selection === null) return '';
  const lines = selection.conditions.map(({ condition, problem }) =>
    problem === null
      ? `  ${paint.green('✔')} ${oneLine(condition)}`
      : `  ${paint.red('✖')} ${oneLine(condition)}: ${oneLine(problem)}`,
  );
  const verdict = selection.selected
    ? 'The policy takes it for a KR'
    : 'The policy does not take it for a KR, so a run leaves it alone';
  return `${title(verdict)}${lines.join('\n')}\n`;
}

/** A text may be a million characters long; `--format json` shows all that was read in it. */
const mostLines = 400;
const mostWidth = 2_000;

/** The document as YAML, without the places, which only `--format json` shows; nothing in it steers a terminal. */
function readText({ document }: Explanation): string {
  const plain: unknown = JSON.parse(
    JSON.stringify(document, (_key, value: unknown) => (isPlace(value) ? undefined : value)),
  );
  const lines = stringify(plain, { lineWidth: 0 }).trimEnd().split('\n');
  const more = leftOut(lines.length, mostLines, 'line', 'lines');
  return [
    ...lines
      .slice(0, mostLines)
      .map((line) => (line.length > mostWidth ? `${line.slice(0, mostWidth)}…` : line)),
    ...(more === null ? [] : [more]),
  ]
    .map((line) => `  ${line.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '·')}\n`)
    .join('');
}

function isPlace(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'start' in value && 'end' in value;
}

function ruleText(
  { rule, severity, decidedAt, options, outcome, reason, findings }: RuleOutcome,
  paint: Paint,
): string {
  const marks: Record<RuleOutcome['outcome'], string> = {
    clean: paint.green('✔'),
    findings: paint.red('✖'),
    exempt: paint.dim('-'),
    skipped: paint.yellow('?'),
    off: paint.dim('-'),
    'not-asked': paint.yellow('-'),
  };
  const where = decidedAt === null ? 'no file mentions it' : `${visible(decidedAt.file)}:${decidedAt.line}`;
  const choices = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const more = leftOut(findings.length, MOST_FINDINGS, 'finding', 'findings');
  const details = [
    ...(choices.length > 0 && outcome !== 'off' ? [paint.dim(visible(choices.join(', ')))] : []),
    ...(reason === null ? [] : [`${outcome.replace('-', ' ')}: ${oneLine(reason)}`]),
    ...findings
      .slice(0, MOST_FINDINGS)
      .flatMap(({ message, hint, place }) => [
        `${place === null ? '' : `line ${place.start.line}: `}${shortLine(message)}`,
        ...(hint === null ? [] : [`  → ${shortLine(hint)}`]),
      ]),
    ...(more === null ? [] : [more]),
  ];
  return `  ${marks[outcome]} ${rule} ${paint.dim(`${severity}, ${where}`)}\n${details.map((line) => `      ${line}\n`).join('')}`;
}

function actionText(explanation: Explanation): string {
  const { actions, restraint, selection } = explanation;
  if (selection !== null && !selection.selected)
    return '  nothing: it is not a KR; below is what would be done if it were\n';
  const lines = actions.map((action) => `  ${action.type}: ${oneLine(action.detail)}\n`);
  if (lines.length === 0) return `  nothing: ${oneLine(restraint ?? whyNothing(explanation))}\n`;
  if (restraint !== null) lines.push(`  ${oneLine(restraint)}\n`);
  return lines.join('');
}

function whyNothing({ rules }: Explanation): string {
  const found = rules.filter((rule) => rule.outcome === 'findings');
  if (found.length === 0) return 'everything is as it should be';
  return found.every((rule) => rule.severity === 'info')
    ? 'what is found is of severity "info", which is not put into a comment'
    : 'our comment and the labels say already what is found';
}

function commentText(explanation: Explanation, look: Look): string {
  const actions = explanation.actions.map(({ type, detail }) => ({
    type,
    outcome: 'planned' as const,
    detail,
  }));
  const subject = { ...explanation, actions, confidential: false, status: 'findings' as const, error: null };
  return renderCommentForTerminal(subject, look);
}
