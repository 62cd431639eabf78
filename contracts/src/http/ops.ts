import { z } from 'zod';

import { LogEventsQuery, StreamEventsQuery, StreamsQuery } from '../ops/queries.ts';
import {
  CausalityView,
  ExecutorsView,
  LogEventsView,
  StreamEventsView,
  StreamsView,
  SubscribersView,
} from '../ops/views.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { shownAs } from './shownAs.ts';

const shared = { method: 'get', tag: 'Operations' } as const;
const notAllowed = { 403: ['auth.not_allowed'] } as const;
const inPath = (example: string, json: Readonly<Record<string, unknown>> = {}) => ({
  ...{ type: 'string', example, ...json },
});

export const opsOperations: readonly Operation[] = [
  {
    ...{ ...shared, id: 'listStreams', path: '/ops/streams' },
    summary: 'The streams of the log',
    description: 'By their names, which sort as they were made. For administrators of the studio.',
    query: StreamsQuery,
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: StreamsView },
        headers: ['Studio-Stale'],
      },
    },
    errors: notAllowed,
  },
  {
    ...{ ...shared, id: 'listStreamEvents', path: '/ops/streams/{stream}' },
    summary: 'The events of one stream',
    description: 'With their envelopes. What is sealed stays sealed, for administrators too.',
    params: z.object({ stream: shownAs(z.string(), inPath(`workflow-${exampleIds.workflow}`)) }),
    query: StreamEventsQuery,
    answers: { 200: { description: 'A page of them.', schema: StreamEventsView } },
    errors: { ...notAllowed, 404: ['stream.not_found'] },
  },
  {
    ...{ ...shared, id: 'listLogEvents', path: '/ops/events' },
    summary: 'The events of the whole log',
    description: 'In its order. What is sealed stays sealed, for administrators too.',
    query: LogEventsQuery,
    answers: { 200: { description: 'A page of them.', schema: LogEventsView } },
    errors: { ...notAllowed, 410: ['position.unknown'], 422: ['position.malformed'] },
  },
  {
    ...{ ...shared, id: 'getCausality', path: '/ops/events/{event_id}/causality' },
    summary: 'What led to an event, and what followed from it',
    description: 'For administrators of the studio.',
    params: z.object({
      event_id: shownAs(z.string(), inPath(exampleIds.event, { format: 'uuid' })),
    }),
    answers: { 200: { description: 'Causes and effects.', schema: CausalityView } },
    errors: { ...notAllowed, 404: ['event.not_found'] },
  },
  {
    ...{ ...shared, id: 'listSubscribers', path: '/ops/subscriptions' },
    summary: 'The subscribers of the log, and how far each is',
    description: 'In all processes on this database. For administrators of the studio.',
    answers: { 200: { description: 'All of them.', schema: SubscribersView } },
    errors: notAllowed,
  },
  {
    ...{ ...shared, id: 'listExecutors', path: '/ops/executors' },
    summary: 'Who brings runs forward, and what each has in hand',
    description: 'In all processes on this database. For administrators of the studio.',
    answers: { 200: { description: 'All of them.', schema: ExecutorsView } },
    errors: notAllowed,
  },
];
