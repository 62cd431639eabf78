import { LogEventsView, type LogEventView, StreamEventsView } from '@studio/contracts';

import { createApi } from './api.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import { pages } from './pages.ts';
import type { Shell } from './shell.ts';

const line = ({ position, metadata, type, stream, revision }: LogEventView): string => {
  const place = position.split(':')[1] ?? position;
  const { occurredAt, actor } = metadata;
  return `${place.padStart(8)}  ${occurredAt}  ${type.padEnd(18)}  ${stream} ${revision}  by ${actor.kind}`;
};

const show = (shell: Shell, events: readonly LogEventView[]): void => {
  for (const event of events) shell.result(event, () => [line(event)]);
};

const most = (given: Given): number => given.count('limit') ?? 100;

/** The events of one stream. */
export const showStream = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const stream = given.word(1, 'STREAM');
  const from = given.count('from');
  const found = pages(createApi(shell), {
    path: `/ops/streams/${encodeURIComponent(stream)}`,
    query: {
      from: from === undefined ? undefined : String(from),
      backwards: String(given.flag('last')),
    },
    cursor: 'from',
    parse: (answer) => StreamEventsView.parse(answer),
    nextOf: ({ next }) => (next === null ? null : String(next)),
    sizeOf: ({ items }) => items.length,
    ...{ limit: most(given), pageSize: 1_000 },
  });
  for await (const { items } of found) show(shell, items);
  return exitCodes.ok;
};

/** The events of the whole log that match; not found if there is none. */
export const showLogEvents = async (shell: Shell, given: Given): Promise<ExitCode> => {
  given.noMoreWords(1);
  const found = pages(createApi(shell), {
    path: '/ops/events',
    query: {
      ...{ after: given.text('after'), category: given.text('category') },
      ...{ type: given.text('type'), actor: given.text('actor') },
      ...{ correlation: given.text('correlation'), from: given.text('since') },
      ...{ to: given.text('to'), backwards: String(given.flag('last')) },
    },
    cursor: 'after',
    parse: (answer) => LogEventsView.parse(answer),
    nextOf: ({ next, more }) => (more ? next : null),
    sizeOf: ({ items }) => items.length,
    ...{ limit: most(given), pageSize: 1_000 },
  });
  let any = false;
  for await (const { items } of found) {
    any ||= items.length > 0;
    show(shell, items);
  }
  return any ? exitCodes.ok : exitCodes.notFound;
};
