import type { WebhookTriggerConfig } from '@studio/contracts';
import { invalidRequest } from '@studio/infra';
import { valueOfBody } from '@studio/infra/http';
import type { Request } from 'express';

/** Headers that every run may see. */
const shown = ['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp'];
/** Headers that no run may see, whatever its trigger asks for: they prove who someone is. */
const secret = /auth|cookie|token|secret|signature|password|key/;

const headersOf = (request: Request, asked: readonly string[]): Record<string, string> => {
  const wanted = asked.map((name) => name.toLowerCase()).filter((name) => !secret.test(name));
  const found = [...new Set([...shown, ...wanted])].flatMap((name) => {
    const value = request.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
};

const waitField = 'wait';

/** The query without what is meant for us. */
export const queryOf = (request: Request): Record<string, unknown> =>
  Object.fromEntries(Object.entries(request.query).filter(([name]) => name !== waitField));

/** What the run is started with; the body first, because an agent without a prompt is sent all of it. */
export const triggerOf = (
  request: Request,
  body: Uint8Array,
  { headers }: WebhookTriggerConfig,
): Record<string, unknown> => ({
  body: valueOfBody(request.get('content-type'), body),
  query: queryOf(request),
  method: request.method,
  headers: headersOf(request, headers),
});

const longestWaitSeconds = 30;

/** How long the sender wants to wait for a result, in milliseconds; as long as may be when it does not say. Error: `request.invalid`. */
export const waitOf = (request: Request): number => {
  const asked = request.query[waitField];
  if (asked === undefined) return longestWaitSeconds * 1_000;
  if (typeof asked === 'string' && /^\d{1,2}$/.test(asked) && Number(asked) <= longestWaitSeconds)
    return Number(asked) * 1_000;
  const msg = `Input should be a whole number of seconds from 0 to ${longestWaitSeconds}`;
  throw invalidRequest([{ type: 'value_error', loc: ['query', waitField], msg }]);
};

const wellFormedId = /^[\x21-\x7e]{1,255}$/;

/** What names the delivery, so that sending it again makes nothing anew; null where nothing does. Error: `request.invalid`. */
export const deliveryIdOf = (
  request: Request,
): { readonly header: string; readonly id: string } | null => {
  for (const header of ['webhook-id', 'idempotency-key']) {
    const id = request.get(header);
    if (id === undefined) continue;
    if (wellFormedId.test(id)) return { header, id };
    const msg = 'A delivery id has 1 to 255 visible ASCII characters';
    throw invalidRequest([{ type: 'value_error', loc: ['header', header], msg }]);
  }
  return null;
};
