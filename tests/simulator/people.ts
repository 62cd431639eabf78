import {
  ConflictError,
  type EventLog,
  type ExecutionCommand,
  type ExecutionId,
  executionStream,
  isUndo,
  type KeyId,
  type NewId,
  StudioError,
} from '@studio/contracts';
import { handle, isOver, type Run, run } from '@studio/domain';
import { sleep } from '@studio/infra';

import type { Chance } from './chance.ts';
import type { Machine } from './machine.ts';
import type { Trouble } from './trouble.ts';
import type { Truth } from './truth.ts';

export interface PeopleParts {
  readonly log: EventLog;
  readonly machine: Machine;
  readonly newId: NewId;
  readonly now: () => string;
}

/** Gives an order to a run as the API does. A refusal is an answer, and one without an answer is given up. */
export const giveOrder = async (
  { log, machine, newId, now }: PeopleParts,
  executionId: ExecutionId,
  command: ExecutionCommand,
): Promise<void> => {
  const id = newId();
  const cause = {
    ...{ correlationId: id, causationId: id, commandId: id, workspaceId: 'workspace' },
    ...{ actor: { kind: 'user' as const, id: 'somebody' }, occurredAt: now() },
  };
  const patience = () => ({
    wait: async () => {
      await sleep(machine.time, 5);
      return true;
    },
    end: () => undefined,
  });
  try {
    await handle({ log, newId, patience }, run, {
      ...{ stream: executionStream(executionId), command, cause },
      keys: ({ keyId }) => ({
        run: command.type === 'StartWorkflow' ? (command.data.keyId as KeyId) : keyId, // plain text in the log
      }),
    });
  } catch (error) {
    if (error instanceof ConflictError || !(error instanceof StudioError)) throw error;
  }
};

/** What waits for a person: a node in doubt, or one that is held; of a run that undoes what it did, an undo alone. */
const askedOf = ({ instances, compensation }: Run): string | undefined =>
  [...instances].find(
    ([id, { status }]) =>
      (status === 'in_doubt' || status === 'held') && (compensation === null || isUndo(id)),
  )?.[0];

type Resolution = Extract<ExecutionCommand, { type: 'ResolveNode' }>['data']['resolution'];

const settling = (nodeId: string, chance: Chance, now: string): ExecutionCommand => ({
  type: 'ResolveNode',
  data: {
    ...{ nodeId, now },
    resolution: chance.pick<Resolution>([
      { action: 'retry' },
      { action: 'fail', message: 'no' },
      { action: 'outcome', output: 1 },
    ]),
  },
});

/** So often they send a run back, at most: it is to end. */
const mostRewinds = 3;

/** Back to any node that has begun, or to one that the run refuses to go back to. */
const sendingBack = (known: Run, chance: Chance, now: string): ExecutionCommand | null => {
  const [first, ...others] = known.instances.keys();
  if (first === undefined || known.rewinds >= mostRewinds) return null;
  const nodeId = chance.pick([first, ...others]);
  return { type: 'RewindWorkflow', data: { nodeId, reason: null, now } };
};

/** Orders that nobody needs to give. */
const whim = (known: Run, chance: Chance, now: string): ExecutionCommand | null => {
  const back = chance.oneIn(3) ? sendingBack(known, chance, now) : null;
  if (back) return back;
  if (known.status === 'failed' && known.retries < known.maxRetries)
    return { type: 'RetryWorkflow', data: { now } };
  return chance.pick<ExecutionCommand | null>([
    ...([null, null, null, null] as const),
    { type: 'CancelWorkflow', data: { reason: null } },
    { type: 'PauseWorkflow', data: { reason: null } },
    { type: 'PauseWorkflow', data: { reason: null } },
  ]);
};

const wish = (known: Run, chance: Chance, options: { now: string; quiet: boolean }) => {
  const { now, quiet } = options;
  if (known.paused && (quiet || chance.oneIn(3)))
    return { type: 'ResumeWorkflow' as const, data: {} };
  const asked = askedOf(known);
  if (asked !== undefined && !isOver(known)) return settling(asked, chance, now);
  return quiet || !chance.oneIn(4) ? null : whim(known, chance, now);
};

/** People look at the runs now and then, settle what is asked of them, and have wishes of their own. */
export const startPeople = async (
  parts: PeopleParts,
  { truth, chance, trouble }: { truth: Truth; chance: Chance; trouble: Trouble },
): Promise<void> => {
  for (;;) {
    await sleep(parts.machine.time, chance.between(100, 900));
    for (const [executionId, { run: known }] of truth.runs) {
      const order = wish(known, chance, { now: parts.now(), quiet: trouble.isQuiet() });
      if (order) await giveOrder(parts, executionId, order);
    }
  }
};
