import { topLevelParagraphs } from './markdown.ts';

/** Commands that are known for issues; a known one is cut from the text whether or not it takes effect. */
const commandNames = new Set(
  [
    'close reopen label labels unlabel remove_label relabel assign unassign remove_assignee reassign due in_due_date',
    'remove_due_date title confidential lock unlock todo done subscribe unsubscribe milestone remove_milestone weight',
    'clear_weight estimate estimate_time remove_estimate remove_time_estimate spend spent spend_time remove_time_spent',
    'award react move clone duplicate copy_metadata relate unlink blocks blocked_by health_status clear_health_status',
    'epic remove_epic promote promote_to promote_to_incident iteration remove_iteration type create_merge_request zoom',
    'remove_zoom severity timeline invite_email add_child remove_child set_parent remove_parent add_contacts',
    'remove_contacts add_email remove_email convert_to_ticket page publish link checkin_reminder board_move tag merge',
    'draft ready rebase approve unapprove submit_review request_review assign_reviewer target_branch attention',
    'request_changes reassign_reviewer unassign_reviewer remove_reviewer ship',
  ]
    .join(' ')
    .split(' '),
);
const substitutions: Record<string, string> = { shrug: '¯\\＿(ツ)＿/¯', tableflip: '(╯°□°)╯︵ ┻━┻' };

export interface Command {
  name: string;
  argument: string;
}

/**
 * Splits a text into what is stored and the commands in it. Commands count in top-level paragraphs only, with the slash
 * in the first column; carriage returns and trailing blanks are lost either way
 * (lib/gitlab/quick_actions/extractor.rb, lib/banzai/filter/quick_action_filter.rb).
 */
export function extractCommands(source: string): { text: string; commands: Command[] } {
  const text = source.replaceAll('\r', '');
  if (!/^\//m.test(text)) return { text: text.trimEnd(), commands: [] };
  const lines = text.split('\n');
  const commands: Command[] = [];
  const dropped = new Set<number>();
  for (const { start, end } of topLevelParagraphs(text)) {
    const excluded = excludedLines(lines.slice(start, end + 1));
    for (let line = start; line <= end; line++) {
      const found = excluded[line - start] ? null : commandIn(lines[line] ?? '');
      if (!found) continue;
      const replacement = substitutions[found.name];
      if (replacement === undefined) {
        dropped.add(line);
        // A command takes the blank line after its paragraph with it.
        if (line === end && lines[end + 1] === '') dropped.add(end + 1);
      } else lines[line] = `${found.argument} ${replacement}`.trim();
      commands.push(found);
    }
  }
  const kept = lines.filter((_, index) => !dropped.has(index)).join('\n');
  return { text: kept.trimEnd(), commands };
}

/**
 * Which lines of a paragraph GitLab passes over: those that begin within back-ticks, or between a line that is one tag
 * and the next line that is a closing tag (the extractor's own exclusions, walked in one pass).
 */
function excludedLines(lines: string[]): boolean[] {
  const closers = lines.map((line) => /^<\/[^>]+>$/.test(line));
  const excluded = lines.map(() => false);
  let inCode = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (inCode) excluded[index] = true;
    else if (/^<[^>]+>$/.test(line)) {
      const end = closers.indexOf(true, index + 2);
      if (end > 0) {
        excluded.fill(true, index, end + 1);
        index = end;
        continue;
      }
    }
    inCode = codeGoesOn(line, inCode, () => lines.slice(index + 1).some((later) => later.includes('`')));
  }
  return excluded;
}

/** Whether a code span is open at the end of a line; one that is never closed is none. */
function codeGoesOn(line: string, open: boolean, closesLater: () => boolean): boolean {
  const ticks = line.split('`').length - 1;
  if (ticks === 0) return open;
  const odd = ticks % 2 === 1;
  return odd === open ? false : closesLater();
}

function commandIn(line: string): Command | null {
  const match = /^\/([a-z_]+)(?: (.*))?$/i.exec(line.trimEnd());
  const name = (match?.[1] ?? '').toLowerCase();
  if (!match || !(commandNames.has(name) || name in substitutions)) return null;
  return { name, argument: (match[2] ?? '').trim() };
}
