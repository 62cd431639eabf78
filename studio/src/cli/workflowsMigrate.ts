import { MigrateRunsResult, type RunMigration } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import { type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import type { Given } from './given.ts';
import { namedWorkflow } from './namedWorkflow.ts';
import { printable } from './printable.ts';
import type { Shell } from './shell.ts';

/** `--map old=new,gone=` says that `new` stands for `old`, and nothing for `gone`. */
const nodeMap = (text: string): Record<string, string | null> =>
  Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1)
        throw usageError('--map takes OLD=NEW,… and nothing behind = for a node that goes');
      return [pair.slice(0, at), pair.slice(at + 1) || null];
    }),
  );

const versionsIn = (text: string): number[] =>
  text.split(',').map((version) => {
    if (!/^\d{1,9}$/.test(version)) throw usageError('--from takes versions, as 1,2');
    return Number(version);
  });

const askedOf = (given: Given): object => {
  const to = given.count('to');
  if (to === undefined) throw usageError('--to is missing: the version that the runs are to go by');
  const [from, map, after] = [given.text('from'), given.text('map'), given.text('after')];
  const limit = given.count('limit');
  return {
    ...{ to_version: to, dry_run: !given.flag('apply') },
    ...(from === undefined ? {} : { from_versions: versionsIn(from) }),
    ...(map === undefined ? {} : { node_map: nodeMap(map) }),
    ...(after === undefined ? {} : { after }),
    ...(limit === undefined ? {} : { limit }),
  };
};

const linesOf = ({ execution_id, from_version, outcome, obstacles }: RunMigration): string[] => [
  `${execution_id}  v${from_version ?? '?'}  ${outcome}`,
  ...obstacles.map(({ code, message }) => printable(`  ${code}: ${message}`)),
];

const countOf = (runs: readonly RunMigration[]): string[] =>
  columns(
    [...Map.groupBy(runs, ({ outcome }) => outcome)].map(([outcome, each]) => [
      ...[outcome, String(each.length)],
    ]),
  );

const reportOf = ({ runs, next, dry_run }: MigrateRunsResult): string[] => [
  ...runs.flatMap(linesOf),
  ...(runs.length === 0 ? ['No open run goes by another version'] : countOf(runs)),
  ...(dry_run && runs.some(({ outcome }) => outcome === 'migratable')
    ? ['Nothing was changed: --apply has those go by it that can']
    : []),
  ...(next === null ? [] : [`There are more: --after ${next}`]),
];

/** Ends with 1 where a run is refused. */
export const migrateWorkflow = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const named = given.word(1, 'WORKFLOW');
  const asked = askedOf(given);
  const api = createApi(shell);
  const id = await namedWorkflow(api, named);
  const answer = await api.post(`/workflows/${id}/migrations`, asked);
  const result = MigrateRunsResult.parse(answer);
  shell.result(answer, () => reportOf(result));
  const isRefused = result.runs.some(({ outcome }) => outcome === 'refused');
  return isRefused ? exitCodes.failed : exitCodes.ok;
};
