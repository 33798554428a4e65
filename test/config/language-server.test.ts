import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtInRulesDir } from '../../src/config/built-in.ts';

/** The server that editors use for YAML, spoken to over its standard streams. */
interface Server {
  request(method: string, params: object): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Waits for the diagnostics of a document. */
  diagnostics(uri: string): Promise<Diagnostic[]>;
  stop(): void;
}

interface Diagnostic {
  message: string;
  range: { start: { line: number; character: number } };
}

interface Message {
  id?: number;
  method?: string;
  params?: { uri?: string; diagnostics?: Diagnostic[]; items?: unknown[] };
  result?: unknown;
  error?: { message: string };
}

const require = createRequire(import.meta.url);
const bin = require.resolve('yaml-language-server/bin/yaml-language-server');

function startServer(): Server {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [bin, '--stdio']);
  const waiting = new Map<number, (message: Message) => void>();
  const published = new Map<string, (diagnostics: Diagnostic[]) => void>();
  let received = Buffer.alloc(0);
  let last = 0;
  const send = (message: object) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const receive = (message: Message) => {
    if (message.method === 'textDocument/publishDiagnostics') {
      published.get(message.params?.uri ?? '')?.(message.params?.diagnostics ?? []);
    } else if (message.method !== undefined && message.id !== undefined) {
      // What the server asks of an editor: settings for each item, else nothing.
      send({
        id: message.id,
        result:
          message.params?.items?.map(() => ({
            validate: true,
            hover: true,
            completion: true,
            schemaStore: { enable: false },
          })) ?? null,
      });
    } else if (message.id !== undefined) waiting.get(message.id)?.(message);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n/.exec(received.toString('latin1'));
      if (!head) return;
      const end = head[0].length + Number(head[1]);
      if (received.length < end) return;
      const body = received.subarray(head[0].length, end).toString('utf8');
      received = received.subarray(end);
      receive(JSON.parse(body) as Message);
    }
  });
  return {
    request: (method, params) => {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
        send({ id, method, params });
      });
    },
    notify: (method, params) => send({ method, params }),
    diagnostics: (uri) => new Promise((resolve) => published.set(uri, resolve)),
    stop: () => child.kill(),
  };
}

let server: Server;

beforeAll(async () => {
  server = startServer();
  const rootUri = pathToFileURL(builtInRulesDir).href;
  await server.request('initialize', {
    processId: process.pid,
    rootUri,
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        completion: { completionItem: { documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
      },
    },
    workspaceFolders: [{ uri: rootUri, name: 'rules' }],
  });
  server.notify('initialized', {});
  server.notify('workspace/didChangeConfiguration', {
    settings: { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } },
  });
});

afterAll(() => server.stop());

/** Opens a text as a file of our rules folder; `|` in it is the cursor. */
function open(
  name: string,
  marked: string,
): { uri: string; position: { line: number; character: number }; diagnostics: Promise<Diagnostic[]> } {
  const at = marked.indexOf('|');
  const before = marked.slice(0, Math.max(0, at)).split('\n');
  const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1);
  const uri = pathToFileURL(path.join(builtInRulesDir, name)).href;
  const diagnostics = server.diagnostics(uri);
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, diagnostics };
}

async function complete(name: string, marked: string): Promise<{ label: string; documentation?: unknown }[]> {
  const { uri, position } = open(name, marked);
  const result = (await server.request('textDocument/completion', { textDocument: { uri }, position })) as {
    items: { label: string; documentation?: unknown }[];
  };
  return result.items;
}

const policyHead = '# yaml-language-server: $schema=./schema/policy.json\n';
const krHead = '# yaml-language-server: $schema=./schema/kr.json\n';

describe('an editor with the YAML language server', () => {
  test('completes keys of policy.yml and explains them', async () => {
    const items = await complete('policy-a.yml', `${policyHead}select:\n  labels: [KR]\n  |`);
    const labels = items.map((item) => item.label);
    expect(labels).toEqual(expect.arrayContaining(['title', 'without-labels', 'confidential']));
    expect(JSON.stringify(items.find((item) => item.label === 'state'))).toContain(
      'Open issues, closed ones, or both.',
    );
  });

  test('completes rules, their options and severities', async () => {
    const rules = await complete('kr-a.yml', `${krHead}rules:\n  |`);
    expect(rules.map((item) => item.label)).toEqual(
      expect.arrayContaining(['require-objective', 'no-overdue-milestone', 'match-krs-per-dri']),
    );
    const options = await complete('kr-b.yml', `${krHead}rules:\n  require-okr-link:\n    options:\n      |`);
    expect(options.map((item) => item.label)).toEqual(
      expect.arrayContaining(['allowed-hosts', 'elsewhere', 'example']),
    );
    const severities = await complete('kr-c.yml', `${krHead}rules:\n  require-okr-link: |`);
    expect(severities.map((item) => item.label.replaceAll('"', ''))).toEqual(
      expect.arrayContaining(['off', 'info', 'warning', 'error']),
    );
  });

  test.each([
    [
      'an option',
      `${krHead}rules:\n  require-objective:\n    options:\n      min-le|ngth: 3\n`,
      'How many characters',
    ],
    ['a rule', `${krHead}rules:\n  require-obj|ective: error\n`, 'says what the KR is to achieve'],
    [
      'a key of its own',
      `${krHead}rules:\n  require-objective:\n    gra|ce: { new-issues: 3 }\n`,
      'keeps quiet',
    ],
  ])('shows what %s means', async (name, marked, words) => {
    const { uri, position } = open(`kr-hover-${name.replaceAll(' ', '-')}.yml`, marked);
    const hover = await server.request('textDocument/hover', { textDocument: { uri }, position });
    expect(JSON.stringify(hover)).toContain(words);
  });

  test('flags an unknown key and a wrong value, and nothing else', async () => {
    const found = await open(
      'kr-d.yml',
      `${krHead}rules:\n  require-objectiv: error\n  require-milestones:\n    severity: fatal\n    options: { min: 2 }\n`,
    ).diagnostics;
    expect(found.map((each) => each.range.start.line).sort((a, b) => a - b)).toEqual([2, 4]);
    expect(found.map((each) => each.message).join()).toContain('require-objectiv');
  });

  test('has nothing to say about a good file', async () => {
    expect(
      await open(
        'policy-b.yml',
        `${policyHead}extends: handbook\nsources:\n  - project: a/b\nselect: { age: { min-days: 1 } }\n`,
      ).diagnostics,
    ).toEqual([]);
  });
});
