/**
 * Every fixed sentence of a comment. `{name}` is filled in; a text may leave placeholders out and order them as its
 * language wants, but hold no others. A team replaces them in `comment.yml`, or chooses another language; these are the
 * English ones. Foreign text is escaped where it is filled in, so that a phrase is Markdown of ours or of the team.
 */
export const englishPhrases = {
  hello: 'Hello {people}, ',
  'hello-all': 'Hello, ',
  opening: '{hello}in this {noun} {points}:',
  'open-one': 'one point is still open',
  'open-many': '{count} points are still open',
  'recommended-one': 'one is recommended',
  'recommended-many': '{count} are recommended',
  'open-and-recommended': '{open}, and {recommended}',
  'look-one': 'one point needs a look',
  'look-many': '{count} points need a look',
  'blank-template':
    '{hello}this is still the blank template: please replace its placeholders with your own words.',
  'empty-description': '{hello}the description is still empty: please fill in the template.',
  besides: 'Apart from that {points}:',
  and: 'and',
  or: 'or',
  'in-column': 'in the column {column}',
  'in-new-column': 'in a column {column}',
  'folded-one': 'One more point',
  'folded-many': '{count} more points',
  hidden: '…and {count} more, which will appear once these are fixed.',
  times: '{message} ({count} times)',
  quoted: '{message} It says: {quote}.',
  why: 'Why?',
  update: 'About the update in {comment}',
  'this-comment': 'this comment',
  milestone: 'Milestone {number}',
  fixed: '✅ Fixed: {points}.',
  'fixed-other-one': 'one other point',
  'fixed-other-many': '{count} other points',
  done: '✅ Nothing left to do: everything that is asked for is in place. Thank you!',
  'done-unasked': '✅ Nothing left to do: everything that is asked for is in place.',
  'all-accepted': '✅ Nothing left to do: what is still open was accepted.',
  'left-closed': '🏁 This {noun} is closed, so nothing is asked here any more.',
  'left-unselected': '🏁 I no longer look after this issue, so nothing is asked here any more.',
  'corrected-lines': 'Corrected lines to copy',
  'update-draft': 'An update to copy: choose the status, write a line, answer or delete the questions',
  'check-in-draft': 'A check-in to copy, made from the updates of its Key Results: choose the status',
  'ready-lines': 'Or copy this into a new comment, and GitLab does it:',
  snoozed: '💤 No reminders until {until}, as {who} asked{because}. To end that, delete {comment}.',
  waived: '🤝 {rule} is accepted {until}, as {who} asked{because}. To undo, write {command}.',
  'waived-until': 'until {until}',
  'waived-always': 'without an end',
  because: ': {reason}',
  'the-comment': 'The comment',
  'that-comment': 'that comment',
  unwaived: '↩️ {rule} counts again, as {who} asked in {comment}.',
  rechecked: '👀 I looked again, as {who} asked in {comment}.',
  refused: '❔ {who}, {comment} had no effect: {reason}. Write {command} for what I understand.',
  'and-more-answers': '…and {count} more answers in force.',
  'changed-due-date':
    '🔧 I set the due date of this issue to {value}, the date of the final milestone. To undo, set it again.',
  'changed-assignee':
    '🔧 I assigned this issue to {value}, the DRI of its milestones. To undo, assign someone else.',
  'changed-text':
    '🔧 I removed leftovers of the template from the description. To undo, see its history under “edited”.',
  others: 'When this was written, more of yours had open points: {issues}.',
  'others-more': '{issues} and {count} more',
  'ping-reminder': '⏰ {people}: {points} in this {noun} since {since}.',
  'ping-open-one': 'one point has been open',
  'ping-open-many': '{count} points have been open',
  'ping-blank-template': 'The description is still the blank template.',
  'ping-empty-description': 'The description is still empty.',
  'ping-more': '…and {count} more.',
  'ping-others': 'Also waiting for {person}: {issues}.',
  'ping-comment': 'My comment',
  'ping-last': 'This is my last reminder. {comment} says how.',
  'ping-nth':
    'This is reminder {nth} of {of}. {comment} says how. Not now? Write {command}, or react with 💤 (a week of rest) or 👀 (seen).',
  'ping-help': '🙋 {people}: {points} in this {noun} since {since}, and reminders did not help. Can you?',
  'ping-help-after':
    '🙋 {people}: {points} in this {noun} since {since}, and reminders to {who} did not help. Can you?',
  'ping-once': 'I ask you once only. {comment} says what is missing.',
  'ping-settled': '✅ Settled: nothing is asked of you here any more, thank you.',
  closing:
    '🤖 I am {signature}, a bot. Edit the issue and I will update this comment; I look again {schedule}.',
  schedule: 'every day',
  ask: 'Am I wrong? Ask {whom}.',
  'ask-page': 'on this page',
  handbook: 'How we write Key Results',
  about: 'What does this bot want from me?',
  'answers-title': 'Not now, or not right?',
  'answers-intro': 'Write a comment with one of these lines:',
  'answer-snooze': '{command}: no reminders for two weeks',
  'answer-waive': '{command}: the point is accepted as it is',
  'answer-rules': 'The names of the points here: {rules}.',
  'answer-recheck': '{command}: I look again',
  'answer-reaction': 'Or react to this comment: 💤 is a week without reminders, 👀 means seen.',
  'field-title': 'title',
  'field-issue-due-date': 'due date of the issue',
  'field-assignees': 'assignee',
  'field-state': 'state',
  'field-text': 'text',
} as const;

export type PhraseId = keyof typeof englishPhrases;

/** All of them, in one language. */
export type Phrases = Readonly<Record<PhraseId, string>>;

/** A phrase that is ready to be filled in; the values are Markdown already. What has no value stays as it is. */
export type PreparedPhrase = (values: Readonly<Record<string, string | number>>) => string;

export function preparePhrase(text: string): PreparedPhrase {
  // Every second part is the name of a placeholder.
  const parts = text.split(/\{(\w+)\}/);
  if (parts.length === 1) return () => text;
  return (values) => {
    let result = parts[0] as string;
    for (let at = 1; at < parts.length; at += 2) {
      const name = parts[at] as string;
      result += Object.hasOwn(values, name) ? String(values[name]) : `{${name}}`;
      result += parts[at + 1] as string;
    }
    return result;
  };
}
