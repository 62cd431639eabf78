import type { Command } from './command.ts';
import { usageError } from './exitCodes.ts';
import { showCausality } from './opsCausality.ts';
import { showLogEvents, showStream } from './opsEvents.ts';
import { showStreams } from './opsStreams.ts';
import { showSubscriptions } from './opsSubscriptions.ts';

const forms = {
  streams: showStreams,
  stream: showStream,
  events: showLogEvents,
  causality: showCausality,
  subscriptions: showSubscriptions,
};

export const ops: Command = {
  name: 'ops',
  summary: 'look at the whole log of a studio that you administrate',
  usage: [
    'ops streams [--category CATEGORY] [--prefix PREFIX] [--last] [--limit N]',
    'ops stream STREAM [--from REVISION] [--last] [--limit N]',
    'ops events [--after POSITION] [--category CATEGORY] [--type TYPE] [--actor ACTOR]',
    '           [--correlation ID] [--since TIME] [--to TIME] [--last] [--limit N]',
    'ops causality EVENT',
    'ops subscriptions',
  ],
  notes: [
    'streams        every stream by its name, and where it ends',
    'stream         the events of one stream; --json has their envelopes',
    'events         the events of the whole log that match everything given',
    'causality      what led to an event, and what followed from it',
    'subscriptions  how far each subscriber of the log is, in all processes',
    '--last         from the end backwards',
    '--limit N      at most so many; default 100',
    'For administrators of the studio (ADMIN_EMAILS), over the API. What is sealed stays sealed.',
  ],
  example: 'ops events --type WorkflowFailed --since 2026-01-02T00:00:00Z --last',
  options: {
    category: { type: 'string' },
    prefix: { type: 'string' },
    from: { type: 'string' },
    after: { type: 'string' },
    type: { type: 'string' },
    actor: { type: 'string' },
    correlation: { type: 'string' },
    since: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string' },
    last: { type: 'boolean' },
  },
  maxWords: 2,
  run: async (shell, given) => {
    const form = given.word(0, 'streams, stream, events, causality or subscriptions');
    if (!Object.hasOwn(forms, form)) throw usageError(`There is no 'ops ${form}'`);
    return forms[form as keyof typeof forms](shell, given); // it is one of theirs
  },
};
