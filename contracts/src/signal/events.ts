import { z } from 'zod';

import { sealed } from '../sealed.ts';

const place = { nodeId: z.string(), instanceId: z.string() };

/** What others tell a run while it goes on, and the nodes that wait for it: all in the run's stream. */
export const signalEvents = {
  /** Kept until a node takes it. `signalId` tells repetitions apart. */
  SignalReceived: z.object({
    signalId: z.string(),
    /** Null for an answer by a callback URL, which is for one instance alone. */
    name: z.string().nullable(),
    forInstance: z.string().nullable(),
    payload: sealed('run', z.unknown()),
    /** Who sent it; null for whoever had the callback URL. */
    sentBy: z.string().nullable(),
  }),
  /** A node waits for a signal of this name, for an answer by its callback URL, or for either. */
  SignalAwaited: z.object({
    ...place,
    attempt: z.number().int().min(1),
    generation: z.number().int(),
    name: z.string().nullable(),
    callback: z.boolean(),
    /** True when the node's expression says which signals it takes. */
    selects: z.boolean(),
  }),
  /** The node's expression did not hold for the signal, which stays there for others. */
  SignalDeclined: z.object({ ...place, signalId: z.string() }),
  /** The node goes on with the signal, and nobody else does. */
  SignalTaken: z.object({ ...place, signalId: z.string() }),
} as const;
