import { cancelled, errorOf } from './failures.ts';
import { brokeDown, type Hand, hire } from './hand.ts';
import { mostTimesLonger } from './limits.ts';
import type { Job, Verdict } from './worker.ts';

/** After a job's own limit by the clock; a worker that has not answered by then is stuck in one long step. */
const graceMs = 500;
const startLimitMs = 15_000;
const idleMs = 30_000;

interface Order {
  readonly job: Job;
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
}

interface Place {
  hand: Hand | null;
  order: Order | null;
  /** Ends the worker when it starts, works or idles for too long. */
  deadline: NodeJS.Timeout | undefined;
  ready: boolean;
  /** Jobs that it has answered. */
  done: number;
}

export interface WorkerPool {
  /** The result as JSON. Errors: those of expressions, `effect.cancelled`, `service.unavailable`. */
  run(job: Job, signal?: AbortSignal): Promise<string>;
  /** Ends every worker; what they were doing is called off. */
  close(): Promise<void>;
}

const timedOut = ({ limits }: Job): Error =>
  errorOf({
    code: 'expression.timeout',
    message: `the expression took longer than ${limits.timeoutMs} ms`,
  });

/** A few processes that evaluate one expression each at a time, started when first needed and ended when idle. */
export const createWorkerPool = (maxWorkers: number): WorkerPool => {
  const places = new Set<Place>();
  const waiting: Order[] = [];
  const ending = new Set<Promise<void>>();
  let closed = false;

  const rejectAll = (error: Error): void => {
    for (const order of waiting.splice(0)) order.reject(error);
  };

  const end = (hand: Hand): void => {
    const ended = hand.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  const dismiss = (place: Place, error: Error): void => {
    if (!places.delete(place)) return;
    clearTimeout(place.deadline);
    place.order?.reject(error);
    place.order = null;
    if (place.hand) end(place.hand);
    // A worker that cannot start at all must not leave those who wait for it waiting.
    if (!place.ready && places.size === 0) rejectAll(error);
    if (!closed) assign();
  };

  /** A used worker may break down of what an earlier job left behind: a fresh one tells whose fault it is. */
  const lose = (place: Place, error: Error): void => {
    if (place.order && place.done > 0) {
      waiting.unshift(place.order);
      place.order = null;
    }
    dismiss(place, error);
  };

  const setDeadline = (place: Place, ms: number, error: () => Error): void => {
    clearTimeout(place.deadline);
    place.deadline = setTimeout(() => dismiss(place, error()), ms);
  };

  const give = (place: Place, order: Order): void => {
    place.order = order;
    const mostMs = order.job.limits.timeoutMs * mostTimesLonger + graceMs;
    setDeadline(place, mostMs, () => timedOut(order.job));
    place.hand?.give(order.job);
  };

  const rest = (place: Place): void => {
    place.order = null;
    place.hand?.rest();
    setDeadline(place, idleMs, () => new Error('idle'));
    place.deadline?.unref();
    assign();
  };

  const hear = (place: Place, verdict: Verdict): void => {
    place.ready = true;
    if (verdict !== 'ready') {
      place.done += 1;
      if ('result' in verdict) place.order?.resolve(verdict.result);
      else place.order?.reject(errorOf(verdict.failure));
    }
    if (places.has(place)) rest(place);
  };

  const open = (): void => {
    const place: Place = { hand: null, order: null, deadline: undefined, ready: false, done: 0 };
    places.add(place);
    setDeadline(place, startLimitMs, () => brokeDown('slow start'));
    place.hand = hire({
      onVerdict: (verdict) => hear(place, verdict),
      onEnd: (error) => lose(place, error),
    });
  };

  const assign = (): void => {
    for (const place of places) {
      if (!place.ready || place.order) continue;
      const next = waiting.shift();
      if (!next) return;
      give(place, next);
    }
    const starting = [...places].filter(({ ready }) => !ready).length;
    if (waiting.length > starting && places.size < maxWorkers) open();
  };

  const callOff = (order: Order, reason: unknown): void => {
    const index = waiting.indexOf(order);
    if (index >= 0) waiting.splice(index, 1);
    for (const place of places) if (place.order === order) dismiss(place, cancelled(reason));
    order.reject(cancelled(reason));
  };

  const enqueue = async (job: Job, signal: AbortSignal | undefined): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const order: Order = { job, resolve, reject };
    const onAbort = (): void => callOff(order, signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    waiting.push(order);
    assign();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  };

  return {
    run: async (job, signal) => {
      if (closed || signal?.aborted) throw cancelled(signal?.reason);
      return enqueue(job, signal);
    },
    close: async () => {
      closed = true;
      for (const order of [...waiting]) callOff(order, 'closed');
      for (const place of [...places]) dismiss(place, cancelled('closed'));
      await Promise.all(ending);
    },
  };
};
