import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';

export interface IssueReference {
  /** Numeric id or path. */
  project: string | number;
  iid: number;
}

/**
 * Reads `group/project#12`, `12#3` (numeric project) or an issue's URL; both `/-/issues/` and `/-/work_items/` occur
 * in `web_url`, by GitLab version.
 * @throws UsageError for anything else, or for an address of another GitLab than `gitlabUrl`
 */
export function parseIssueReference(text: string, gitlabUrl: string): IssueReference {
  const short = /^([^\s#]+)#(\d+)$/.exec(text);
  if (short !== null && !text.includes('://')) {
    const project = short[1] as string;
    return { project: /^\d+$/.test(project) ? Number(project) : project, iid: Number(short[2]) };
  }
  const base = `${gitlabUrl}/`;
  if (/^https?:\/\//.test(text)) {
    if (!text.startsWith(base)) {
      throw new UsageError(`${quoted(text)} is not on ${gitlabUrl}. Name that GitLab with --gitlab-url.`);
    }
    const url = /^(.+?)\/(?:-\/)?(?:issues|work_items)\/(\d+)\/?(?:[?#].*)?$/.exec(text.slice(base.length));
    const project = url === null ? null : decoded(url[1] as string);
    if (url !== null && project !== null) return { project, iid: Number(url[2]) };
  }
  throw new UsageError(
    `${quoted(text)} is not an issue. Write it as group/project#12, or paste the issue's address.`,
  );
}

/** The path in an address; null where an escape in it is broken. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
