import type { PolicySettings } from '../model/policy.ts';
import type { Ping } from '../model/record.ts';
import { subjectKey } from '../model/reminder.ts';
import type { SubjectReport } from '../model/report.ts';
import { CONFIDENTIAL } from '../records/redact.ts';
import { businessDays } from '../remind/business-days.ts';
import { createPingQueue } from '../remind/pings.ts';
import { wordsOf } from './run/reminding.ts';

/** A reminder that is to come if no one does anything until then. */
export type ForeseenPing = Pick<Ping, 'ref' | 'whom' | 'on' | 'because'>;

const dayMs = 86_400_000;

/**
 * Who would be reminded of what on each of the next days, by the same plan that runs make: what one day gives is
 * remembered for the days after it.
 * @param now ISO 8601 instant of the report
 */
export function foreseePings(
  subjects: readonly SubjectReport[],
  { reminders, calendar }: Pick<PolicySettings, 'reminders' | 'calendar'>,
  now: string,
  days: number,
): ForeseenPing[] {
  const business = businessDays({ timeZone: calendar.timeZone, holidays: reminders.holidays });
  const known = subjects.flatMap((subject) =>
    subject.reminder == null
      ? []
      : [
          {
            ref: subject.ref,
            projectId: subject.projectId ?? 0,
            iid: subject.iid ?? 0,
            confidential: subject.confidential,
            facts: subject.reminder,
          },
        ],
  );
  const pings: ForeseenPing[] = [];
  for (let day = 0; day < days; day += 1) {
    const at = new Date(Date.parse(now) + day * dayMs).toISOString();
    const today = business.dayOf(at);
    const queue = createPingQueue(
      known.map((one) => ({ ...one })),
      { policy: reminders, now: at, days: business },
    );
    for (let ping = queue.next(); ping !== null; ping = queue.next()) {
      const subject = known[ping.index] as (typeof known)[number];
      queue.accept(ping);
      const others = [...ping.others.values()].flat();
      const given = {
        on: today,
        whom: ping.whom,
        others: others.map((index) => subjectKey(known[index] as (typeof known)[number])),
        ...(ping.step === null ? { escalation: true } : {}),
      };
      subject.facts = { ...subject.facts, pings: [...subject.facts.pings, given] };
      pings.push({
        ref: subject.ref,
        whom: subject.confidential ? [] : ping.whom,
        on: today,
        because: subject.confidential ? CONFIDENTIAL : wordsOf(ping.step),
      });
    }
  }
  return pings;
}
