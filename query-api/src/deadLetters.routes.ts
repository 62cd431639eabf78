import { DeadLettersQuery, type DeadLetterView, RunNames, shownNames } from '@studio/contracts';
import { callerOf, type Opener, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import { deadLetterPage, type DeadLetterRow } from './deadLetterRows.ts';
import type { RouteParts } from './executions.routes.ts';
import { textOrNull } from './executionView.ts';
import { pageAnswer } from './pageAnswer.ts';
import { openColumns } from './sealedColumns.ts';

const outcomeUnknown = 'The effect began and its outcome is unknown';

const deadLetterViews = async (
  opener: Opener,
  rows: readonly DeadLetterRow[],
): Promise<DeadLetterView[]> => {
  const opened = await openColumns(
    opener,
    rows.flatMap(({ id, names, message }) => [[id, names] as const, [id, message] as const]),
  );
  return rows.map(({ id, names, message, at, ...row }) => ({
    ...{ execution_id: id, ...row, at: at.toISOString() },
    ...shownNames(RunNames.safeParse(opened(names)).data),
    message: row.reason === 'in_doubt' ? outcomeUnknown : textOrNull(opened(message)),
  }));
};

/** What failed and waits for a person. */
export const addDeadLetterRoutes = (
  app: Express,
  prefix: string,
  { deps, database, isFresh }: RouteParts,
): void => {
  const { opener, authenticator } = deps;
  app.get(`${prefix}/executions/dead-letters`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const query = parse(DeadLettersQuery, request.query, 'query');
    if (!(await isFresh(request, caller, 'executions'))) response.set('Studio-Stale', 'true');
    const { rows, ...counted } = await deadLetterPage(database, { ...deps, ...caller }, query);
    response.json(pageAnswer(await deadLetterViews(opener, rows), counted, query));
  });
};
