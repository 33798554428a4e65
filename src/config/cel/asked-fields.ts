import type { ASTNode } from '@marcbachmann/cel-js';
import { unknownField } from './advice.ts';
import { type ExpressionProblem, nodesOf, type RunnableNode } from './guard.ts';
import { celTypes } from './types.ts';

/**
 * Fields that `has()` asks for and no document can have. The library checks fields everywhere but there, so a slip of
 * the pen would make a rule that never says anything.
 * @param root checked, so that the types of names are known
 */
export function* unknownFieldsIn(root: ASTNode): Iterable<ExpressionProblem> {
  for (const { op, args } of nodesOf(root as unknown as RunnableNode)) {
    if (op !== 'call') continue;
    const [name, asked] = args as [string, RunnableNode[]];
    if (name !== 'has') continue;
    const fields: RunnableNode[] = [];
    let left = asked[0];
    for (; left?.op === '.'; left = (left.args as [RunnableNode, string])[0]) fields.unshift(left);
    let type = left?.checkedType?.name;
    for (const field of fields) {
      const known = celTypes[type ?? ''];
      const [, wanted] = field.args as [RunnableNode, string];
      type = known?.[wanted];
      if (type !== undefined) continue;
      const start = field.end - wanted.length;
      yield { code: 'cel-type', start, end: field.end, ...unknownField(wanted, Object.keys(known ?? {})) };
      break;
    }
  }
}
