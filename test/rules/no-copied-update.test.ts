import { noCopiedUpdate } from '../../src/rules/no-copied-update.ts';
import { testRule } from './helpers.ts';

testRule(noCopiedUpdate);
