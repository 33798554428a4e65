/** What is beneath a heading: `''` a blank line, `[]` nothing at all; null leaves the heading out too. */
export type Section = string | readonly string[] | null;

/** The text of a weekly update in which all is well, but for the parts given. */
export function weeklyUpdate({
  week = '2026-11-16',
  status = ':white_check_mark: - On Track',
  percent = '45%',
  completed = '* Alarm rules reviewed',
  nextSteps = '* Agree on the rota',
}: {
  week?: string;
  status?: string;
  percent?: string;
  completed?: Section;
  nextSteps?: Section;
} = {}): string[] {
  return withBlankLines(
    [`## Weekly KR Update for the week of ${week}`, `Status: ${status}`, `Percentage complete: ${percent}`],
    section('## Completed', completed),
    section('## Next steps', nextSteps),
  );
}

/** A comment with a weekly update of a day, on track but for the parts given. */
export const updateOn = (
  on: string,
  parts: Parameters<typeof weeklyUpdate>[0],
): { on: string; text: string[] } => ({
  on,
  text: weeklyUpdate({ status: 'On Track', completed: '* Half of the rules', ...parts }),
});

/** A comment of a day with the update of a week, how far it is and what was done. */
export const updateOf = (on: string, week: string, percent: number, done = 'Half of the rules') =>
  updateOn(on, { week, percent: `${percent}%`, completed: `* ${done}` });

/** The text of a check-in in which all is well, but for the parts given. */
export function checkIn({
  status = 'On Schedule',
  accomplished = 'The night rota is agreed.',
  nextSteps = 'Train the late shift.',
}: Partial<Record<'status' | 'accomplished' | 'nextSteps', Section>> = {}): string[] {
  return withBlankLines(
    section('## Weekly update', status),
    section('## What was accomplished', accomplished),
    section('## Next steps', nextSteps),
  );
}

/** The text of an OKR in which all is well, but for the parts given. */
export function okr({
  objective = 'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
  roadmap = 'Alerting, year two',
  dependencies = '* [ ] A second alarm channel (@iris-v)',
  budget = 'None',
}: Partial<Record<'objective' | 'roadmap' | 'dependencies' | 'budget', Section>> = {}): string[] {
  return [
    ...section('## Objective:', objective),
    ...section('### Security Roadmap:', roadmap),
    ...section('### Dependencies:', dependencies),
    ...section('## Budget:', budget),
  ];
}

/** The milestones of a KR in which all is well, but for the parts given; null leaves out a label and its value. */
export function milestoneList(
  ...milestones: { box?: string; description?: string; due?: string | null; dri?: string | null }[]
): string[] {
  const field = (label: string, value: string | null) =>
    value === null ? '' : ` ${label}: ${value}`.trimEnd();
  return [
    '## Milestones',
    ...milestones.map(
      (
        {
          box = '[ ]',
          description = 'Alarm rules reviewed with both shifts',
          due = '2026-12-11',
          dri = '@maya.o',
        },
        index,
      ) =>
        `- ${box} Milestone ${index + 1}:${field('Description', description)}${field('Due Date', due)}${field('DRI', dri)}`,
    ),
  ];
}

function section(heading: string, lines: Section): string[] {
  if (lines === null) return [];
  return typeof lines === 'string' ? [heading, lines] : [heading, ...lines];
}

function withBlankLines(...blocks: readonly string[][]): string[] {
  return blocks
    .filter(({ length }) => length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}
