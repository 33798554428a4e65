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
    for (const [offset, found] of commandsIn(lines.slice(start, end + 1))) {
      const line = start + offset;
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
 * The commands of a paragraph, by line. GitLab walks it from the front and passes over what is between two
 * back-ticks, and what is between a line that is one tag and a later line that is a closing tag.
 */
function commandsIn(lines: string[]): [number, Command][] {
  const text = lines.join('\n');
  const closers = nextClosers(lines);
  const found: [number, Command][] = [];
  let line = 0;
  let at = 0;
  let column = 0;
  while (line < lines.length) {
    const content = lines[line] ?? '';
    const command = column === 0 ? commandIn(content) : null;
    const closer = column === 0 && /^<[^>]+>$/.test(content) ? (closers[line + 2] ?? -1) : -1;
    const tick = command || closer > 0 ? -1 : content.indexOf('`', column);
    // Between the two back-ticks is at least one character.
    const end = tick < 0 ? -1 : text.indexOf('`', at - column + tick + 2);
    if (command) found.push([line, command]);
    if (end < 0) {
      const next = closer > 0 ? closer + 1 : line + 1;
      for (at -= column; line < next; line++) at += (lines[line] ?? '').length + 1;
      column = 0;
      continue;
    }
    for (at -= column; at + (lines[line] ?? '').length <= end; line++) at += (lines[line] ?? '').length + 1;
    column = end + 1 - at;
    at = end + 1;
  }
  return found;
}

/** For each line the next one, itself included, that is a closing tag; -1 where none follows. */
function nextClosers(lines: string[]): number[] {
  const next: number[] = [];
  let closer = -1;
  for (let line = lines.length - 1; line >= 0; line--) {
    if (/^<\/[^>]+>$/.test(lines[line] ?? '')) closer = line;
    next[line] = closer;
  }
  return next;
}

/** Case is folded as Ruby folds it: the long s is an s. A name so spelt is cut out, though it does nothing. */
function commandIn(line: string): Command | null {
  const match = /^\/([a-z_]+)(?: (.*))?$/iu.exec(line.trimEnd());
  const name = (match?.[1] ?? '').toLowerCase();
  const known = name.replaceAll('\u017F', 's');
  if (!match || !(commandNames.has(known) || known in substitutions)) return null;
  return { name, argument: (match[2] ?? '').trim() };
}
