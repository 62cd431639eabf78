import { setTimeout as sleep } from 'node:timers/promises';

import { type ExecutionId, executionStream } from '@studio/contracts';
import { newId } from '@studio/infra';
import WebSocket from 'ws';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { type BenchLine, benchLine, newMeasured } from './benchLine.ts';
import { openRawLoop } from './rawLoop.ts';
import { residentMb } from './resident.ts';
import { alternate, type Step } from './slices.ts';

const workflow = {
  name: 'One step',
  nodes: [
    { id: 'only', type: 'action', position: { x: 0, y: 0 }, data: { kind: 'noop', config: {} } },
  ],
  connections: [],
};

/** A socket on the workflow's room, open before the first run; tells the execution whose end it saw. */
const follow = async (studio: StudioProcess, person: Person, workflowId: string) => {
  const ends = new Map<string, () => void>();
  const socket = new WebSocket(`${studio.origin().replace('http', 'ws')}/api/v1/ws`, [
    'bearer',
    person.token,
  ]);
  const subscribed = new Promise<void>((resolve) => {
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as {
        type: string;
        room_id?: string;
        execution_id?: string;
        event?: { type: string };
      }; // the messages of the contract
      if (message.room_id === `workflow:${workflowId}`) resolve();
      if (message.event?.type === 'WorkflowCompleted') {
        const id = message.execution_id ?? '';
        (ends.get(id) ?? (() => seen.add(id)))();
      }
    });
  });
  const seen = new Set<string>();
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'subscribe', room_id: `workflow:${workflowId}` }));
  await subscribed;
  return {
    /** The end may be seen before the answer to POST names the execution. */
    end: (id: string) =>
      seen.delete(id)
        ? Promise.resolve()
        : new Promise<void>((resolve) =>
            ends.set(id, () => {
              ends.delete(id);
              resolve();
            }),
          ),
    close: () => {
      socket.terminate();
    },
  };
};

/** POST sent → WorkflowCompleted on an open socket, against one durable insert of the same database; and idle memory. */
export const oneStep = async (report: (line: BenchLine) => void): Promise<void> => {
  const studio = await createStudio({ env: { LOG_LEVEL: 'ERROR' } });
  await studio.start();
  const person = await signIn(studio, 'bench@example.com');
  await sleep(3_000);
  const idleMb = await residentMb(studio.pid());
  const { body } = await person.call('POST', '/workflows', workflow);
  const room = await follow(studio, person, body.id);
  const raw = await openRawLoop(studio.databaseUrl(), 1);
  const row = {
    ...{ eventId: newId(), type: 'NodeCompleted' },
    ...{ data: JSON.stringify('d'.repeat(400)), metadata: JSON.stringify('m'.repeat(400)) },
  };
  const running: Step = async () => {
    const answer = await person.call('POST', '/executions', { workflow_id: body.id });
    await room.end(answer.body.id);
  };
  const inserting: Step = () => raw.insert(0, executionStream(newId() as ExecutionId), 0, row); // a fresh id
  const [ours, theirs] = [newMeasured(), newMeasured()];
  const sides = [
    { step: running, into: ours },
    { step: inserting, into: theirs },
  ];
  await alternate(sides, { writers: 1, sliceMs: 1_500, rounds: 5 });
  room.close();
  await raw.close();
  const line = benchLine({
    ...{
      bench: 'engine',
      case: 'one-step-to-socket',
      concurrency: 1,
      unit: 'runs/s',
      ours,
      theirs,
    },
    baseline: 'one raw durable insert',
  });
  report({ ...line, rss_mb: idleMb });
  await studio.remove();
};
