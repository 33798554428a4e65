import { html } from 'hono/html';
import { issueUrl } from '../world/entities.ts';
import type { Issue, Project, World } from '../world/types.ts';
import { type Html, page, pills } from './layout.ts';

const shown = 200;

/** All projects with their issues, newest first. */
export function indexPage(world: World): Html {
  const projects = [...world.projects.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const content = html`<h1>Projects and issues</h1>
<p class="soft">A small GitLab for trying things out. Its API is at <code>${world.origin}/api/v4</code>; nothing here is real.</p>
${projects.map((project) => projectSection(world, project))}`;
  return page('Sandbox', html`Sandbox`, content);
}

/** One project with its issues. */
export function projectPage(world: World, project: Project): Html {
  const crumbs = html`<a href="/">Sandbox</a> / ${project.path}`;
  return page(project.path, crumbs, projectSection(world, project));
}

function projectSection(world: World, project: Project): Html {
  const issues = [...project.issues.values()].sort((a, b) => b.iid - a.iid);
  const hidden = issues.length - shown;
  return html`<h2 class="section"><a href="/${project.path}">${project.path}</a>
${project.archived ? html`<span class="badge warn">archived</span>` : ''}
${project.issuesEnabled ? '' : html`<span class="badge warn">issues off</span>`}</h2>
<ul class="issues card">${issues.slice(0, shown).map((issue) => issueRow(world, project, issue))}
${hidden > 0 ? html`<li class="soft">and ${String(hidden)} older ones</li>` : ''}
${issues.length === 0 ? html`<li class="soft">no issues</li>` : ''}</ul>`;
}

function issueRow(world: World, project: Project, issue: Issue): Html {
  const names = issue.assigneeIds.map((id) => `@${world.users.get(id)?.username ?? id}`).join(' ');
  const comments = issue.userNotesCount === 1 ? '1 comment' : `${issue.userNotesCount} comments`;
  const details = [
    `#${issue.iid}`,
    ...(issue.type === 'issue' ? [] : [issue.type]),
    ...(issue.confidential ? ['confidential'] : []),
    names || 'no one assigned',
    issue.dueDate === null ? 'no due date' : `due ${issue.dueDate}`,
    comments,
  ];
  const path = issueUrl(world, project, issue).slice(world.origin.length);
  return html`<li><a class="title ${issue.state === 'closed' ? 'closed-title' : ''}" href="${path}">${issue.title}</a>
<span class="badge ${issue.state}">${issue.state === 'opened' ? 'Open' : 'Closed'}</span>
<div>${pills(world, issue)}</div><div class="soft">${details.join(' · ')}</div></li>`;
}
