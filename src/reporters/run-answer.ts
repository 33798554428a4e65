import type { RunSummary } from '../model/report.ts';
import { counted } from '../text/words.ts';
import type { Tally } from './run-rows.ts';
import { type Look, type Paint, wordsOf, wrap } from './terminal.ts';

/** The answer of a run: how many KRs are how, whom it reaches, what is found most. */
export function answer(tally: Tally, summary: RunSummary, look: Look, paint: Paint): string[] {
  const paragraph = (text: string, how: (text: string) => string = String): string[] =>
    wrap(wordsOf(text, how), look.columns);
  const unread = unreadWords(summary);
  if (summary.totals.subjects === 0)
    return [
      ...(unread === ''
        ? paragraph(noneSelected, (text) => paint.bold(paint.yellow(text)))
        : paragraph(`No KR could be read: ${unread}.`, (text) => paint.bold(paint.red(text)))),
      ...paragraph(requestsOf(summary), paint.dim),
      '',
    ];
  return [
    ...paragraph(`${countsOf(summary)}${pointsOf(tally)}`, paint.bold),
    ...(unread === '' ? [] : paragraph(`Not everything could be read: ${unread}.`, paint.red)),
    ...paragraph(effectOf(tally, summary)),
    ...paragraph(mostOften(tally)),
    ...paragraph(requestsOf(summary), paint.dim),
    '',
  ];
}

export const noneSelected = 'No KR was selected, so nothing was checked: see `kr-hygiene doctor`.';

/** What a run knows nothing about; '' when it has read everything. */
export function unreadWords({ failures, totals, incomplete = [] }: RunSummary): string {
  const broken = failures.length + incomplete.length;
  const sources = broken === 0 ? [] : [counted(broken, 'failure')];
  const subjects = totals.errors === 0 ? [] : [`${counted(totals.errors, 'KR')} in error`];
  const words = [...sources, ...subjects].join(', ');
  return words === '' ? '' : `${words}, see below`;
}

export function countsOf({ totals }: RunSummary): string {
  const open = totals.subjects - totals.closed;
  const parts = [
    `${totals.clean} in order`,
    `${totals.findings} with open points`,
    ...(totals.skipped > 0 ? [`${totals.skipped} skipped`] : []),
    ...(totals.errors > 0 ? [`${totals.errors} in error`] : []),
    ...(totals.closed > 0 ? [`${totals.closed} closed`] : []),
  ];
  return `${open === 1 ? 'One KR' : `${open} KRs`}: ${parts.join(', ')}.`;
}

function pointsOf({ severities }: Tally): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    severities[severity] === 0 ? [] : [`${severities[severity]} ${plural(severity, severities[severity])}`],
  );
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}

const plural = (word: string, count: number): string => (word === 'info' || count === 1 ? word : `${word}s`);

/** Whom it reaches: a comment mails those it mentions. */
function effectOf(tally: Tally, summary: RunSummary): string {
  const { mode, pings = [], digest } = summary;
  const ofDigest = digest?.actions.filter(({ type }) => type === 'create-note').length ?? 0;
  const { comments, labels, waiting } = tally;
  const posted = pings.filter(({ outcome }) => outcome === 'applied' || outcome === 'planned');
  const reminders = Math.max(0, posted.length - ofDigest);
  const mailed = new Map(tally.mailed);
  for (const name of posted.flatMap(({ whom }) => whom)) mailed.set(name, (mailed.get(name) ?? 0) + 1);
  const changes = [
    ...(comments > 0 ? [counted(comments, 'new comment')] : []),
    ...(labels > 0 ? [`labels on ${counted(labels, 'KR')}`] : []),
    ...(reminders > 0 ? [counted(reminders, 'reminder')] : []),
  ];
  const mails = [...mailed.values()].reduce((sum, count) => sum + count, 0);
  const [most] = [...mailed].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const who =
    most === undefined
      ? ''
      : ` ${counted(mailed.size, 'person gets', 'people get')} about ${counted(mails, 'mail')}, most: @${most[0]} ${most[1]}.`;
  const waits =
    waiting === 0 ? '' : ` ${counted(waiting, 'comment waits', 'comments wait')} for a later run.`;
  if (changes.length === 0) {
    const nothing = mode === 'apply' ? 'nothing was to be changed' : 'nothing is to be changed';
    return unreadWords(summary) === ''
      ? `N${nothing.slice(1)}.${waits}`
      : `On what was read ${nothing}.${waits}`;
  }
  return `${mode === 'apply' ? 'Written' : 'It would write'}: ${changes.join(', ')}.${who}${waits}`;
}

function mostOften({ rules }: Tally): string {
  const top = [...rules].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 5);
  return top.length === 0 ? '' : `Most often: ${top.map((each) => each.join(' ')).join(', ')}.`;
}

export function requestsOf({ requests }: RunSummary): string {
  const waits = requests.retried + requests.throttled;
  const retries = waits === 0 ? '' : ` (${requests.retried} repeated, ${requests.throttled} held back)`;
  return `Requests: ${requests.total}${retries}.`;
}
