import { assess } from '../../src/assess/assess.ts';
import { issueFacts } from '../../src/assess/issue-facts.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { Issue, Note } from '../../src/model/issue.ts';
import { planIssue } from '../../src/plan/plan-issue.ts';
import { reminderFacts } from '../../src/plan/reminder-facts.ts';
import { businessDays } from '../../src/remind/business-days.ts';
import { decideFirstNudges } from '../../src/remind/first-nudges.ts';
import { createPingQueue } from '../../src/remind/pings.ts';
import { planInput } from '../../src/usecases/run/plan-subject.ts';
import { benchKr } from './kr-issues.ts';

const now = '2026-11-23T05:00:00Z';
const count = 10_000;
const bot = { id: 1, username: 'kr-bot', name: 'Bot' };

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Planning and reminding for 10,000 issues next to reading them, in one process. */
export async function benchPlanning(): Promise<void> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const { policy } = loaded;
  const documents = createDocuments(policy);
  const days = businessDays({ holidays: [] });
  let reading = 0;
  let planning = 0;
  const subjects = [];
  for (let index = 0; index < count; index += 1) {
    const issue = issueOf(index);
    const facts = issueFacts(issue, undefined);
    const context = { title: issue.title, now, groups: [] };
    let at = cpuMs();
    // A word of its own in each, so that nothing is read from what was read before.
    const source = `${issue.description}\n\n<!-- ${index} -->\n`;
    const document = await documents.read('kr', source, context);
    reading += cpuMs() - at;
    const activity = { comments: [], systemNotes: [], labelEvents: [], stateEvents: [] };
    const text = { kind: 'kr' as const, source, facts, document, past: { issue, activity, bot } };
    const assessment = await assess(text, { policy, documents }, now);
    at = cpuMs();
    const given = { issue, source, assessment, policy, template: documents.template('kr'), now };
    const ownership = { bot: { userId: 1 }, lostBots: [] };
    const first = planIssue(planInput({ ...given, notes: [], ownership }));
    const notes = first.comment === null ? [] : [noteOf(first.comment, index)];
    const input = planInput({ ...given, notes, ownership });
    const plan = planIssue(input);
    const dayOf = (): string => '2026-11-18';
    const reminder = reminderFacts({ input, plan, timeline: assessment.timeline, dayOf });
    planning += cpuMs() - at;
    if (reminder !== null)
      subjects.push({ projectId: 1, iid: index + 1, confidential: false, facts: reminder });
  }
  const at = cpuMs();
  decideFirstNudges(subjects, policy.settings.reminders.newComments, { now, calendar: days });
  const settings = { policy: { ...policy.settings.reminders, pingsPerRun: count }, now, days };
  const queue = createPingQueue(subjects, settings);
  for (let ping = queue.next(); ping !== null; ping = queue.next()) queue.accept(ping);
  queue.waiting();
  for (const index of subjects.keys()) queue.outlook(index);
  const reminding = cpuMs() - at;
  const share = (part: number): string => `${((100 * part) / reading).toFixed(1)} %`;
  console.log(
    `${count} KRs: planning each twice ${share(planning)} of reading, reminding ${share(reminding)}, once together ${share(planning / 2 + reminding)}`,
  );
}

function issueOf(index: number): Issue {
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
