import { isDeepStrictEqual } from 'node:util';

import { dataOf } from '@studio/contracts/client';

import { columns } from '../../cli/columns.ts';
import type { KilledRun } from './orders.ts';
import type { Tour } from './tour.ts';

const path = (execution_id: string) => ({ path: { execution_id } });

const tally = (nodes: Readonly<Record<string, { status: string }>>): string => {
  const counts = new Map<string, number>();
  for (const { status } of Object.values(nodes)) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
};

/** The run at every point of its life, folded from what is on record. */
export const replayRun = async (
  { stage, visitor, world }: Tour,
  killed: KilledRun,
): Promise<void> => {
  stage.act('The first of these orders again, fact by fact');
  const { client } = visitor;
  const params = path(killed.run);
  const callsBefore = world.calls().length;
  const facts = await dataOf(client.GET('/api/v1/executions/{execution_id}/events', { params }));
  const states = [];
  for (const { revision: at } of facts.items) {
    const asked = { params: { ...params, query: { at } } };
    states.push(await dataOf(client.GET('/api/v1/executions/{execution_id}/replay', asked)));
  }
  const lines = states.map(({ revision, status, nodes }, index) => [
    `after fact ${String(revision).padStart(2)}`,
    facts.items[index]?.type ?? '',
    status,
    tally(nodes),
    revision === killed.revision ? '← here it was killed' : '',
  ]);
  for (const line of columns(lines)) stage.say(line);
  const now = await dataOf(client.GET('/api/v1/executions/{execution_id}', { params }));
  stage.claim(
    isDeepStrictEqual(states.at(-1)?.output, now.output_data),
    'The last state has the output that the run has',
  );
  stage.claim(
    world.calls().length === callsBefore,
    `${states.length} replays called nothing and nobody`,
  );
};
