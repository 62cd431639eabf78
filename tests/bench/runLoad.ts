import { createHash } from 'node:crypto';

import {
  type Definition,
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type KeyRing,
  type NewEvent,
  type StreamName,
} from '@studio/contracts';
import { decideRun, initialRun } from '@studio/domain';
import { newId, systemClock } from '@studio/infra';

import { aChain, anEdge, aNode } from '../fixtures/engine.ts';

export const chainOf = (length: number, kind: string, config = {}): Definition =>
  aChain(Array.from({ length }, (_, index) => aNode(`step${index}`, kind, config)));

/** 1 → `width` → 1. */
export const fanOf = (width: number, kind: string): Definition => {
  const between = Array.from({ length: width }, (_, index) => aNode(`between${index}`, kind));
  return {
    nodes: [aNode('first', kind), ...between, aNode('last', kind)],
    connections: between.flatMap(({ id }) => [anEdge('first', id), anEdge(id, 'last')]),
  };
};

/** A run that came to its end: its stream, and where in the log its last fact lies. */
export interface Ended {
  readonly stream: StreamName;
  readonly position: bigint;
}

/** Starts runs of one definition as a command would, and tells when the end of each is on record. */
export const createRunLoad = (
  { log, keys, signal }: { log: EventLog; keys: KeyRing; signal: AbortSignal },
  definition: Definition,
): (() => Promise<Ended>) => {
  const definitionHash = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
  const ends = new Map<StreamName, (position: bigint) => void>();
  const follow = async (): Promise<void> => {
    const filter = { types: ['WorkflowCompleted'] };
    const range = { after: await log.lastPosition(), filter, signal };
    for await (const { events } of log.subscribe(range, 'sealed'))
      for (const { stream, position } of events) ends.get(stream)?.(position);
  };
  void follow(); // ends with the signal
  return async () => {
    const executionId = newId() as ExecutionId; // a fresh id
    const keyId = await keys.reserve();
    const commandId = newId();
    const metadata = {
      ...{ correlationId: commandId, causationId: commandId, commandId, workspaceId: newId() },
      ...{ actor: { kind: 'user' as const, id: newId() }, schemaVersion: 1 },
      occurredAt: systemClock(),
    };
    const data = {
      ...{ executionId, keyId, definition, definitionHash, workflowId: newId() },
      ...{ workflowVersion: 1, workflowName: 'Bench', userId: newId(), engineVersion: 1 },
      ...{ triggerType: 'manual' as const, trigger: { n: 1 }, context: {}, priority: 0 },
      ...{ maxRetries: 3, totalNodes: definition.nodes.length },
    };
    const events = decideRun({ type: 'StartWorkflow', data }, initialRun).map(
      (event): NewEvent<ExecutionEvent> => ({ ...event, eventId: newId(), metadata }),
    );
    const stream = executionStream(executionId);
    const end = new Promise<bigint>((resolve) => ends.set(stream, resolve));
    await log.append(stream, 'no_stream', events, { run: keyId });
    const position = await end;
    ends.delete(stream);
    return { stream, position };
  };
};
