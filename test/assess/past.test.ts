import { expect, test } from '@jest/globals';
import type { AssessTools } from '../../src/assess/assess.ts';
import { readPast } from '../../src/assess/past.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Issue } from '../../src/model/issue.ts';
import { buildTimeline } from '../../src/timeline/timeline.ts';
import { kr } from '../rules/documents.ts';

const activity: Activity = { comments: [], systemNotes: [], labelEvents: [], stateEvents: [] };

test('the past of an issue on which nothing happened is what a timeline of nothing says', async () => {
  const ann = { id: 1, username: 'ann', name: 'Ann' };
  const issue = { url: 'https://gitlab.example.com/1', description: '', assignees: [], author: ann };
  const now = '2026-11-23T09:00:00Z';
  const document = kr();
  const past = { issue: issue as unknown as Issue, activity, bot: null };
  expect(await readPast(past, document, {} as AssessTools, now)).toEqual(
    buildTimeline({
      issue,
      document,
      activity,
      readUpdate: () => null,
      liveLines: () => [],
      bots: { botUserId: null, names: [] },
      commands: { prefix: 'kr', bot: null },
      mayAnswer: () => true,
      ruleIds: null,
      timeZone: 'UTC',
      now,
    }),
  );
});
