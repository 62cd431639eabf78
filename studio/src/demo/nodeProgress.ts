import type { FactView } from '@studio/contracts';

/** What one fact says of one node. */
export interface NodeProgress {
  readonly nodeId: string;
  readonly text: string;
}

type Data = Readonly<Record<string, unknown>>;

const texts: Readonly<Record<string, (data: Data) => string>> = {
  NodeStarted: ({ attempt }) =>
    attempt === 1 ? 'running' : `running again, attempt ${String(attempt)}`,
  NodeCompleted: ({ handle }) => (handle === 'output' ? 'done' : `done: ${String(handle)}`),
  NodeFailed: ({ error }) => `failed: ${(error as { message: string }).message}`, // a Failure; nothing of the tour is forgotten
  NodeRetryScheduled: () => 'is tried again shortly',
  NodeSkipped: () => 'not needed',
  NodeInDoubt: () => 'in doubt',
  TimerSet: () => 'waits',
  TimerFired: () => 'the wait is over',
};

export const nodeProgress = ({ type, data }: FactView): NodeProgress | null => {
  const members = data as Data; // the data of every fact is an object
  const { nodeId } = members;
  const text = texts[type];
  return text && typeof nodeId === 'string' ? { nodeId, text: text(members) } : null;
};
