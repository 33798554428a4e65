import { reportFooter, reportHeader, reportSubject } from '../../records/write-report.ts';
import { defineReporter } from '../reporter.ts';

/** `report.json`: everything, and what all other formats are made from. */
export const json = defineReporter({
  name: 'json',
  description: 'everything, as in report.json',
  of: ['issues', 'files'],
  file: 'report.json',
  open() {
    let first = true;
    return {
      begin: reportHeader,
      subject(subject) {
        const text = reportSubject(subject, { first });
        first = false;
        return text;
      },
      end: reportFooter,
    };
  },
});
