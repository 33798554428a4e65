import type { HiddenText } from '../../model/document.ts';

/** Said of a section of which nothing is to be seen: where its text is. */
export const inComment = (hidden: HiddenText | undefined): string => {
  if (hidden === undefined) return '';
  return hidden.closed
    ? ': there is text in a comment, which GitLab does not show'
    : ': it is hidden in a comment that is never closed with -->';
};
