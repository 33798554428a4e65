/** Words for a request, for the reader of the job log. The endpoint is the path below `/api/v4/`. */
export interface Route {
  /** `the comments of issue #3 of project 7` */
  thing: string;
  /** `read the comments of issue #3 of project 7` */
  deed: string;
  /** `GET /projects/7/issues/3/notes`: never with a query, which may hold foreign text. */
  endpoint: string;
}

const VERBS: Record<string, string> = { GET: 'read', POST: 'create', PUT: 'change', DELETE: 'delete' };

/** @param nameOf the path of a project by its numeric id, when it is known */
export function describeRoute(
  method: string,
  path: string,
  nameOf: (projectId: string) => string | undefined = () => undefined,
): Route {
  const parts = path.split('/').map(decode);
  const thing = thingOf(method, parts, nameOf);
  return { thing, deed: `${VERBS[method] ?? method} ${thing}`, endpoint: `${method} /${path}` };
}

function thingOf(
  method: string,
  [kind, id = '', part, iid = '', sub, subId, below]: string[],
  nameOf: (projectId: string) => string | undefined,
): string {
  if (kind === 'user') return "the token's own user";
  if (kind === 'personal_access_tokens') return "the token's scopes and expiry date";
  if (kind === 'groups' && part === 'epics') {
    const epic = `epic &${iid} of group ${id}`;
    return sub === 'issues' ? `the issues of ${epic}` : epic;
  }
  if (kind === 'groups' && part === '-') {
    const item = `work item ${sub} of group ${id}`;
    return subId === 'children' ? `the children of ${item}` : item;
  }
  if (kind === 'groups' && part === 'projects') return `the projects of group ${id}`;
  if (kind === 'groups') return part === 'issues' ? `the issues of group ${id}` : `group ${id}`;
  if (kind !== 'projects') return 'an unnamed part of the API';
  const name = nameOf(id);
  const project = name === undefined ? `project ${id}` : `project ${name}`;
  if (part === undefined) return project;
  if (part === 'members') return `the members of ${project}`;
  if (part === 'labels') return `the labels of ${project}`;
  if (part === 'merge_requests') return `the comments of merge request !${iid} of ${project}`;
  if (part !== 'issues') return `a part of ${project}`;
  if (iid === '') return method === 'POST' ? `an issue in ${project}` : `the issues of ${project}`;
  const issue = `issue #${iid} of ${project}`;
  if (sub === 'resource_label_events') return `the label events of ${issue}`;
  if (sub === 'resource_state_events') return `the state events of ${issue}`;
  if (sub !== 'notes') return issue;
  if (below === 'award_emoji') return `the reactions to comment ${subId} on ${issue}`;
  if (subId !== undefined) return `comment ${subId} on ${issue}`;
  return method === 'POST' ? `a comment on ${issue}` : `the comments of ${issue}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
