import { expect, test } from '@jest/globals';
import { ahead } from '../../src/scan/ahead.ts';

test('streams are read in their order, with the first item of the next ones on its way', async () => {
  const log: string[] = [];
  async function* open(name: string): AsyncGenerator<string> {
    log.push(`asked ${name}`);
    for (const part of [1, 2]) yield await Promise.resolve(`${name}${part}`);
  }
  for await (const { source, items } of ahead(['a', 'b', 'c', 'd'], open, 3)) {
    log.push(`turn ${source}`);
    for await (const item of items) log.push(item);
  }
  expect(log.slice(0, 6)).toEqual(['asked a', 'asked b', 'asked c', 'turn a', 'a1', 'a2']);
  expect(log.filter((line) => line.length === 2)).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1', 'd2']);
});

test('a stream that fails is told in its turn, and does not stop the others', async () => {
  async function* open(name: string): AsyncGenerator<string> {
    if (name === 'b') throw new Error('gone');
    yield await Promise.resolve(name);
  }
  const seen: string[] = [];
  for await (const { source, items } of ahead(['a', 'b', 'c'], open, 3)) {
    try {
      for await (const item of items) seen.push(item);
    } catch (error) {
      seen.push(`${source}: ${(error as Error).message}`);
    }
  }
  expect(seen).toEqual(['a', 'b: gone', 'c']);
});

test('what was begun is ended when no one reads on', async () => {
  const ended: string[] = [];
  async function* open(name: string): AsyncGenerator<string> {
    try {
      yield await Promise.resolve(name);
      yield name;
    } finally {
      ended.push(name);
    }
  }
  for await (const { items } of ahead(['a', 'b', 'c'], open, 3)) {
    await items.next();
    break;
  }
  await Promise.resolve();
  expect(ended.toSorted()).toEqual(['b', 'c']);
});
