import { z } from 'zod';

import { exampleIds } from './examples.ts';
import { shownAs } from './shownAs.ts';

export const tag = 'Executions';

/** A malformed id of a run is a 400, unlike others. */
const RunId = shownAs(z.string(), {
  ...{ type: 'string', format: 'uuid', example: exampleIds.execution },
});
export const params = z.object({ execution_id: RunId });
export const one = { path: '/executions/{execution_id}', params, tag } as const;
/** Something of one run. */
export const at = (rest: string) => ({ ...one, path: `${one.path}/${rest}` });

export const readErrors = {
  400: ['execution.malformed_id'],
  404: ['execution.not_found'],
} as const;
