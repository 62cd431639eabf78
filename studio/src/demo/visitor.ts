import { createClient, dataOf, type StudioClient } from '@studio/contracts/client';

import { ask, refusalOf } from '../cli/api.ts';
import type { FactSource } from '../cli/facts.ts';
import { outboxCode } from '../cli/outboxCode.ts';
import { createShell, type Shell } from '../cli/shell.ts';
import { ownTerminal } from '../cli/terminal.ts';
import type { OwnStudio } from './ownStudio.ts';

/** A signed-in person. */
export interface Visitor {
  readonly client: StudioClient;
  /** What following a run live takes. */
  readonly shell: Shell;
  readonly source: FactSource;
}

/** Signs in as anyone would; the code comes by mail, and mail is a file. */
export const signIn = async (studio: OwnStudio, email: string): Promise<Visitor> => {
  const origin = studio.origin();
  const stranger = createClient({ origin });
  await dataOf(stranger.POST('/api/v1/auth/request-otp', { body: { email } }));
  const code = outboxCode(studio.dataDir, email);
  const pair = await dataOf(stranger.POST('/api/v1/auth/verify-otp', { body: { email, code } }));
  const token = pair.access_token;
  const shell = createShell({ terminal: ownTerminal({}), origin, asJson: false });
  return {
    client: createClient({ origin, token }),
    shell: { ...shell, remark: () => undefined }, // the tour itself says when the connection is lost
    source: {
      token: async () => token,
      get: async (path) => {
        const answer = await ask(shell, { method: 'GET', path, token });
        if (answer.status !== 200) throw refusalOf(answer);
        return answer.body;
      },
    },
  };
};
