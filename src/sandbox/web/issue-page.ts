import { html } from 'hono/html';
import { issueUrl } from '../world/entities.ts';
import { projectAt } from '../world/namespaces.ts';
import type { Issue, Note, Notice, Project, World } from '../world/types.ts';
import { type Html, initials, moment, page, person, pills, trusted } from './layout.ts';
import { type References, renderMarkdown } from './render-markdown.ts';

/** An issue with its description and comments, as people see them. */
export function issuePage(world: World, project: Project, issue: Issue): Html {
  const references = referencesIn(world, project);
  const description = issue.description?.trim()
    ? trusted(renderMarkdown(issue.description, references))
    : html`<p class="soft">No description.</p>`;
  const crumbs = html`<a href="/">Sandbox</a> / <a href="/${project.path}">${project.path}</a> / #${String(issue.iid)}`;
  const content = html`
<h1>${issue.title}</h1>
${badges(issue)}
${facts(world, issue)}
<article class="card text markdown">${description}</article>
<h2 class="section">Activity</h2>
${activity(world, issue, references)}`;
  return page(`${issue.title} · ${project.path}#${issue.iid}`, crumbs, content);
}

function badges(issue: Issue): Html {
  const marks = [
    ...(issue.confidential ? ['confidential'] : []),
    ...(issue.discussionLocked ? ['discussion locked'] : []),
    ...(issue.type === 'issue' ? [] : [issue.type.replaceAll('_', ' ')]),
    ...(issue.movedToId === null ? [] : ['moved']),
  ];
  return html`<p><span class="badge ${issue.state}">${issue.state === 'opened' ? 'Open' : 'Closed'}</span>
${marks.map((mark) => html`<span class="badge warn">${mark}</span> `)}</p>`;
}

function facts(world: World, issue: Issue): Html {
  const milestone = world.milestones.get(issue.milestoneId ?? -1)?.title;
  const assignees = issue.assigneeIds.map((id) => html`${person(world.users.get(id))} `);
  const none = html`<span class="soft">none</span>`;
  return html`<dl class="facts">
<dt>Author</dt><dd>${person(world.users.get(issue.authorId))} <span class="soft">on ${moment(issue.createdAt)}</span></dd>
<dt>Assignee</dt><dd>${assignees.length > 0 ? assignees : none}</dd>
<dt>Due date</dt><dd>${issue.dueDate ?? none}</dd>
${milestone === undefined ? '' : html`<dt>Milestone</dt><dd>${milestone}</dd>`}
<dt>Labels</dt><dd>${issue.labelIds.length > 0 ? pills(world, issue) : none}</dd>
</dl>`;
}

/** Threads stay together, at the place of their first note. */
function activity(world: World, issue: Issue, references: References): Html | Html[] {
  if (issue.notes.length === 0) return html`<p class="soft">Nothing yet.</p>`;
  const threads = new Map<string, Note[]>();
  for (const note of issue.notes) {
    const thread = threads.get(note.discussionId);
    if (thread) thread.push(note);
    else threads.set(note.discussionId, [note]);
  }
  return [...threads.values()].flat().map((note, index, all) => {
    const reply = all[index - 1]?.discussionId === note.discussionId;
    return note.system ? systemNote(world, note, references) : comment(world, note, reply, references);
  });
}

function systemNote(world: World, note: Note, references: References): Html {
  const body = trusted(renderMarkdown(note.body, references));
  return html`<div class="system markdown">${person(world.users.get(note.authorId))} ${body}</div>`;
}

function comment(world: World, note: Note, reply: boolean, references: References): Html {
  const author = world.users.get(note.authorId);
  const classes = `note${reply ? ' reply' : ''}${note.internal ? ' internal' : ''}`;
  return html`<section class="${classes}" id="note_${String(note.id)}">
<div class="avatar" aria-hidden="true">${initials(author)}</div>
<div class="card">
<header>${person(author)} <span class="soft">· ${moment(note.createdAt)}${
    note.updatedAt > note.createdAt ? ' · edited' : ''
  }</span>${note.internal ? html` <span class="badge warn">internal</span>` : ''}${
    note.resolvedAt === null ? '' : html` <span class="badge opened">resolved</span>`
  }</header>
<div class="text markdown">${trusted(renderMarkdown(note.body, references))}</div>
${heard(world, note)}
</div></section>`;
}

/** Who a comment reached: what a rule author wants to know and no real page tells. */
function heard(world: World, note: Note): Html | string {
  const names = (notices: Notice[]) =>
    [...new Set(notices.filter((notice) => notice.noteId === note.id).map((notice) => notice.userId))]
      .map((id) => `@${world.users.get(id)?.username ?? id}`)
      .join(', ');
  const mails = names(world.mails);
  const todos = names(world.todos);
  if (!mails && !todos) return '';
  return html`<footer>${mails ? `Mail to ${mails}. ` : ''}${todos ? `To-do for ${todos}.` : ''}</footer>`;
}

function referencesIn(world: World, project: Project): References {
  return {
    mention: (name) => {
      const key = name.toLowerCase();
      if (key === 'all') return world.settings.disableAllMention ? null : 'Everybody in the parent group';
      const entry = world.paths.get(key);
      if (entry?.kind === 'group') return `Group ${world.groups.get(entry.id)?.name}`;
      return world.userByName.get(key)?.name ?? null;
    },
    issue: (path, iid) => {
      const home = path === null ? project : projectAt(world, path);
      const issue = home?.issues.get(iid);
      return home && issue ? issueUrl(world, home, issue).slice(world.origin.length) : null;
    },
  };
}
