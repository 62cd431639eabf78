import { setTimeout as sleep } from 'node:timers/promises';

import { CommandError, type ExitCode, exitCodes } from './exitCodes.ts';
import { createSessions, sessionOf, type Sessions } from './sessions.ts';
import type { Shell } from './shell.ts';

/** The studio's API as the signed-in person has it. Throws CommandError for every refusal. */
export interface Api {
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** A token that is good for a while yet. */
  token(): Promise<string>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
}

const patienceMs = 30_000;
/** Tokens are renewed so long before they end. */
const marginMs = 30_000;
export const prefixOf = ({ env }: Pick<Shell, 'env'>): string => env['API_V1_PREFIX'] ?? '/api/v1';

const codeOfStatus: Readonly<Record<number, ExitCode>> = {
  401: exitCodes.notSignedIn,
  404: exitCodes.notFound,
  422: exitCodes.usage,
  503: exitCodes.unreachable,
};

/** What a problem document says, in one line. */
const reasonOf = ({ status, body }: Answer): string => {
  const { detail } = (typeof body === 'object' && body !== null ? body : {}) as {
    detail?: unknown; // a problem document, or not: both are looked at
  };
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return `The studio answered ${status}`;
  return (detail as { loc?: unknown[]; msg?: unknown }[]) // the list that a 422 carries
    .map(({ loc, msg }) => `${loc?.slice(1).join('.') ?? ''}: ${String(msg)}`)
    .join('; ');
};

export const refusalOf = (answer: Answer): CommandError =>
  new CommandError(codeOfStatus[answer.status] ?? exitCodes.failed, reasonOf(answer));

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not a studio, or a proxy before it: the status has to do
  }
};

/** One request without a session. Throws for a studio out of reach; refusals are answers. */
export const ask = async (shell: Pick<Shell, 'origin' | 'env'>, asked: Asked): Promise<Answer> => {
  const { method, path, body, token } = asked;
  const url = `${shell.origin}${prefixOf(shell)}${path}`;
  try {
    const answer = await fetch(url, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: jsonOf(await answer.text()) };
  } catch (cause) {
    const message = `No studio answers at ${shell.origin} (start one with: npm start)`;
    throw new CommandError(exitCodes.unreachable, message, cause);
  }
};

const notSignedIn = (): CommandError =>
  new CommandError(exitCodes.notSignedIn, 'You are not signed in: npm run studio -- login');

const renew = async (shell: Shell, sessions: Sessions, stale: string): Promise<string> =>
  sessions.alone(async () => {
    const session = sessions.read();
    if (!session) throw notSignedIn();
    if (session.accessToken !== stale) return session.accessToken; // another process was first
    const body = { refresh_token: session.refreshToken };
    const answer = await ask(shell, { method: 'POST', path: '/auth/refresh', body });
    if (answer.status === 401) throw notSignedIn();
    if (answer.status !== 200) throw refusalOf(answer);
    const next = sessionOf(answer.body);
    sessions.write(next);
    return next.accessToken;
  });

export const createApi = (shell: Shell): Api => {
  const sessions = createSessions(shell);
  let renewing: Promise<string> | undefined;

  const renewed = (stale: string): Promise<string> =>
    (renewing ??= renew(shell, sessions, stale).finally(() => (renewing = undefined)));

  const token = async (): Promise<string> => {
    const session = sessions.read();
    if (!session) throw notSignedIn();
    const ends = session.expiresAt - marginMs < Date.now();
    return ends ? renewed(session.accessToken) : session.accessToken;
  };

  const call = async (method: Asked['method'], path: string, body?: unknown): Promise<unknown> => {
    const used = await token();
    let answer = await ask(shell, { method, path, body, token: used });
    if (answer.status === 401)
      answer = await ask(shell, { method, path, body, token: await renewed(used) });
    if (answer.status === 401) throw notSignedIn();
    if (answer.status >= 300) throw refusalOf(answer);
    return answer.body;
  };

  return {
    token,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  };
};

/** Waits between tries, a little longer each time, up to 5 s. */
export const backOff = (tries: number): Promise<void> => sleep(Math.min(5_000, 100 * 2 ** tries));
