import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Answer, call } from '../fixtures/studio.ts';
import {
  deliver,
  type Hook,
  newHook,
  nowSeconds,
  type Sent,
  signatureOf,
} from '../fixtures/webhookSender.ts';
import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';
import { refusalOf } from './nothingStored.ts';

let side: WriteSide;
let ada: SignedIn;
beforeAll(async () => {
  side = await startWriteSide();
  ada = await side.signIn('ada@example.org');
});
afterAll(() => side.stop());

const send = (hook: Pick<Hook, 'path' | 'secret'>, sent?: Sent): Promise<Answer> =>
  deliver(side.origin, hook, sent);
const hooked = (config?: object, asked?: object): Promise<Hook> => newHook(ada, config, asked);

const refusal = (work: () => Promise<Answer>) => refusalOf(side, work);

describe('a signature', () => {
  const invalid = [401, 'webhook.signature_invalid'];

  it('is needed, whole, and of the webhook’s own secret', async () => {
    const hook = await hooked();
    const other = await hooked();
    expect(await refusal(() => send({ ...hook, secret: other.secret }))).toEqual(invalid);
    const { path } = hook;
    const unsigned = () => call(side.origin, 'POST', path, { body: { n: 1 } });
    expect(await refusal(unsigned)).toEqual(invalid);
    for (const header of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      for (const value of ['', 'x', 'v1,', 'v1,AAAA', 'a.b'])
        expect(await refusal(() => send(hook, { headers: { [header]: value } }))).toEqual(
          header === 'webhook-id' && value !== '' ? invalid : expect.arrayContaining([401]),
        );
    const altered = () =>
      call(side.origin, 'POST', path, {
        body: '{"n":2}',
        headers: {
          ...{ 'content-type': 'application/json', 'webhook-id': 'a' },
          'webhook-timestamp': String(nowSeconds()),
          'webhook-signature': signatureOf(hook.secret, {
            id: 'a',
            timestamp: nowSeconds(),
            body: '{"n":1}',
          }),
        },
      });
    expect(await refusal(altered)).toEqual(invalid);
  });

  it('may be one of several, as while a sender changes its secret', async () => {
    const hook = await hooked();
    const at = nowSeconds();
    const good = signatureOf(hook.secret, { id: 'two', timestamp: at, body: '{"n":1}' });
    const answer = await send(hook, {
      id: 'two',
      headers: {
        'webhook-signature': `v1a,xyz v1,AAAA ${good}`,
        'webhook-timestamp': String(at),
      },
    });
    expect(answer.status).toBe(202);
  });

  it('counts for five minutes, either way', async () => {
    const hook = await hooked();
    for (const secondsOff of [-290, 290])
      expect((await send(hook, { secondsOff })).status).toBe(202);
    const stale = [401, 'webhook.timestamp_out_of_window'];
    for (const secondsOff of [-310, 320])
      expect(await refusal(() => send(hook, { secondsOff }))).toEqual(stale);
    side.advance(600_000); // by our own clock, not by what the sender says of the day
    expect(await refusal(() => send(hook))).toEqual(stale);
    expect((await send(hook, { secondsOff: 600 })).status).toBe(202);
    side.advance(-600_000);
  });

  it('is not looked at where none is required', async () => {
    const hook = await hooked({}, { signature: 'none' });
    expect(hook.secret).toBeNull();
    const strange = { 'webhook-signature': 'v1,AAAA', 'webhook-timestamp': 'noon' };
    const answer = await call(side.origin, 'POST', hook.path, { body: {}, headers: strange });
    expect(answer.status).toBe(202);
  });
});

describe('a URL that is not ours', () => {
  it('is unknown, without a look at the log', async () => {
    const hook = await hooked();
    const token = hook.path.split('/').at(-1) ?? '';
    const bytes = Buffer.from(token, 'base64url');
    const turned = (at: number): string => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    };
    const forged = [0, 1, 16, 17, 32, 33, 64].map(turned);
    const hash = createHash('sha256').update(token).digest('base64url');
    // The switch to 'none' must not unlock a webhook that wants signatures.
    for (const each of [...forged, hash, 'x', '%00', token.slice(1), `${token}a`])
      expect(await refusal(() => send({ ...hook, path: `/webhooks/${each}` }))).toEqual([
        ...[404, 'webhook.not_found'],
      ]);
  });

  it('is soon not even answered, which those who have one do not notice', async () => {
    const hook = await hooked();
    const statuses = new Set<number>();
    for (let n = 0; n < 60 && !statuses.has(429); n += 1)
      statuses.add((await send({ ...hook, path: '/webhooks/guess' })).status);
    expect([...statuses]).toContain(429);
    const refused = await send({ ...hook, path: '/webhooks/guess' });
    expect([refused.status, refused.body.code]).toEqual([429, 'webhook.rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(hook)).status).toBe(202);
  });
});
