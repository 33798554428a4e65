import { quarterRange } from '../../src/model/calendar.ts';
import { addDays, daysBetween, mondayOf } from '../../src/model/days.ts';
import type { StatusValue } from '../../src/model/document.ts';
import type { RecordMilestone, RecordUpdate, SubjectRecord } from '../../src/model/record.ts';
import type { ReminderFacts } from '../../src/model/reminder.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import type { Report } from '../../src/records/read-report.ts';

const server = 'https://gitlab.example.com';
const people = ['mbeki', 'ann', 'yuki', 'olga.p', 'carlos', 'ines', 'tomas', 'leila'];
const topics: [reference: string, objective: string, statements: string[]][] = [
  [
    'Alert Quality',
    'On-call people are woken for what matters.',
    [
      'Cut false alarms at night by 80%',
      'Cover the 12 most frequent alerts with a playbook',
      'Route every alert to the team that owns the service',
    ],
  ],
  [
    'Key Care',
    'No key outlives its purpose.',
    ['Rotate all signing keys', 'Store 100% of deploy keys in the vault'],
  ],
  [
    'Safe Code',
    'What we ship does not hurt those who run it.',
    [
      'Close 90% of critical findings within 14 days',
      'Give every repository a threat model',
      'Review dependencies of the ten most used images',
    ],
  ],
  [
    'Resilience',
    'We recover before customers notice.',
    [
      'Restore the three biggest services in under four hours',
      'Complete 85% of review actions within 30 days',
      'Collect logs of 95% of production hosts',
    ],
  ],
  [
    'Audit Readiness',
    'Evidence is there before it is asked for.',
    ['Have evidence for all 64 controls before the auditors ask', 'Answer auditors within two business days'],
  ],
];
const works = [
  'Inventory agreed with the teams',
  'Pilot with two teams',
  'Rolled out to all services',
  'Exceptions documented',
  'Dashboards show it',
  'Runbook tested by another team',
];

/** A small generator of numbers, the same for a seed everywhere. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A report of `krs` KRs of FY27 Q4 with an update a week up to `now`, and as many of FY27 Q3, closed for the most
 * part. Made up, but with what real ones have: silence, moved dates, late milestones, waivers, a confidential one.
 */
export function quarterReport(krs: number, now = '2026-12-16T09:00:00Z'): Report {
  const roll = dice(7);
  const current = Array.from({ length: krs }, (_, index) => subjectOf(index, 4, now.slice(0, 10), roll));
  const previous = Array.from({ length: Math.ceil(krs / 2) }, (_, index) =>
    subjectOf(index, 3, now.slice(0, 10), roll, krs),
  );
  const subjects = [...current, ...previous];
  const findings = subjects.filter(({ status }) => status === 'findings').length;
  const closed = subjects.filter(({ status }) => status === 'closed').length;
  return {
    mode: 'apply',
    generatedAt: now,
    calendar: { startMonth: 2, namedAfter: 'end', timeZone: 'UTC' },
    subjects,
    totals: {
      subjects: subjects.length,
      clean: subjects.length - findings - closed,
      findings,
      errors: 0,
      skipped: 0,
      closed,
      restrained: 0,
      actions: { planned: 0, applied: 3, unchanged: 0, failed: 0, waiting: 0 },
    },
    requests: { total: 120, retried: 0, throttled: 0 },
    failures: [],
    warnings: [],
    setFindings: [
      {
        rule: 'match-krs-per-dri',
        severity: 'info',
        message: 'ann answers for 4 KRs of FY27 Q4, and 3 are enough.',
        refs: current.slice(0, 4).map(({ ref }) => ref),
      },
    ],
    pings: current.slice(2, 4).map(({ ref }, index) => ({
      ref,
      whom: [people[index + 2] as string],
      on: now.slice(0, 10),
      because: 'reminder 1 of 3: one point is open since 2026-12-11',
      outcome: index === 0 ? 'applied' : 'waiting',
    })),
  };
}

function subjectOf(
  index: number,
  quarter: 3 | 4,
  today: string,
  roll: () => number,
  offset = 0,
): SubjectReport {
  const round = Math.floor(index / 15);
  const [reference, objective, statements] = topics[index % topics.length] as (typeof topics)[number];
  const number = (Math.floor(index / topics.length) % statements.length) + 1;
  const statement = `${statements[number - 1]}${round === 0 ? '' : ` in region ${round + 1}`}`;
  const iid = offset + index + 1;
  const url = `${server}/example-sec/okrs/-/issues/${iid}`;
  const isClosed = quarter === 3 ? roll() < 0.8 : roll() < 0.06;
  const record = recordOf({ index, iid, url, quarter, today, roll, isClosed, number, statement, objective });
  const named = round === 0 ? reference : `${reference} ${round + 1}`;
  const overdue = record.milestones.findIndex((milestone) => milestone.overdue);
  return {
    kind: 'kr',
    ref: `example-sec/okrs#${iid}`,
    projectId: 1,
    iid,
    url,
    title: `FY27 Q${quarter} KR${number} (${named}) ${statement}`,
    confidential: index % 17 === 16,
    status: isClosed ? 'closed' : overdue < 0 ? 'clean' : 'findings',
    state: isClosed ? 'closed' : 'opened',
    findings:
      overdue < 0 || isClosed
        ? []
        : [
            {
              rule: 'no-overdue-milestone',
              messageId: 'overdue',
              severity: 'warning',
              message: `Milestone ${overdue + 1}: it was due on ${record.milestones[overdue]?.dueDate} and is still open.`,
              hint: null,
              people: record.milestones[overdue]?.dris ?? [],
              place: null,
              subject: { part: 'milestone', index: overdue, label: `Milestone ${overdue + 1}` },
              url: null,
              edit: null,
              ...(index % 11 === 0 ? {} : { since: addDays(today, -((index * 5) % 23) - 1) }),
              ...(index % 11 === 0
                ? {
                    waived: {
                      by: 'leila',
                      until: '2027-01-15',
                      because: 'agreed with the auditors',
                      noteId: iid * 100 + 90,
                    },
                  }
                : {}),
            },
          ],
    skippedRules: [],
    actions: [],
    comment: null,
    restraint: null,
    error: null,
    reminder: reminderOf(index, today),
    record: index % 17 === 16 ? { quarter: record.quarter } : { ...record, reference: named },
  };
}

/** Every third comment remembers what was fixed. */
function reminderOf(index: number, today: string): ReminderFacts {
  const on = addDays(today, -(index % 40));
  const fixed = [{ rule: 'require-milestone-due-date', since: addDays(on, -1 - (index % 6)), on }];
  return {
    createdAt: `${today}T09:00:00Z`,
    firstNudge: null,
    nudge: null,
    open: [],
    pings: [],
    snoozedUntil: null,
    seenOn: null,
    activeAt: null,
    knownBy: null,
    ...(index % 3 === 0 ? { fixed } : {}),
  };
}

interface Facts {
  index: number;
  iid: number;
  url: string;
  quarter: 3 | 4;
  today: string;
  roll: () => number;
  isClosed: boolean;
  number: number;
  statement: string;
  objective: string;
}

function recordOf(facts: Facts): SubjectRecord {
  const { index, iid, url, quarter, today, roll, isClosed, number, statement, objective } = facts;
  const { start, end } = quarterRange(2027, quarter, { startMonth: 2, namedAfter: 'end' });
  const owner = people[index % people.length] as string;
  const until = end < today ? end : today;
  const passed = Math.max(0, Math.min(100, (100 * daysBetween(start, until)) / daysBetween(start, end)));
  const speed = 0.35 + roll() * 0.9;
  const milestones = milestonesOf(facts, start, end, speed * passed);
  const done = milestones.filter(({ state }) => state === 'done').length;
  const updates = updatesOf({ iid, url, start, until, owner, speed, roll, total: daysBetween(start, end) });
  const last = updates.at(-1);
  const moved = index % 5 === 2 && quarter === 4;
  return {
    quarter: `FY27-Q${quarter}`,
    number,
    reference: null,
    statement,
    objective,
    okrUrl: `https://app.ally.io/objectives/${(index % topics.length) + 1001}`,
    dueDate: addDays(end, -7),
    assignees: index % 13 === 5 ? [] : [owner],
    milestones,
    progress: {
      claimed: last?.percent ?? null,
      milestones: Math.round((100 * done) / milestones.length),
      expected: Math.round(passed),
    },
    status: { claimed: last?.status ?? null, week: last?.week ?? null, noteId: last?.noteId ?? null },
    updates,
    timeline: [
      ...milestones.flatMap(({ doneOn, description }, nth) =>
        doneOn === null
          ? []
          : [
              {
                on: doneOn,
                what: 'milestone-done' as const,
                detail: description,
                source: `system note ${iid * 100 + 50 + nth}`,
                by: owner,
              },
            ],
      ),
      ...(moved
        ? [
            {
              on: addDays(today, -3),
              what: 'due-date-moved' as const,
              detail: 'due date moved',
              source: `system note ${iid * 100 + 70}`,
              from: addDays(end, -21),
              to: addDays(end, -7),
              by: owner,
            },
          ]
        : []),
      ...(isClosed
        ? [
            {
              on: addDays(until, -2),
              what: 'closed' as const,
              detail: 'closed',
              source: `state event ${iid}`,
              by: owner,
            },
          ]
        : []),
    ],
    answers:
      index % 9 === 4
        ? [
            {
              command: 'snooze',
              by: owner,
              until: addDays(today, 9),
              because: 'on leave until then',
              noteId: iid * 100 + 80,
              inForce: true,
            },
          ]
        : [],
    nextPing:
      index % 7 === 3 && quarter === 4
        ? { on: addDays(today, 1), whom: [owner], because: 'a milestone is overdue' }
        : null,
  };
}

function milestonesOf(
  { index, today, roll, quarter, isClosed }: Facts,
  start: string,
  end: string,
  reached: number,
): RecordMilestone[] {
  const many = 3 + (index % 3);
  const length = daysBetween(start, end);
  return Array.from({ length: many }, (_, nth) => {
    const share = (nth + 1) / (many + 0.4);
    const dueDate = addDays(start, Math.round(length * share));
    const isDone = share * 100 <= reached + roll() * 12 || (isClosed && roll() < 0.8);
    const doneOn = addDays(dueDate, Math.round(roll() * 8 - 5));
    return {
      label: `Milestone ${nth + 1}`,
      description: works[(index + nth) % works.length] as string,
      dueDate,
      dris: [people[(index + nth) % people.length] as string],
      state: isDone ? 'done' : 'open',
      overdue: !isDone && dueDate < today && quarter === 4,
      doneOn: isDone ? (doneOn > today ? today : doneOn) : null,
      line: 8 + nth,
    };
  });
}

interface Updates {
  iid: number;
  url: string;
  start: string;
  until: string;
  owner: string;
  speed: number;
  roll: () => number;
  total: number;
}

function updatesOf({ iid, url, start, until, owner, speed, roll, total }: Updates): RecordUpdate[] {
  const updates: RecordUpdate[] = [];
  const silentFrom = roll() < 0.2 ? addDays(start, Math.round(total * roll())) : '9999-12-31';
  for (let week = mondayOf(start); addDays(week, 4) <= until; week = addDays(week, 7)) {
    if (week > silentFrom || roll() < 0.08) continue;
    const noteId = iid * 100 + updates.length;
    const pace = speed + roll() * 0.25;
    const status: StatusValue = pace > 0.85 ? 'on-track' : pace > 0.6 ? 'at-risk' : 'off-track';
    updates.push({
      kind: 'weekly-update',
      noteId,
      url: `${url}#note_${noteId}`,
      author: owner,
      createdAt: `${addDays(week, 4)}T10:00:00Z`,
      edited: false,
      week,
      status,
      percent: Math.max(
        0,
        Math.min(100, Math.round(((100 * daysBetween(start, addDays(week, 4))) / total) * speed)),
      ),
      findings: [],
    });
  }
  return updates;
}
