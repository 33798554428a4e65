import type { IssueSeed } from '../seed.ts';
import type { DemoCalendar } from './calendar.ts';

type NoteSeed = NonNullable<IssueSeed['notes']>[number];

const dayMs = 86_400_000;

interface Week {
  /** `YYYY-MM-DD`, a Monday. */
  monday: string;
  /** How many weeks there are, and the number of this one, from 1. */
  number: number;
  of: number;
  /** An instant this many days after the Monday, in the afternoon. */
  day: (days: number) => string;
}

/** The weeks of the quarter that are over, Fridays included; at most seven. */
function weeks({ today, at }: DemoCalendar): Week[] {
  const first = Date.parse(at(0));
  const now = Date.parse(today);
  const monday = now - ((new Date(now).getUTCDay() + 6) % 7) * dayMs;
  const mondays = [7, 6, 5, 4, 3, 2, 1]
    .map((back) => monday - back * 7 * dayMs)
    .filter((time) => time >= first);
  return mondays.map((time, index) => ({
    monday: new Date(time).toISOString().slice(0, 10),
    number: index + 1,
    of: mondays.length,
    day: (days) => new Date(time + days * dayMs + 15 * 3_600_000).toISOString(),
  }));
}

function update(
  week: Week,
  author: string,
  text: { status?: string; percent: number; done: string; next: string; on?: number },
): NoteSeed {
  const { status = ':white_check_mark: - On Track', percent, done, next, on = 4 } = text;
  return {
    author,
    createdAt: week.day(on),
    body: [
      `## Weekly KR Update for the week of ${week.monday}`,
      `Status: ${status}`,
      `Percentage complete: ${percent}%`,
      '',
      '## Completed',
      `* ${done}`,
      '',
      '## Next steps',
      `* ${next}`,
    ].join('\n'),
  };
}

/** What people wrote into the comments of a KR, by a word of its title. */
const histories: Readonly<Record<string, (weeks: readonly Week[]) => NoteSeed[]>> = {
  // Faithful: each Friday, in its own words.
  'leaked credential': (all) =>
    all.map((week) =>
      update(week, 'priya-nair', {
        percent: Math.min(90, 20 + week.number * 6),
        done: `${40 + week.number * 40} repositories scan each push`,
        next: week.number % 2 === 0 ? 'Webhook of the next issuer' : 'Teams of the next forty repositories',
      }),
    ),
  // Late: each update comes on the Tuesday after its week.
  '90% of critical findings': (all) =>
    all.slice(0, -1).map((week) =>
      update(week, 'lars.h', {
        on: 8,
        percent: 10 + week.number * 5,
        done: `${week.number * 11} old findings closed`,
        next: `Ask the owners of the other ${90 - week.number * 11}`,
      }),
    ),
  // Copied: the same text with another date.
  'Threat modelling': (all) =>
    all.map((week) =>
      update(week, 'tomas.w', {
        percent: 20,
        done: 'Prepared the workshops',
        next: 'Hold the workshops',
      }),
    ),
  // Contradicting: everything is said to be done while a milestone is late, after more was claimed before.
  'hardware attestation': (all) =>
    all.slice(-2).map((week, index) =>
      update(week, 'dev.anand', {
        percent: index === 0 ? 100 : 95,
        done: `${200 + week.number} laptops enrolled`,
        next: 'Offices two and three',
      }),
    ),
  // No change, said in two words.
  'three biggest services': (all) =>
    all.slice(-1).map((week) => ({ author: 'yuki.sato', createdAt: week.day(3), body: 'No change.' })),
};

/** The KR with its quarter of updates; those who are silent keep as they are. */
export function withUpdates(issue: IssueSeed, calendar: DemoCalendar): IssueSeed {
  const history = Object.entries(histories).find(([word]) => issue.title.includes(word))?.[1];
  const notes = history?.(weeks(calendar)) ?? [];
  return notes.length === 0 ? issue : { ...issue, notes: [...(issue.notes ?? []), ...notes] };
}

/** An issue that describes an OKR, with check-ins in its comments. */
export function demoOkr(calendar: DemoCalendar): IssueSeed {
  const all = weeks(calendar);
  return {
    title: `${calendar.quarter} OKR: Code that keeps its secrets`,
    author: 'ines.okafor',
    assignees: ['ines.okafor'],
    labels: ['OKR', calendar.label],
    createdAt: calendar.ago(40),
    description: [
      '## Objective: ',
      'No secret in our code is worth anything to whoever finds it. We look at the age of leaked credentials and at the findings that grow old.',
      '### Security Roadmap:',
      'Secrets, year two',
      '### Dependencies:',
      '* [ ] Webhooks of the four biggest issuers (@lars.h)',
      '## Budget: ',
      'None',
      '',
    ].join('\n'),
    notes: all.slice(-3).map((week) => ({
      author: 'ines.okafor',
      createdAt: week.day(4),
      body: [
        '## Weekly update',
        'On Schedule',
        '',
        '## What was accomplished',
        `Repositories ${week.number * 40} to ${week.number * 40 + 39} scan each push.`,
        '',
        '## Next steps',
        'Talk to the two issuers that have not answered.',
      ].join('\n'),
    })),
  };
}
