import type { Request } from 'express';

import type { Authenticator, Caller } from '../auth/authenticate.ts';

/**
 * Who signed a request. It is worked out once, whoever asks first: what counts people's requests, or the
 * route. Errors: those of `authenticate`, each time.
 */
export const callerOf = (
  authenticator: Pick<Authenticator, 'authenticate'>,
  request: Request,
): Promise<Caller> => {
  const locals = request.res?.locals ?? {};
  const known = locals['caller'] as Promise<Caller> | undefined; // nobody else writes it
  if (known) return known;
  const caller = authenticator.authenticate(request.get('Authorization'));
  locals['caller'] = caller;
  return caller;
};
