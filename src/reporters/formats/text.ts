import type { RunSummary } from '../../model/report.ts';
import { defineReporter } from '../reporter.ts';
import { subjectText, summaryText } from '../text.ts';

/** For the job log and the terminal. */
export const text = defineReporter({
  name: 'text',
  description: 'for a terminal or a job log',
  of: ['issues'],
  file: 'report.txt',
  open(look) {
    let mode: RunSummary['mode'] = 'dry-run';
    return {
      begin(head) {
        mode = head.mode;
        return '';
      },
      subject: (subject) => subjectText(subject, { ...look, mode }),
      end: (summary) => summaryText(summary, look),
    };
  },
});
