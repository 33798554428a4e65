import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const processor = unified().use(remarkParse).use(remarkGfm).freeze();

/** What every reader of Markdown has to pay: the yardstick for our own cost. */
export function remark(text: string): unknown {
  return processor.parse(text);
}
