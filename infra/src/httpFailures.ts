import { DomainError, StudioError } from '@studio/contracts';

/** A request or an answer that no other try will mend. */
export const hopeless = (name: string, why: string): DomainError =>
  new DomainError('http.failed', `${name}: ${why}`);

/** A member of what was thrown; fetch hides the reason in `cause`. */
const memberOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const codeOf = (error: unknown): string => {
  const code = memberOf(memberOf(error, 'cause') ?? error, 'code');
  return typeof code === 'string' ? code : '';
};

/** The connection never stood, so that the other side cannot have done anything. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_)/;

/** Ports that fetch keeps closed (mail, telnet …): no other try will mend that. */
const isBadPort = (error: unknown): boolean =>
  memberOf(memberOf(error, 'cause'), 'message') === 'bad port';

/** `begun`: the other side had already answered something, be it a redirection. */
export const connectionFailed = (name: string, error: unknown, begun: boolean): StudioError => {
  if (isBadPort(error)) return hopeless(name, 'this port may not be called');
  const code = codeOf(error);
  return new StudioError(
    'unavailable',
    'http.failed',
    `${name} failed: ${code || 'no connection'}`,
    {
      cause: error,
      extra: { outcomeUnknown: begun || !neverSent.test(code) },
    },
  );
};

export const timedOut = (name: string, timeoutMs: number): StudioError =>
  new StudioError('unavailable', 'http.timeout', `${name} gave no answer in ${timeoutMs} ms`, {
    extra: { outcomeUnknown: true },
  });

export const calledOff = (name: string, cause: unknown): StudioError =>
  new StudioError('cancelled', 'effect.cancelled', `${name} was called off`, { cause });
