import { setTimeout as sleep } from 'node:timers/promises';

import type { Caller } from '@studio/infra';
import type { WebSocket } from 'ws';

import type { Delivery } from './delivery.ts';

/** Our close codes: 4401 the token ended, 4408 the client reads too slowly, 4410 `after` is too long ago. */
export const closeCodes = { tokenEnded: 4401, tooSlow: 4408, tooLongAgo: 4410 } as const;

/** What a client that does not read may cost us, in bytes. */
const mostBufferedBytes = 4 * 1024 * 1024;
/** History waits while more than this is on its way. */
const comfortableBytes = 512 * 1024;
const drainLookMs = 10;
const drainPatienceMs = 30_000;
const mostHeldDeliveries = 10_000;
const mostRemembered = 10_000;

/** One socket: what it listens to, and what it has been sent. */
export interface Connection {
  readonly id: string;
  readonly caller: Caller;
  readonly rooms: Set<string>;
  send(message: Readonly<Record<string, unknown>>): void;
  /** A fact's messages: once each, however many of its rooms want them, and only for members of its workspace. */
  deliver(delivery: Delivery): void;
  /** The same while `room` is caught up with history: held back until `letGo`. */
  hold(room: string): void;
  letGo(room: string): Promise<void>;
  readonly isOpen: () => boolean;
  /** Ends once the client has read most of what it was sent; closes it when it does not for 30 s. */
  drained(): Promise<void>;
  readonly holds: (room: string) => boolean;
  holdBack(room: string, delivery: Delivery): void;
  close(code: number, reason: string): void;
}

/** `after`: where the client left off, if it says so; nothing up to there is sent again. */
export const createConnection = (
  id: string,
  socket: WebSocket,
  { caller, after }: { readonly caller: Caller; readonly after: bigint | null },
): Connection => {
  const held = new Map<string, Delivery[]>();
  /** The last revision sent of each run, in the order of sending. */
  const sent = new Map<string, number>();

  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  const tooSlow = (): void => {
    socket.close(closeCodes.tooSlow, 'too slow');
    socket.terminate(); // it does not read: it would not read the close either
  };

  const write = (text: string): void => {
    if (!isOpen()) return;
    if (socket.bufferedAmount > mostBufferedBytes) tooSlow();
    else socket.send(text);
  };

  const drained = async (): Promise<void> => {
    const deadline = performance.now() + drainPatienceMs;
    while (isOpen() && socket.bufferedAmount > comfortableBytes) {
      await sleep(drainLookMs);
      if (performance.now() > deadline) tooSlow();
    }
  };

  const remember = ({ executionId, revision }: Delivery): void => {
    sent.delete(executionId);
    sent.set(executionId, revision);
    const oldest = sent.keys().next();
    if (sent.size > mostRemembered && !oldest.done) sent.delete(oldest.value);
  };

  const deliver = (delivery: Delivery): void => {
    if (delivery.workspaceId !== caller.workspaceId) return;
    // The feed may still be behind what the client saw: history is read from the log itself.
    if (after !== null && delivery.position <= after) return;
    if (delivery.revision <= (sent.get(delivery.executionId) ?? -1)) return;
    remember(delivery);
    delivery.texts.forEach(write);
  };

  return {
    id,
    caller,
    rooms: new Set(),
    send: (message) => write(JSON.stringify(message)),
    deliver,
    hold: (room) => void held.set(room, []),
    holds: (room) => held.has(room),
    holdBack: (room, delivery) => {
      const waiting = held.get(room);
      if (!waiting) return;
      waiting.push(delivery);
      if (waiting.length > mostHeldDeliveries) tooSlow();
    },
    isOpen,
    drained,
    letGo: async (room) => {
      const waiting = held.get(room) ?? [];
      // More may be held back while the client reads.
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        deliver(next);
        await drained();
      }
      held.delete(room);
    },
    close: (code, reason) => socket.close(code, reason),
  };
};
