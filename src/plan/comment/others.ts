import type { Issue } from '../../model/issue.ts';
import { storedForm } from '../../model/nudge-note.ts';
import type { Phrases } from '../../model/phrases.ts';
import { decodeMarker, encodeMarker, type Others, withoutMarker } from '../marker.ts';
import { issueLinks } from '../ping-note.ts';
import { createVoice, type Voice } from './voice.ts';

/**
 * The line of a first comment that names other KRs of its people, as links. It says how things were then, and goes as
 * soon as the comment has something else to say.
 */
export function othersLine(
  others: Others | undefined,
  issue: Pick<Issue, 'ref' | 'url'>,
  voice: Voice,
): string[] {
  if (others === undefined || others.refs.length === 0) return [];
  const links = issueLinks(others.refs.map((ref) => ({ ref, url: addressOf(ref, issue) })));
  const issues = others.more === 0 ? links : voice.say('others-more', { issues: links, count: others.more });
  return [voice.say('others', { issues })];
}

/** A first comment, as it was planned, with that line. */
export function withOthers(
  body: string,
  others: Others,
  {
    issue,
    phrases,
    policyId,
  }: { issue: Pick<Issue, 'ref' | 'url'>; phrases?: Phrases | undefined; policyId: string },
): string {
  const state = decodeMarker(body);
  const line = othersLine(others, issue, createVoice(phrases));
  if (state === null || line.length === 0) return body;
  const text = [withoutMarker(body).trimEnd(), ...line].join('\n\n').replace(/^\/(?=\S)/gm, ' /');
  return storedForm(`${text}\n\n${encodeMarker({ ...state, others }, policyId)}`);
}

/** On the same GitLab as the issue; '' where that cannot be told. */
function addressOf(ref: string, issue: Pick<Issue, 'ref' | 'url'>): string {
  const [path = '', iid = ''] = ref.split('#');
  const own = `/${issue.ref.split('#')[0] ?? ''}/`;
  const at = issue.url.indexOf(own);
  return at === -1 ? '' : `${issue.url.slice(0, at)}/${path}/-/issues/${iid}`;
}
