import { expect, it } from '@jest/globals';
import type { EventLog, ExecutionEvent, ExecutionId, RecordedEvent } from '@studio/contracts';

import { runEnd } from './runEnd.ts';

const id = '01a20000-0000-7000-8000-000000000000' as ExecutionId; // of the form that ids have
const started: ExecutionEvent = {
  type: 'WorkflowStarted',
  data: {
    ...{ executionId: id, workflowId: 'w', workflowVersion: 1, workflowName: 'W', userId: 'u' },
    ...{ keyId: 'k', engineVersion: 1, definition: { nodes: [], connections: [] } },
    ...{ definitionHash: 'h', triggerType: 'manual', trigger: {}, context: {}, priority: 0 },
    ...{ maxRetries: 3, totalNodes: 0 },
  },
};
const recorded = (event: ExecutionEvent, revision: number) =>
  ({
    ...{ ...event, stream: `execution-${id}`, revision, position: BigInt(revision + 1) },
    ...{ hash: `h${revision}`, metadata: {} },
  }) as unknown as RecordedEvent; // what folding reads of it

/** A log of one run, to which a fact is added while somebody follows it. */
const logOf = (last: ExecutionEvent): EventLog => {
  const events = [recorded(started, 0)];
  return {
    readStream: async (_: unknown, { from = 0 }: { from?: number }) => events.slice(from),
    subscribe: async function* ({ filter, signal }: Parameters<EventLog['subscribe']>[0]) {
      const added = recorded(last, events.length);
      events.push(added);
      if (filter?.types?.includes(added.type)) yield { events: [added], upTo: added.position };
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
  } as unknown as EventLog; // waiting uses these two methods
};

it.each<ExecutionEvent>([
  { type: 'WorkflowCancelled', data: { reason: null } },
  { type: 'DataErased', data: { executionId: id, keyId: 'k', cancelled: true } },
])('resolves as soon as $type ends the run', async (last) => {
  const patience = AbortSignal.timeout(60_000);
  expect((await runEnd(logOf(last), id, patience))?.state.status).toBe('cancelled');
  expect(patience.aborted).toBe(false);
});

it('is null when the run has not ended in time', async () => {
  const data = { nodeId: 'a', instanceId: 'a', timerId: 't', dueAt: '2026-01-01T00:00:00.000Z' };
  expect(await runEnd(logOf({ type: 'TimerSet', data }), id, AbortSignal.timeout(20))).toBeNull();
});
