import type { PolicySettings } from '../../model/policy.ts';
import type { ReportCalendar } from '../../model/report.ts';

/** The calendar a report names, so that it can be shown without the policy. */
export function reportCalendar({ calendar }: Pick<PolicySettings, 'calendar'>): ReportCalendar {
  return { timeZone: 'UTC', ...calendar };
}
