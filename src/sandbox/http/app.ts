import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errors } from '../world/errors.ts';
import { ApiError, type World } from '../world/types.ts';
import { authenticate, requireScope } from './auth.ts';
import type { Handler } from './context.ts';
import { addBody, type Params, queryParams } from './params.ts';
import { createRateLimits, type RateLimits } from './rate-limit.ts';
import type { Reply } from './reply.ts';
import { routes } from './routes.ts';

/** One request as the sandbox saw it. Token values are never kept. */
export interface RequestRecord {
  method: string;
  /** As sent, still encoded, without query. */
  path: string;
  query: string;
  /** The route that answered, as `/api/v4/projects/:id`, or null. */
  route: string | null;
  /** The parsed body of a write, or null. */
  body: Record<string, unknown> | null;
  /** What the client was told; 0 when no answer left the server. */
  status: number;
  /** Real time, in milliseconds since 1970. */
  at: number;
  /** User name behind the token, or null. */
  user: string | null;
  /** The fault that was played on this request, or null. */
  fault: string | null;
  /** False when a fault kept the request from being carried out. */
  served: boolean;
}

/** What the server hands to the application with each request. */
export interface ApiBindings {
  record: RequestRecord;
}

export function newRecord(method: string, url: string): RequestRecord {
  const [path = '', query = ''] = url.slice(url.indexOf('/', url.indexOf('://') + 3)).split(/\?(.*)/s);
  return {
    method,
    path,
    query,
    route: null,
    body: null,
    status: 0,
    at: Date.now(),
    user: null,
    fault: null,
    served: false,
  };
}

type Env = { Bindings: ApiBindings };

/** The API as a hono application. Every request fills in the record that it comes with. */
export function createApi(world: World): Hono<Env> {
  const app = new Hono<Env>();
  const limits = createRateLimits(world);
  for (const [method, path, handler] of routes) {
    app.on(method, `/api/v4${path}`, (context) => serve(context, world, limits, handler, path));
  }
  const nothing: Handler = () => {
    throw errors.noRoute();
  };
  app.all('/api/*', (context) => serve(context, world, limits, nothing, null));
  return app;
}

async function serve(
  context: Context<Env>,
  world: World,
  limits: RateLimits,
  handler: Handler,
  route: string | null,
): Promise<Response> {
  const { record } = context.env;
  const url = new URL(context.req.url);
  record.served = true;
  record.route = route === null ? null : `/api/v4${route}`;
  const body = record.method === 'GET' ? '' : await context.req.text();
  let limitHeaders: Record<string, string> = {};
  let reply: Reply;
  try {
    requireSize(world, context.req.url, body);
    const header = (name: string) => context.req.header(name) ?? null;
    const { actor, token } = authenticate(world, header, url.searchParams);
    record.user = actor.user?.username ?? null;
    const limited = limits.request(record.user ?? 'anonymous');
    limitHeaders = limited.headers;
    if (limited.refusal) reply = limited.refusal;
    else {
      if (route !== null) requireScope(token, record.method);
      const params = queryParams(url.searchParams);
      record.body = readBody(params, context, body);
      const path = (name: string) => context.req.param(name) ?? '';
      const { method, path: pathname } = record;
      reply = handler({ world, method, pathname, params, path, actor, token, header, limits });
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reply = { status: error.status, body: error.body, headers: error.headers };
  }
  record.status = reply.status;
  return respond(context, reply, limitHeaders);
}

function requireSize(world: World, url: string, body: string): void {
  if (url.length - url.indexOf('/', 8) > world.settings.maxUrlLength) {
    throw refused(414, 'Request-URI Too Large');
  }
  const limit = world.settings.maxBodyBytes;
  if (limit !== null && Buffer.byteLength(body) > limit) {
    throw refused(413, 'Request Entity Too Large');
  }
}

/** As the web server in front of GitLab does it. */
function refused(status: number, reason: string): ApiError {
  const page = `<html><head><title>${status} ${reason}</title></head></html>`;
  return new ApiError(status, page, { 'content-type': 'text/html' });
}

function readBody(params: Params, context: Context<Env>, body: string): Record<string, unknown> | null {
  if (body === '') return null;
  const alone: Params = new Map();
  addBody(alone, context.req.header('content-type') ?? '', body);
  for (const [key, value] of alone) params.set(key, value);
  return Object.fromEntries(alone);
}

function respond(context: Context<Env>, reply: Reply, extra: Record<string, string>): Response {
  const headers: Record<string, string> = { 'x-request-id': 'sandbox', ...extra, ...reply.headers };
  if (reply.body === null) return context.body(null, reply.status as 204, headers);
  const status = reply.status as ContentfulStatusCode;
  return typeof reply.body === 'string'
    ? context.body(reply.body, status, headers)
    : context.json(reply.body, status, headers);
}
