import type { RunSummary } from '../../model/report.ts';
import { defineReporter } from '../reporter.ts';
import { subjectText, summaryText } from '../text.ts';

/**
 * How many characters are printed of all issues: GitLab cuts a job's log off at 4 MiB, and the totals, which come last,
 * must be in it.
 */
const MOST_TEXT = 1_000_000;

function leftWords({ subjects, findings }: { subjects: number; findings: number }): string {
  if (subjects === 0) return '';
  const issues = subjects === 1 ? 'one more issue' : `${subjects} more issues`;
  return `… and ${issues} with ${findings} ${findings === 1 ? 'finding' : 'findings'}, left out of this log: see report.json (--output).\n\n`;
}

/** For the job log and the terminal. */
export const text = defineReporter({
  name: 'text',
  description: 'for a terminal or a job log',
  of: ['issues'],
  file: 'report.txt',
  open(look) {
    let mode: RunSummary['mode'] = 'dry-run';
    let room = MOST_TEXT;
    const left = { subjects: 0, findings: 0 };
    return {
      begin(head) {
        mode = head.mode;
        return '';
      },
      subject(subject) {
        const text = room > 0 ? subjectText(subject, { ...look, mode }) : null;
        if (text !== null && text.length <= room) {
          room -= text.length;
          return text;
        }
        room = 0;
        left.subjects += 1;
        left.findings += subject.findings.length;
        return '';
      },
      end: (summary) => leftWords(left) + summaryText(summary, look),
    };
  },
});
