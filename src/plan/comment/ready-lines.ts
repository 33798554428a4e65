import type { Finding } from '../../model/finding.ts';
import { collapsed } from '../../text/words.ts';

/** A longer title GitLab refuses. */
const TITLE = 255;

/** GitLab's own commands for what is certain: the due date, the assignee and the title of the issue. */
export function readyLines(findings: readonly Finding[]): string[] {
  const valueOf = (field: string): string | null => {
    for (const { proposals = [] } of findings)
      for (const proposal of proposals)
        if (proposal.field === field && proposal.value !== null) return proposal.value;
    return null;
  };
  const commands = [
    ['/due', valueOf('issue-due-date')],
    ['/assign', valueOf('assignees')],
    ['/title', valueOf('title')],
  ] as const;
  return commands.flatMap(([command, value]) => {
    const line = value === null ? '' : collapsed(value);
    return line === '' || line.length > TITLE ? [] : [`${command} ${line}`];
  });
}
