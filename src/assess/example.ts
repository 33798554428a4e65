import { kinds } from '../kinds/index.ts';
import type { FiscalCalendar } from '../model/calendar.ts';
import type { KrHygieneDocument } from '../model/document.ts';
import type { Note, User } from '../model/issue.ts';
import type { DocumentReader } from '../model/reader.ts';
import type { IssueFacts, RuleReport } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';
import type { ExampleComment, Rule, RuleExample } from '../rules/rule.ts';
import { buildTimeline } from '../timeline/timeline.ts';
import { ruleContext } from './context.ts';

/** A title without fault, for examples that are about something else. */
export const exampleTitle = 'FY27 Q4 KR1 (Calm Nights) Cut false alarms at night by 80%';

/** The present moment of an example that names none: three weeks into FY27 Q4. */
export const exampleNow = '2026-11-23T09:00:00Z';

/**
 * What a rule reports on one of its examples.
 * @throws ZodError when the example's options are not the rule's
 */
export function runExample(
  rule: Rule,
  example: RuleExample,
  reader: DocumentReader,
  calendar: FiscalCalendar,
): RuleReport[] {
  const source = example.markdown.join('\n');
  const title = example.title ?? exampleTitle;
  const now = example.now ?? exampleNow;
  const document = reader.read(rule.kind, source, { title, now });
  const { members, inactive, ...known } = example.issue ?? {};
  const facts: IssueFacts = {
    ...known,
    title,
    ...(inactive === undefined ? {} : { inactive: new Set(inactive) }),
    ...(members === undefined ? {} : { members: new Set(members.map((name) => name.toLowerCase())) }),
  };
  const context = ruleContext({
    document,
    source,
    facts,
    now,
    calendar,
    template: reader.template(rule.kind),
    ...(rule.needs.includes('timeline')
      ? { timeline: pastOf(example.comments ?? [], { document, source, facts, reader, now }) }
      : {}),
  });
  const options = rule.options.parse(example.options ?? {});
  return [...rule.bind(options)(document, context)];
}

const opener = 'opener';

/** The past that the comments of an example make. */
function pastOf(
  comments: readonly ExampleComment[],
  {
    document,
    source,
    facts,
    reader,
    now,
  }: { document: KrHygieneDocument; source: string; facts: IssueFacts; reader: DocumentReader; now: string },
): Timeline {
  const names = [...new Set([opener, ...comments.map(({ author = opener }) => author)])];
  const user = (name: string): User => ({ id: names.indexOf(name) + 1, username: name, name });
  const notes = comments.map(({ on, author = opener, text }, index): Note => {
    const createdAt = `${on}T15:00:00Z`;
    const body = text.join('\n');
    return {
      id: index + 1,
      body,
      author: user(author),
      createdAt,
      updatedAt: createdAt,
      system: false,
      internal: false,
    };
  });
  return buildTimeline({
    issue: {
      url: 'https://gitlab.example.com/group/project/-/issues/1',
      description: source,
      author: user(opener),
      assignees: (facts.assignees ?? []).map(user),
    },
    document,
    activity: { comments: notes, systemNotes: [], labelEvents: [], stateEvents: [] },
    readUpdate: ({ body, createdAt }) => {
      const as = kinds[document.kind].comments;
      return as === null ? null : reader.read(as, body, { title: '', now: createdAt });
    },
    liveLines: () => [],
    bots: { botUserId: null, names: [] },
    commands: { prefix: 'kr', bot: null },
    mayAnswer: () => false,
    ruleIds: null,
    timeZone: 'UTC',
    now,
  });
}
