import { Hono } from 'hono';
import type { Project, World } from '../world/types.ts';
import { indexPage, projectPage } from './index-page.ts';
import { issuePage } from './issue-page.ts';
import { labelStyles } from './layout.ts';
import { styleSheet } from './style.ts';

/** Nothing but our own style sheets may load: no script, no image, no frame, no form. */
const contentPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The pages for people. They show everything: the sandbox has no secrets. */
export function createWeb(world: World): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', contentPolicy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cache-Control', 'no-store');
  });
  app.get('/', (context) => context.html(indexPage(world)));
  app.get('/-/sandbox/style.css', (context) =>
    css(styleSheet, (text, headers) => context.body(text, 200, headers)),
  );
  app.get('/-/sandbox/labels.css', (context) =>
    css(labelStyles(world), (text, headers) => context.body(text, 200, headers)),
  );
  app.get('/:path{.+}/-/:kind{issues|work_items}/:iid{[0-9]+}', (context) => {
    const { path, iid } = context.req.param();
    const project = projectAt(world, path);
    const issue = project?.issues.get(Number(iid));
    return project && issue ? context.html(issuePage(world, project, issue)) : context.notFound();
  });
  app.get('/:path{.+}', (context) => {
    const project = projectAt(world, context.req.param('path'));
    return project ? context.html(projectPage(world, project)) : context.notFound();
  });
  app.notFound((context) => context.text('There is no such page in this sandbox. The list is at /', 404));
  return app;
}

function projectAt(world: World, path: string): Project | undefined {
  const entry = world.paths.get(path.toLowerCase());
  return entry?.kind === 'project' ? world.projects.get(entry.id) : undefined;
}

function css<T>(text: string, send: (text: string, headers: Record<string, string>) => T): T {
  return send(text, { 'content-type': 'text/css; charset=utf-8' });
}
