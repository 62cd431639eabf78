import { isUuid, pageOf, WorkflowView } from '@studio/contracts';

import type { Api } from './api.ts';
import { CommandError, exitCodes, usageError } from './exitCodes.ts';

const Workflows = pageOf(WorkflowView);

/** The id of a workflow that is named by its id or, if one alone has it, by its name. */
export const namedWorkflow = async (api: Api, named: string): Promise<string> => {
  if (isUuid(named.toLowerCase())) return named.toLowerCase();
  const asked = new URLSearchParams({ query: named, limit: '100' });
  const { items } = Workflows.parse(await api.get(`/workflows?${asked.toString()}`));
  const [first, ...others] = items.filter(({ name }) => name === named);
  if (!first) throw new CommandError(exitCodes.notFound, `You have no workflow named '${named}'`);
  if (others.length === 0) return first.id;
  const ids = [first, ...others].map(({ id }) => id).join(', ');
  throw usageError(`Several workflows are named '${named}': ${ids}`);
};
