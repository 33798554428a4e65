import type { Text } from 'mdast';
import type { CompileContext, Extension, Token } from 'mdast-util-from-markdown';

declare module 'mdast' {
  interface TextData {
    /** Written as `\\@` or `&commat;`. */
    escaped?: boolean;
  }
}

/** One text node for each token, so that every character's place in the source is known; escaped ones are marked. */
export const onePerToken: Extension = {
  enter: {
    collapseLine(token) {
      this.enter({ type: 'html', value: '' }, token);
    },
    data(token) {
      open(this, token, {});
    },
    characterEscape(token) {
      open(this, token, { escaped: true });
    },
    characterReference(token) {
      open(this, token, { escaped: true });
    },
  },
  exit: {
    collapseLine(token) {
      (this.stack.at(-1) as { value: string }).value = this.sliceSerialize(token);
      this.exit(token);
    },
    characterEscape(token) {
      close(this, token);
    },
    characterEscapeValue(token) {
      (this.stack.at(-1) as Text).value = this.sliceSerialize(token);
    },
    lineEnding(token) {
      const { data } = this;
      if (data.atHardBreak === true) data.atHardBreak = undefined;
      else if (
        data.setextHeadingSlurpLineEnding !== true &&
        this.config.canContainEols.includes(this.stack.at(-1)?.type ?? '')
      ) {
        open(this, token, {});
        (this.stack.at(-1) as Text).value = '\n';
        close(this, token);
      }
    },
  },
};

function open(context: CompileContext, { start }: Token, data: NonNullable<Text['data']>): void {
  const node: Text = { type: 'text', value: '', data, position: { start, end: start } };
  (context.stack.at(-1) as { children: Text[] }).children.push(node);
  context.stack.push(node);
}

function close(context: CompileContext, { end }: Token): void {
  const node = context.stack.pop() as Text;
  if (node.position !== undefined) node.position.end = end;
}
