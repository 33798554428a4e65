import { monthNames } from '../model/calendar.ts';
import type { Phrases } from '../model/phrases.ts';
import type { DayRange, Grammar, PolicySettings } from '../model/policy.ts';
import type { Layer } from './layers.ts';
import { isMap, mergeAll, type PlainMap } from './merge.ts';
import type { PolicyFile } from './settings-schema.ts';

/** The settings as the rest of the program knows them. */
export function toSettings(
  file: PolicyFile,
  { grammar, holidays, phrases }: { grammar: Grammar; holidays: readonly DayRange[]; phrases: Phrases },
): PolicySettings {
  const { select, calendar, labels, comment, limits, people, plans } = file;
  return {
    sources: file.sources ?? [],
    select: {
      state: select.state,
      issueType: select['issue-type'],
      labels: select.labels,
      notLabels: select['without-labels'],
      title: select.title,
      gitlabMilestone: select.milestone,
      confidential: select.confidential,
      minAgeDays: select.age?.['min-days'] ?? null,
      maxAgeDays: select.age?.['max-days'] ?? null,
    },
    calendar: {
      startMonth: monthNames.indexOf(calendar['year-starts-in']) + 1,
      namedAfter: calendar['named-after'],
      timeZone: calendar['time-zone'],
      dateOrder: calendar['date-order'],
    },
    labels: {
      needsAttention: labels['needs-attention'],
      ok: labels.ok,
      escalated: labels.escalated,
      former: labels.former,
    },
    comment: {
      greet: comment.greet,
      signature: comment.signature,
      handbookUrl: comment['handbook-url'],
      docsUrl: comment['docs-url'],
      maxFindings: comment['max-findings'],
      corrections: comment.corrections,
      commandPrefix: comment['command-prefix'],
      phrases,
      aboutUrl: comment['about-url'],
      ask: comment.ask,
      schedule: comment.schedule,
    },
    limits: {
      concurrency: limits.concurrency,
      runMinutes: limits['run-minutes'],
      requestsPerMinute: limits['requests-per-minute'],
      notesPerMinute: limits['notes-per-minute'],
    },
    id: file.id,
    formerBots: file['former-bots'],
    reminders: toReminderPolicy(file.reminders, holidays),
    answers: { who: file.answers.who },
    dashboard: file.dashboard,
    digest: file.digest,
    fix: file.fix,
    groups: people.groups,
    okrs:
      file.okrs === null
        ? null
        : { labels: file.okrs.select.labels, notLabels: file.okrs.select['without-labels'] },
    grammar,
    plans: { siteRoot: plans['site-root'], index: plans.index, issues: plans.issues },
  };
}

function toReminderPolicy(
  reminders: PolicyFile['reminders'],
  holidays: readonly DayRange[],
): PolicySettings['reminders'] {
  const newComments = reminders['new-comments'];
  return {
    newComments: {
      perRun: newComments?.['per-run'] ?? null,
      perPersonPerWeek: newComments?.['per-person-per-week'] ?? null,
    },
    holidays,
    afterBusinessDays: reminders['after-business-days'],
    perPersonPerWeek: reminders['per-person-per-week'],
    pingsPerRun: reminders['pings-per-run'],
    quietFirstDays: reminders['quiet-first-days'],
    escalateTo: reminders['escalate-to'],
  };
}

/** policy.yml with all layers put together. */
export function mergedPolicy(layers: readonly Layer[]): PlainMap {
  return mergeAll(layers.map(({ file }) => withoutBase(file.value)));
}

function withoutBase(value: unknown): PlainMap {
  if (!isMap(value)) return {};
  const { extends: _base, ...rest } = value;
  return rest;
}
