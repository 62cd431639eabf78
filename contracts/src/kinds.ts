import type { z } from 'zod';

import type { ModelTurn } from './execution/events.ts';
import type { HttpClient } from './ports/httpClient.ts';
import type { ModelProvider } from './ports/models.ts';
import type { Effect } from './workflow/graph.ts';

/** What expressions see (JSONata names). */
export interface Scope {
  readonly trigger: unknown;
  readonly input: unknown;
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly execution: Readonly<Record<string, unknown>>;
  /** What the iteration around the node works on, and its index; inside regions only. */
  readonly item?: unknown;
  readonly index?: number;
  /** The same of every region around the node, by the region's node id. */
  readonly loops?: Readonly<Record<string, { readonly item: unknown; readonly index: number }>>;
}

/** What a region does with its body. */
export interface RegionSettings {
  /** One iteration each; null: every iteration works on what the one before it made. */
  readonly items: readonly unknown[] | null;
  readonly maxIterations: number;
  /** Iterations that are open at the same time, at most. */
  readonly window: number;
  /** Iterations that may fail before the region does; null: any number. */
  readonly maxFailures: number | null;
  /** What follows when the expression still holds after `maxIterations`. */
  readonly onBound: 'fail' | 'complete';
}

/** How far a node has come, as it says itself. */
export interface Progress {
  /** 0 to 1; what lies outside counts as the nearer of the two. */
  readonly fraction?: number;
  /** For people; cut at 500 characters. */
  readonly message?: string;
}

/** Everything that a node may use; nothing else is in reach. */
export interface NodeContext<Config> {
  /** Validated settings; every `{{ … }}` is filled in, a field called `expression` is text as it stands. */
  readonly config: Config;
  readonly input: unknown;
  readonly signal: AbortSignal;
  /** The same over all attempts of this node instance. */
  readonly idempotencyKey: string;
  /** Evaluates JSONata over the node's scope, with `extra` names beside it. */
  evaluate(expression: string, extra?: Readonly<Record<string, unknown>>): Promise<unknown>;
  readonly http: HttpClient;
  readonly models: ModelProvider;
  /**
   * Tells people how far the node has come, and its `heartbeatTimeoutMs` that it is alive. It may be called
   * as often as one likes: the last word of a second is kept. A pure node is over before anyone would look.
   */
  readonly progress: (made: Progress) => void;
  /** Tells the node's `heartbeatTimeoutMs` that it is alive, and nobody else. */
  readonly heartbeat: () => void;
}

export interface RecordedTurn {
  readonly turn: ModelTurn;
  readonly answer: unknown;
}

export interface NodeOutcome {
  readonly output: unknown;
  /** The output that the run goes on by; default `output`. */
  readonly handle?: string;
  /** Model turns to record before the completion. */
  readonly turns?: readonly RecordedTurn[];
}

/**
 * One kind of node, in one file. Kinds of effect `timer` and `none` are the planner's: they have no `run`.
 * A failure that another try may mend is a StudioError of kind `unavailable`; any other error is final.
 */
export interface NodeKind<Config = unknown> {
  /** `name@major`: a changed meaning is a new major kept beside the old one. */
  readonly kind: string;
  readonly major: number;
  readonly type: 'agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp';
  readonly title: string;
  readonly description: string;
  readonly config: z.ZodType<Config>;
  readonly effect: Effect | ((config: Config) => Effect);
  readonly outputs: readonly string[];
  run?(context: NodeContext<Config>): Promise<NodeOutcome>;
  /** Of a region: how its body runs. An error fails the region. */
  region?(config: Config, input: unknown): RegionSettings;
}

/** Keeps a kind's config type while it stands in a list of all kinds. */
export const nodeKind = <Config>(kind: NodeKind<Config>): NodeKind<Config> => kind;
