import { html, raw } from 'hono/html';
import type { Issue, Label, User, World } from '../world/types.ts';

export type Html = ReturnType<typeof html>;

/** One page. No script runs here, whatever a text contains: see the policy in web.ts. */
export function page(title: string, crumbs: Html, content: Html): Html {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/-/sandbox/style.css">
<link rel="stylesheet" href="/-/sandbox/labels.css">
</head>
<body><div class="page">
<nav class="crumbs">${crumbs}</nav>
${content}
</div></body>
</html>`;
}

/** Label colours, since the pages allow no inline styles. */
export function labelStyles(world: World): string {
  return [...world.labels.values()]
    .filter((label) => /^#[0-9a-f]{6}$/i.test(label.color))
    .map((label) => `.label-${label.id} { --label: ${label.color}; --ink: ${inkOn(label.color)}; }`)
    .join('\n');
}

/** Black or white, whichever is out (relative luminance, roughly). */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#1c1b22' : '#fff';
}

export function pill(label: Label): Html {
  const at = label.name.lastIndexOf('::');
  const [scope, value] = at > 0 ? [label.name.slice(0, at), label.name.slice(at + 2)] : [label.name, ''];
  return html`<span class="pill label-${String(label.id)}"><b>${scope}</b>${value ? html`<i>${value}</i>` : ''}</span>`;
}

export function pills(world: World, issue: Issue): Html[] {
  return issue.labelIds.flatMap((id) => world.labels.get(id) ?? []).map(pill);
}

export function person(user: User | undefined): Html {
  if (!user) return html`<span class="soft">someone</span>`;
  const bot = user.bot ? html` <span class="badge bot">bot</span>` : '';
  return html`<b>${user.name}</b> <span class="soft">@${user.username}</span>${bot}`;
}

export function initials(user: User | undefined): string {
  const words = (user?.name ?? '?').split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}

/** `21 Nov 2026, 20:55` in UTC. */
export function moment(at: number): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${date.toISOString().slice(11, 16)}`;
}

/** HTML that went through the sanitiser. */
export const trusted = raw;
