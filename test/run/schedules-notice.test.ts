import { expect, test } from '@jest/globals';
import type { Gateway } from '../../src/gitlab/gateway.ts';
import { GatewayError } from '../../src/model/errors.ts';
import type { Note } from '../../src/model/issue.ts';
import { fc } from '../helpers/random.ts';
import { type FaultPlan, type Schedule, schedules } from './schedules/model.ts';
import type { Wrap } from './schedules/play.ts';
import { playSchedule } from './schedules/schedule.ts';

/** A test that cannot fail proves nothing: gateways that are broken on purpose must be found out. */
const broken: Record<string, Wrap> = {
  'repeats a POST whose outcome it does not know': (gateway) =>
    withWriter(gateway, async (create) => {
      try {
        return await create();
      } catch (error) {
        if (error instanceof GatewayError && error.outcome === 'unknown') return create();
        throw error;
      }
    }),
  'takes 202 for a stored comment': (gateway) =>
    withWriter(gateway, async (create, body) => {
      try {
        return await create();
      } catch (error) {
        if (error instanceof GatewayError && error.status === 202) return noteOf(body);
        throw error;
      }
    }),
  'takes a list that broke off for a short one': (gateway) => ({
    ...gateway,
    reader: {
      ...gateway.reader,
      async *issues(source, filter) {
        try {
          yield* gateway.reader.issues(source, filter);
        } catch (error) {
          if (!(error instanceof GatewayError)) throw error;
        }
      },
    },
  }),
  'loses the third issue of a list': (gateway) => ({
    ...gateway,
    reader: {
      ...gateway.reader,
      async *issues(source, filter) {
        let count = 0;
        for await (const issue of gateway.reader.issues(source, filter)) {
          count += 1;
          if (count !== 3) yield issue;
        }
      },
    },
  }),
  'reads the first comment only': (gateway) => ({
    ...gateway,
    reader: {
      ...gateway.reader,
      notes: async (projectId, iid) => (await gateway.reader.notes(projectId, iid)).slice(0, 1),
      activity: async (projectId, iid) => {
        const activity = await gateway.reader.activity(projectId, iid);
        return { ...activity, comments: activity.comments.slice(0, 1) };
      },
    },
  }),
};

/** What makes the fault of each show soon: the first run of every schedule meets it. */
const provoking: Record<string, FaultPlan> = {
  'repeats a POST whose outcome it does not know': {
    on: 'post-note',
    nth: 1,
    length: 1,
    what: 'reset after',
  },
  'takes 202 for a stored comment': { on: 'post-note', nth: 1, length: 1, what: '202' },
  'takes a list that broke off for a short one': { on: 'list', nth: 2, length: 20, what: '500 before' },
};

/** Where each is found out soon; with another seed it takes longer. */
const seeds: Record<string, number> = {
  'repeats a POST whose outcome it does not know': 1,
  'takes a list that broke off for a short one': 6,
  'reads the first comment only': 9,
};

function provoked(name: string): fc.Arbitrary<Schedule> {
  const fault = provoking[name];
  const faults = fault === undefined ? [] : [fault];
  const run = { apply: true, concurrency: 1, faults, killedAfter: null, meanwhile: [] };
  return schedules.map((schedule) => ({ ...schedule, steps: [{ step: 'run', run }, ...schedule.steps] }));
}

test.each(Object.entries(broken))(
  'a gateway that %s is found out',
  async (name, wrap) => {
    const result = await fc.check(
      fc.asyncProperty(provoked(name), (schedule) => playSchedule(schedule, wrap)),
      { numRuns: 400, seed: seeds[name] ?? 7, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
    expect(result.errorInstance).toMatchObject({ name: 'BrokenPromise' });
    // And it is the gateway that broke it: the real one keeps its promises in the same schedule.
    const [schedule] = result.counterexample as [Schedule];
    await playSchedule(schedule);
  },
  300_000,
);

function withWriter(
  gateway: Gateway,
  create: (send: () => Promise<Note>, body: string) => Promise<Note>,
): Gateway {
  return {
    ...gateway,
    writer: {
      ...gateway.writer,
      createNote: (projectId, iid, body) =>
        create(() => gateway.writer.createNote(projectId, iid, body), body),
    },
  };
}

function noteOf(body: string): Note {
  const instant = new Date(0).toISOString();
  const author = { id: 0, username: 'kr-bot', name: 'kr-bot' };
  return { id: 0, body, author, createdAt: instant, updatedAt: instant, system: false, internal: false };
}
