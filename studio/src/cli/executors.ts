import { ExecutorsView, type StuckRunView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exitCodes.ts';

/** Those that still stand still, by their ids. */
const stuckIn = (runs: readonly StuckRunView[]): string => {
  const ids = runs.flatMap(({ execution_id, went_on }) => (went_on ? [] : [execution_id]));
  return ids.length === 0 ? '0' : ids.join(' ');
};

/** Who brings runs forward, and what each has in hand. */
export const executors: Command = {
  name: 'executors',
  summary: 'show who brings runs forward in a studio that you administrate',
  usage: ['executors'],
  notes: ['For administrators of the studio (ADMIN_EMAILS), over the API.'],
  example: 'executors',
  options: {},
  maxWords: 0,
  run: async (shell) => {
    const answer = await createApi(shell).get('/ops/executors');
    const { items } = ExecutorsView.parse(answer);
    shell.result(answer, () =>
      columns([
        ['EXECUTOR', 'ROLE', 'STATE', 'SHARDS', 'LIVE RUNS', 'EFFECTS', 'STUCK', 'SILENT FOR MS'],
        ...items.map(({ owner, role, state, shards, ...more }) => [
          ...[owner, role, state, String(shards.length), String(more.live_runs)],
          ...[String(more.effects_in_flight), stuckIn(more.stuck_runs), String(more.silent_ms)],
        ]),
      ]),
    );
    return exitCodes.ok;
  },
};
