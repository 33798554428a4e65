import { closeWhenDone } from '../../src/rules/close-when-done.ts';
import { testRule } from './helpers.ts';

testRule(closeWhenDone);
