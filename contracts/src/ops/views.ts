import { z } from 'zod';

import { Actor, Instant } from '../envelope.ts';
import { FactView } from '../execution/views.ts';
import { streamCategories } from '../streams.ts';

/** Where a stream of the log ends. `revision` counts from 0. */
export const StreamView = z.object({
  stream: z.string(),
  category: z.enum(streamCategories).nullable(),
  revision: z.number().int(),
  first_position: z.string(),
  last_position: z.string(),
  created_at: Instant,
  updated_at: Instant,
});
export type StreamView = z.infer<typeof StreamView>;

/** A page of streams. `next` is what `after` takes to go on; null at the end. */
export const StreamsView = z.object({ items: z.array(StreamView), next: z.string().nullable() });
export type StreamsView = z.infer<typeof StreamsView>;

/** An event with its envelope. In place of a sealed value stands `{$sealed: {key}}`. */
export const LogEventView = FactView.extend({ stream: z.string() });
export type LogEventView = z.infer<typeof LogEventView>;

/** A page of one stream's events. `next` is what `from` takes to go on; null at the end. */
export const StreamEventsView = z.object({
  stream: z.string(),
  /** Of the stream's last event. */
  revision: z.number().int(),
  items: z.array(LogEventView),
  next: z.number().int().nullable(),
});
export type StreamEventsView = z.infer<typeof StreamEventsView>;

/**
 * A page of the whole log. `next` is what `after` takes to go on. It may hold few items, or none, while
 * there is `more`: a look that would take too long ends early.
 */
export const LogEventsView = z.object({
  items: z.array(LogEventView),
  next: z.string(),
  more: z.boolean(),
});
export type LogEventsView = z.infer<typeof LogEventsView>;

/**
 * `level`: has handled all of the log. `behind`: has not. `silent`: its process has said nothing for ten
 * seconds. `stopped`: a projection that no process keeps.
 */
export const SubscriberState = z.enum(['level', 'behind', 'silent', 'stopped']);

/** A subscriber of the log and how far it is. */
export const SubscriberView = z.object({
  subscriber: z.string(),
  /** The process that it lives in, and what that is: `all`, `executor` …; null when there is none. */
  process: z.string().nullable(),
  role: z.string().nullable(),
  position: z.string(),
  /** Events that it has not handled; 1,000 stands for that many or more. */
  lag_events: z.number().int(),
  /** How long the oldest of them has been there. */
  lag_ms: z.number().int(),
  state: SubscriberState,
  /** Streams that a projection has set aside; null for what is no projection. */
  parked_streams: z.number().int().nullable(),
  /** Milliseconds since the process last said so. */
  silent_ms: z.number().int().nullable(),
});
export type SubscriberView = z.infer<typeof SubscriberView>;

/** Every subscriber of the log, with the log's end. */
export const SubscribersView = z.object({
  log_end: z.string(),
  items: z.array(SubscriberView),
});
export type SubscribersView = z.infer<typeof SubscribersView>;

/** A run that made no progress though it could, and was taken up when it was named. */
export const StuckRunView = z.object({
  execution_id: z.string(),
  /** Of its last fact, when it was named. */
  revision: z.number().int(),
  named_at: Instant,
  went_on: z.boolean(),
});
export type StuckRunView = z.infer<typeof StuckRunView>;

/** Who brings runs forward. `silent`: it has said nothing for so long that others take its shards over. */
export const ExecutorView = z.object({
  /** Its name in the facts that it records. */
  owner: z.string(),
  /** What its process is: `all` or `executor`. */
  role: z.string(),
  state: z.enum(['beating', 'silent']),
  /** The shares of all runs that are its own, of 64. */
  shards: z.array(z.number().int()),
  started_at: Instant,
  last_beat_at: Instant,
  silent_ms: z.number().int(),
  /** Runs in its memory; those that only wait are rows. */
  live_runs: z.number().int(),
  effects_in_flight: z.number().int(),
  /** The last runs that it found standing still though they could go on. */
  stuck_runs: z.array(StuckRunView),
});

/** Every executor on the database, the oldest first. */
export const ExecutorsView = z.object({ items: z.array(ExecutorView) });
export type ExecutorsView = z.infer<typeof ExecutorsView>;

/** An event as a part of what caused it, or of what it caused. */
export const CausalLinkView = z.object({
  eventId: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.number().int(),
  position: z.string(),
  occurred_at: Instant,
  actor: Actor,
  /** The event that directly caused it, or the request. */
  caused_by: z.string(),
  /** How many steps lie between it and the event that was asked about. */
  distance: z.number().int(),
});
export type CausalLinkView = z.infer<typeof CausalLinkView>;

/** What led to an event, and what followed from it. */
export const CausalityView = z.object({
  event: CausalLinkView,
  correlation_id: z.string(),
  /** What began it all and is no event: a request, or a command of the studio's own. Null when it was not reached. */
  origin: z.string().nullable(),
  /** The chain of causes, the first one first. */
  causes: z.array(CausalLinkView),
  /** The tree of effects in the order of the log: `caused_by` says below what each one hangs. */
  effects: z.array(CausalLinkView),
  /** True when there is more than was looked at. */
  truncated: z.boolean(),
});
export type CausalityView = z.infer<typeof CausalityView>;
