import { type Assessment, type AssessTools, assess } from '../../src/assess/assess.ts';
import { issueFacts } from '../../src/assess/issue-facts.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { KrHygieneDocument } from '../../src/model/document.ts';
import type { Issue, Note } from '../../src/model/issue.ts';
import type { ReminderFacts } from '../../src/model/reminder.ts';
import type { Policy } from '../../src/model/rule.ts';
import { planIssue } from '../../src/plan/plan-issue.ts';
import { reminderFacts } from '../../src/plan/reminder-facts.ts';
import { businessDays } from '../../src/remind/business-days.ts';
import { decideFirstNudges } from '../../src/remind/first-nudges.ts';
import { createPingQueue } from '../../src/remind/pings.ts';
import { planInput } from '../../src/usecases/run/plan-subject.ts';
import { planTried } from '../../src/usecases/run/tried-corrections.ts';
import { benchKr } from './kr-issues.ts';

const now = '2026-11-23T05:00:00Z';
const count = 10_000;
const bot = { id: 1, username: 'kr-bot', name: 'Bot' };

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** So many issues are read, then planned, between two looks at the clock: a look costs as much as a small plan. */
const batch = 100;

interface Text {
  issue: Issue;
  source: string;
  document: KrHygieneDocument;
}

type Assessed = Pick<Text, 'issue' | 'source'> & { assessment: Assessment };

interface Reminded {
  projectId: number;
  iid: number;
  confidential: boolean;
  facts: ReminderFacts;
}

/** Planning and reminding for 10,000 issues next to reading them, in one process. */
export async function benchPlanning(): Promise<void> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const { policy } = loaded;
  const bench = { policy, documents: createDocuments(policy) };
  let reading = 0;
  let planning = 0;
  const subjects: Reminded[] = [];
  for (let from = 0; from < count; from += batch) {
    const issues = Array.from({ length: batch }, (_, index) => benchIssue(from + index));
    let at = cpuMs();
    const texts = [];
    for (const issue of issues) texts.push(await read(issue, bench));
    reading += cpuMs() - at;
    const assessed = [];
    for (const text of texts) assessed.push(await assessText(text, bench));
    at = cpuMs();
    for (const one of assessed) subjects.push(...(await planTwice(one, bench)));
    planning += cpuMs() - at;
  }
  const reminding = remind(subjects, policy);
  const share = (part: number): string => `${((100 * part) / reading).toFixed(1)} %`;
  console.log(
    `${count} KRs: planning each twice ${share(planning)} of reading, reminding ${share(reminding)}, once together ${share(planning / 2 + reminding)}`,
  );
}

async function read(issue: Issue, { documents }: AssessTools): Promise<Text> {
  // A word of its own in each, so that nothing is read from what was read before.
  const source = `${issue.description}\n\n<!-- ${issue.iid} -->\n`;
  const document = await documents.read('kr', source, { title: issue.title, now, groups: [] });
  return { issue, source, document };
}

async function assessText({ issue, source, document }: Text, bench: AssessTools): Promise<Assessed> {
  const activity = { comments: [], systemNotes: [], labelEvents: [], stateEvents: [] };
  const facts = issueFacts(issue, undefined);
  const text = { kind: 'kr' as const, source, facts, document, past: { issue, activity, bot } };
  return { issue, source, assessment: await assess(text, bench, now) };
}

/** Without our comment, and with it: most nights find it as it should be. */
async function planTwice({ issue, source, assessment }: Assessed, tools: AssessTools): Promise<Reminded[]> {
  const { policy, documents } = tools;
  const known = { assessment, tools, now };
  const given = { issue, source, assessment, policy, template: documents.template('kr'), now };
  const ownership = { bot: { userId: 1 }, lostBots: [] };
  const { plan: first } = await planTried(planInput({ ...given, notes: [], ownership }), planIssue, known);
  const notes = first.comment === null ? [] : [noteOf(first.comment, issue.iid)];
  const { input, plan } = await planTried(planInput({ ...given, notes, ownership }), planIssue, known);
  const dayOf = (): string => '2026-11-18';
  const facts = reminderFacts({ input, plan, timeline: assessment.timeline, dayOf });
  return facts === null ? [] : [{ projectId: 1, iid: issue.iid, confidential: false, facts }];
}

function remind(subjects: readonly Reminded[], { settings }: Policy): number {
  const at = cpuMs();
  const days = businessDays({ holidays: [] });
  decideFirstNudges(subjects, settings.reminders.newComments, { now, calendar: days });
  const queue = createPingQueue(subjects, {
    policy: { ...settings.reminders, pingsPerRun: count },
    now,
    days,
  });
  for (let ping = queue.next(); ping !== null; ping = queue.next()) queue.accept(ping);
  queue.waiting();
  for (const index of subjects.keys()) queue.outlook(index);
  return cpuMs() - at;
}

export function benchIssue(index: number): Issue {
  const { title, description } = benchKr(index);
  const person = { id: 10 + (index % 400), username: `person-${index % 400}`, name: 'Person' };
  return {
    id: index + 1,
    iid: index + 1,
    projectId: 1,
    ref: `group/okrs#${index + 1}`,
    url: `https://gitlab.example/group/okrs/-/issues/${index + 1}`,
    title,
    description,
    state: 'opened',
    issueType: 'issue',
    labels: ['KR'],
    author: person,
    assignees: [person],
    confidential: false,
    discussionLocked: false,
    dueDate: null,
    gitlabMilestone: null,
    movedToId: null,
    createdAt: '2026-11-02T08:00:00Z',
    updatedAt: '2026-11-03T08:00:00Z',
    userNotesCount: 1,
  };
}

function noteOf(body: string, index: number): Note {
  const at = '2026-11-18T05:00:00Z';
  return { id: index + 1, body, author: bot, createdAt: at, updatedAt: at, system: false, internal: false };
}
