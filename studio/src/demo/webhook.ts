import { createHmac } from 'node:crypto';

import { dataOf } from '@studio/contracts/client';

import type { Example } from './examples.ts';
import type { Visitor } from './visitor.ts';

/** A sender's side of a webhook, as Standard Webhooks has it. */
export interface Sender {
  /** Delivers under an id; a signature of one's own making only to see it refused. Answers status and run. */
  deliver(id: string, body: object, signature?: string): Promise<Delivered>;
}

export interface Delivered {
  readonly status: number;
  readonly run: string;
}

/** Publishes the workflow and issues its webhook: the URL and the secret are told only now. */
export const openWebhook = async ({ client }: Visitor, example: Example): Promise<Sender> => {
  const params = { path: { workflow_id: example.id } };
  await dataOf(
    client.PATCH('/api/v1/workflows/{workflow_id}/status', {
      params,
      body: { status: 'published' },
    }),
  );
  const { url, secret } = await dataOf(
    client.POST('/api/v1/workflows/{workflow_id}/webhook', { params, body: {} }),
  );
  const key = Buffer.from((secret ?? '').replace('whsec_', ''), 'base64');
  return {
    deliver: async (id, value, signature) => {
      const [body, timestamp] = [JSON.stringify(value), String(Math.floor(Date.now() / 1000))];
      const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...{ 'webhook-id': id, 'webhook-timestamp': timestamp },
          'webhook-signature': signature ?? `v1,${signed.digest('base64')}`,
        },
        body,
      });
      const { execution_id } = (await answer.json()) as { execution_id?: string }; // or a problem
      return { status: answer.status, run: execution_id ?? '' };
    },
  };
};
