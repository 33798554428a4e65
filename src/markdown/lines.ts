/** Offsets in the source. */
export interface Range {
  start: number;
  end: number;
}

/**
 * GitLab's quick actions: doc/user/project/quick_actions.md. A line that begins with one of them is an order to
 * GitLab, not content.
 */
const quickActions = new Set(
  (
    'add_child add_contacts add_email approve assign assign_reviewer award blocked_by blocks board_move cc ' +
    'child_of checkin_reminder clear_health_status clear_weight clone close confidential convert_to_ticket ' +
    'copy_metadata create_merge_request done draft due duplicate epic estimate health_status iteration label ' +
    'labels link linked_items lock merge milestone move page parent parent_epic progress promote promote_to ' +
    'promote_to_incident publish quick_actions ready reassign reassign_reviewer rebase relabel relate ' +
    'remove_child remove_child_epic remove_contacts remove_due_date remove_email remove_epic remove_estimate ' +
    'remove_iteration remove_milestone remove_parent remove_parent_epic remove_time_estimate remove_time_spent ' +
    'remove_timeline remove_zoom reopen request_changes request_review resolve_thread set_parent severity ship shrug spend ' +
    'spend_time start_date status submit_review subscribe summarize_diff tableflip tag target_branch timeline ' +
    'title todo type unapprove unassign unassign_reviewer undraft unlabel unlink unlock unsubscribe weight zoom'
  ).split(' '),
);

const quickActionPattern = /^\/([a-z_]{2,30})(?=[\s~@%#:"&$]|$)/;

/** Whether a line is a quick action. */
export function isQuickAction(line: string): boolean {
  if (!line.startsWith('/')) return false;
  const name = quickActionPattern.exec(line)?.[1];
  return name !== undefined && quickActions.has(name);
}

/** Whether a line asks for a table of contents: `[[_TOC_]]`, `[TOC]`. */
export const isTableOfContents = (line: string): boolean =>
  /^(?:\[\[_{0,2}TOC_{0,2}\]\]|\[TOC\])$/i.test(line);

const fencePattern = /^ {0,3}(`{3,}|~{3,})/;
const quoteFence = /^>>>[ \t]*$/;

/** GitLab's multi-line quotes: from a line `>>>` to the next one. One that is never closed is none. */
export function multilineQuotes(source: string): Range[] {
  if (!source.includes('>>>')) return [];
  const ranges: Range[] = [];
  let opened: number | null = null;
  let fence: string | null = null;
  let at = 0;
  while (at < source.length) {
    const end = lineEnd(source, at);
    const line = source.slice(at, Math.min(end, at + 200));
    const marker = fencePattern.exec(line)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence) === true && line.trim() === marker) fence = null;
    } else if (marker !== undefined) fence = marker;
    else if (quoteFence.test(line)) {
      if (opened === null) opened = at;
      else {
        ranges.push({ start: opened, end });
        opened = null;
      }
    }
    at = end + 1;
    if (source[end] === '\r' && source[at] === '\n') at += 1;
  }
  return ranges;
}

function lineEnd(source: string, from: number): number {
  const newline = source.indexOf('\n', from);
  const end = newline === -1 ? source.length : newline;
  return end > from && source[end - 1] === '\r' ? end - 1 : end;
}
