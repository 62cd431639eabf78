import { StreamsView, type StreamView } from '@studio/contracts';

import { createApi } from './api.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import { pages } from './pages.ts';
import type { Shell } from './shell.ts';

const line = ({ stream, revision, updated_at }: StreamView): string =>
  `${updated_at}  ${String(revision + 1).padStart(6)}  ${stream}`;

/** Every stream of the log, one a line: when it was last written to, how many events it has, its name. */
export const showStreams = async (shell: Shell, given: Given): Promise<ExitCode> => {
  given.noMoreWords(1);
  const found = pages(createApi(shell), {
    path: '/ops/streams',
    query: {
      ...{ category: given.text('category'), prefix: given.text('prefix') },
      backwards: String(given.flag('last')),
    },
    cursor: 'after',
    parse: (answer) => StreamsView.parse(answer),
    nextOf: ({ next }) => next,
    sizeOf: ({ items }) => items.length,
    ...{ limit: given.count('limit') ?? 100, pageSize: 100 },
  });
  for await (const { items } of found)
    for (const stream of items) shell.result(stream, () => [line(stream)]);
  return exitCodes.ok;
};
