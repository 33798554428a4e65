import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { RequestRecord } from '../http/app.ts';
import type { SandboxState } from '../state.ts';
import type { ParsedFault } from './script.ts';
import { changeWorld } from './world-changes.ts';

export interface Wire {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

/** Plays one fault on one request. `proceed` has the server carry the request out. */
export async function playFault(
  fault: ParsedFault,
  wire: Wire,
  record: RequestRecord,
  state: SandboxState,
  proceed: () => Promise<Response>,
): Promise<Response> {
  record.fault = fault.kind === 'status' ? `status ${fault.status}` : fault.kind;
  if ('acted' in fault && fault.acted) await (await proceed()).text();
  switch (fault.kind) {
    case 'status':
      record.status = fault.status;
      return errorResponse(fault);
    case 'reset':
      record.status = 0;
      wire.incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'hang':
      record.status = 0;
      await new Promise((resolve) => wire.incoming.socket.once('close', resolve));
      return RESPONSE_ALREADY_SENT;
    case 'delay':
      await pause(fault.ms);
      return proceed();
    case 'drip':
      return drip(await proceed(), wire, fault.ms);
    case 'cut':
      return cut(await proceed(), wire);
    case 'malformed': {
      const response = await proceed();
      const body = await response.text();
      const headers = new Headers(response.headers);
      headers.delete('content-length');
      return new Response(body.slice(0, Math.floor(body.length / 2)), { status: response.status, headers });
    }
    case 'stale':
    case 'revoke-token':
    case 'remove-project':
    case 'archive-project':
    default:
      changeWorld(fault, record, wire.incoming, state);
      return proceed();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

const usual: Record<number, unknown> = {
  202: { commands_changes: {}, summary: ['Applied commands.'] },
  400: { message: '400 Bad request' },
  401: { message: '401 Unauthorized' },
  403: { message: '403 Forbidden' },
  404: { message: '404 Not found' },
  405: { error: '405 Not Allowed' },
  409: { message: '409 Conflict: Resource lock' },
  412: { message: '412 Precondition Failed' },
  422: {
    message: {
      error:
        'Your comment has been recognized as spam. Please, change the content or solve the reCAPTCHA to proceed.',
    },
  },
  500: { message: '500 Internal Server Error' },
};

const contentTypes = { json: 'application/json', text: 'text/plain', html: 'text/html; charset=utf-8' };

function errorResponse(fault: Extract<ParsedFault, { kind: 'status' }>): Response {
  const { status, body: given, retryAfter, location } = fault;
  const format = fault.format ?? (status === 429 ? 'text' : status in usual ? 'json' : 'html');
  const headers: Record<string, string> = {
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(location === undefined ? {} : { location }),
  };
  if (typeof given === 'string') {
    return new Response(given, { status, headers: { 'content-type': contentTypes[format], ...headers } });
  }
  if (given !== undefined) return Response.json(given, { status, headers });
  if (format === 'json') {
    const body = usual[status] ?? {
      message: { error: 'This endpoint has been requested too many times. Try again later.' },
    };
    return Response.json(body, { status, headers });
  }
  const words = status === 429 ? 'Retry later' : `GitLab is not responding (${status})`;
  const html = `<!DOCTYPE html>\n<html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
  headers['content-type'] = contentTypes[format];
  return new Response(format === 'html' ? html : words, { status, headers });
}

async function head(response: Response, outgoing: ServerResponse): Promise<Buffer> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  outgoing.writeHead(response.status, { ...headers, 'content-length': body.length });
  return body;
}

/** The head and half of the body, then nothing: the connection is closed. */
async function cut(response: Response, wire: Wire): Promise<Response> {
  const body = await head(response, wire.outgoing);
  const half = body.subarray(0, Math.floor(body.length / 2));
  await new Promise((resolve) => wire.outgoing.write(half, resolve));
  wire.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** The body in ten pieces, with pauses that add up to `ms`. */
async function drip(response: Response, wire: Wire, ms: number): Promise<Response> {
  const body = await head(response, wire.outgoing);
  const size = Math.max(1, Math.ceil(body.length / 10));
  for (let at = 0; at < body.length && !wire.outgoing.destroyed; at += size) {
    wire.outgoing.write(body.subarray(at, at + size));
    await pause(ms / 10);
  }
  wire.outgoing.end();
  return RESPONSE_ALREADY_SENT;
}
