import { atTheEnd, defineReporter } from '../reporter.ts';
import { createRows } from '../run-rows.ts';
import { runText } from '../text.ts';

/**
 * How many characters are printed of all issues: GitLab cuts a job's log off at 4 MiB, and the totals must be in it.
 */
const MOST_TEXT = 1_000_000;

/** For the job log and the terminal: the answer first, so nothing is printed before the end. */
export const text = defineReporter({
  name: 'text',
  description: 'for a terminal or a job log',
  of: ['issues'],
  file: 'report.txt',
  open(look) {
    const { rows, add } = createRows(MOST_TEXT);
    return atTheEnd(add, (summary) =>
      runText(rows, summary, { ...look, groupBy: look.groupBy ?? 'person', detail: look.detail ?? 'normal' }),
    );
  },
});
