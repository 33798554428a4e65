import { presetResourceArguments } from '@gitbeaker/requester-utils';
import {
  EpicIssues,
  Epics,
  Groups,
  IssueLabelEvents,
  IssueLinks,
  IssueNoteAwardEmojis,
  IssueNotes,
  IssueStateEvents,
  Issues,
  MergeRequestNotes,
  PersonalAccessTokens,
  ProjectLabels,
  ProjectMembers,
  Projects,
  Users,
} from '@gitbeaker/rest';
import type { z } from 'zod';
import { GatewayError } from '../model/errors.ts';
import type { Envelope, RequesterFn } from './requester.ts';

/** gitbeaker's resources over our own requester. gitbeaker itself never sees the token. */
export function createClient(base: URL, requesterFn: RequesterFn) {
  const resources = presetResourceArguments(
    {
      EpicIssues,
      Epics,
      Groups,
      IssueLabelEvents,
      IssueLinks,
      IssueNoteAwardEmojis,
      IssueNotes,
      IssueStateEvents,
      Issues,
      MergeRequestNotes,
      PersonalAccessTokens,
      ProjectLabels,
      ProjectMembers,
      Projects,
      Users,
    },
    {
      requesterFn,
      host: base.href.replace(/\/+$/, ''),
      // Ours are per attempt and per request; gitbeaker's would cover a list as a whole.
      queryTimeout: null,
      rateLimits: {},
    },
  );
  return {
    epics: new resources.Epics({}),
    epicIssues: new resources.EpicIssues({}),
    groups: new resources.Groups({}),
    issueLinks: new resources.IssueLinks({}),
    issues: new resources.Issues({}),
    mergeRequestNotes: new resources.MergeRequestNotes({}),
    notes: new resources.IssueNotes({}),
    labelEvents: new resources.IssueLabelEvents({}),
    stateEvents: new resources.IssueStateEvents({}),
    reactions: new resources.IssueNoteAwardEmojis({}),
    members: new resources.ProjectMembers({}),
    labels: new resources.ProjectLabels({}),
    projects: new resources.Projects({}),
    tokens: new resources.PersonalAccessTokens({}),
    users: new resources.Users({}),
  };
}

export type Client = ReturnType<typeof createClient>;

/** gitbeaker's types describe the bare answer; our requester wraps it (see `Envelope`). */
export async function envelopeOf(call: Promise<unknown>): Promise<Envelope> {
  return (await call) as Envelope;
}

/** @throws GatewayError naming the endpoint and each field that is missing or of a wrong type, never its value */
export function parseOne<S extends z.ZodType>(schema: S, { data, status, route }: Envelope): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new GatewayError('unexpected-response', misfit(route.endpoint, result.error), {
    status,
    outcome: route.endpoint.startsWith('GET') ? 'not-done' : 'unknown',
  });
}

/** `GitLab's answer to GET /user does not have the expected shape: field "id": expected int, received string.` */
export function misfit(endpoint: string, error: z.ZodError): string {
  const fields = error.issues.slice(0, 3).map(({ path, message }) => {
    const name = path.map(String).join('.');
    return `${name === '' ? 'the whole answer' : `field "${name}"`}: ${message.replace(/^Invalid input: /, '')}`;
  });
  return `GitLab's answer to ${endpoint} does not have the expected shape: ${fields.join('; ')}. Its version may not be supported; please report this.`;
}
