import { expect, test } from '@jest/globals';
import { kr, milestone } from './helpers.ts';

test.each<[string, string]>([
  ['- [ ] /close the gap between teams Due Date: 2026-12-04 DRI: @ann', '/close the gap between teams'],
  ['- /due diligence is done', '/due diligence is done'],
  ['- [ ] /label the boxes', '/label the boxes'],
  ['/label ~KR\n- [ ] /assign a host to each rack', '/assign a host to each rack'],
])('an item that begins with a slash word is an item: %j', (text, description) => {
  expect(milestone(text).description).toBe(description);
});

test.each<[string, string]>([
  ['x\n/close\ny', 'x\ny'],
  ['/due 2026-12-04\nx', 'x'],
  ['x\r\n/label ~KR\r\n', 'x'],
  ['x\n/etc/hosts is gone', 'x\n/etc/hosts is gone'],
  ['\\/close', '/close'],
  ['> [!note]\n> /close the gap', '/close the gap'],
])('a quick action begins a line of the source: %j', (text, objective) => {
  expect(kr(`## Objective\n${text}\n`).objective.text).toBe(objective);
});
