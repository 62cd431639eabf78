import { SubscribersView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

/** How far each subscriber of the log is, in all processes. */
export const showSubscriptions = async (shell: Shell, given: Given): Promise<ExitCode> => {
  given.noMoreWords(1);
  const answer = await createApi(shell).get('/ops/subscriptions');
  const { items } = SubscribersView.parse(answer);
  shell.result(answer, () =>
    columns([
      ['SUBSCRIBER', 'STATE', 'POSITION', 'BEHIND', 'FOR MS', 'PARKED', 'PROCESS'],
      ...items.map(({ subscriber, state, position, lag_events, lag_ms, parked_streams, role }) => [
        ...[subscriber, state, position.split(':')[1] ?? position],
        ...[String(lag_events), String(lag_ms), String(parked_streams ?? ''), role ?? ''],
      ]),
    ]),
  );
  return exitCodes.ok;
};
