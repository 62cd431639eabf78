import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
  type ExecutionId,
  executionStream,
  type KeyId,
  type Metadata,
  type NewEvent,
  type SealingKeys,
  type StreamName,
  type UserId,
  userStream,
  type WorkflowId,
  workflowStream,
  type WorkspaceId,
  workspaceStream,
} from '@studio/contracts';

/** What was written into `tests/histories/envelope-v1.json`, as the events that went in. Neither ever changes. */
export interface VectorAppend {
  readonly stream: StreamName;
  readonly events: readonly NewEvent[];
  readonly keys: SealingKeys;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const ids = {
  user: id(1) as UserId,
  workspace: id(2) as WorkspaceId,
  workflow: id(3) as WorkflowId,
  run: id(4) as ExecutionId,
  forgottenRun: id(5) as ExecutionId,
}; // fixed ids of the history

export const keyIds = {
  user: id(11) as KeyId,
  run: id(12) as KeyId,
  forgottenRun: id(13) as KeyId,
}; // fixed ids of the history

export const keyBytes: ReadonlyMap<KeyId, Uint8Array> = new Map(
  Object.entries(keyIds).map(([name, keyId]) => [keyId, digest(`data key ${name}`)]),
);

/** The nonces of the history, in the order in which they were drawn. */
export const fixedNonces = (): ((bytes: number) => Buffer) => {
  let drawn = 0;
  return (bytes) => digest(`nonce ${String((drawn += 1))}`).subarray(0, bytes);
};

let written = 0;
const event = (type: string, data: object, more: Partial<Metadata> = {}): NewEvent => {
  written += 1;
  const metadata: Metadata = {
    correlationId: id(21),
    causationId: id(22),
    commandId: id(22),
    actor: { kind: 'user', id: ids.user },
    workspaceId: ids.workspace,
    schemaVersion: 1,
    occurredAt: `2026-01-02T03:04:05.${String(written).padStart(3, '0')}Z`,
    ...more,
  };
  return { type, data, eventId: id(100 + written), metadata } as NewEvent; // also shapes of older versions
};

const definition = {
  nodes: [
    {
      id: 'ask',
      name: 'Ask',
      type: 'agent',
      kind: 'claude-agent@1',
      config: { prompt: '{{ trigger.question }}' },
      onInDoubt: 'ask',
      retry: { maxRetries: 3, delaysMs: [5_000, 30_000, 120_000] },
    },
  ],
  connections: [],
};
const started = (executionId: string, keyId: KeyId, trigger: unknown): NewEvent =>
  event('WorkflowStarted', {
    executionId,
    workflowId: ids.workflow,
    workflowVersion: 2,
    workflowName: 'Grüße 🌍',
    userId: ids.user,
    keyId,
    engineVersion: 1,
    definition,
    definitionHash: digest(JSON.stringify(definition)).toString('hex'),
    triggerType: 'manual',
    trigger,
    context: null,
    priority: 5,
    maxRetries: 3,
    totalNodes: 1,
  });

const ask = { nodeId: 'ask', instanceId: 'ask' };
const executor: Partial<Metadata> = { actor: { kind: 'executor', id: 'executor-1' } };
const content = {
  name: 'Grüße 🌍',
  description: null,
  connections: [],
  tags: ['日本語', 'a/b~c'],
  isPublic: false,
};

/** Values that careless stores change: large numbers, NUL, lone surrogates, line separators, odd keys. */
const awkward = {
  numbers: [2 ** 53, '12345678901234567890', 2 ** 63, 1e21, 1e-7, -1.5, 0],
  nul: 'a\u0000b',
  lone: '\ud800 and \udc00',
  pair: '😀',
  lines: '\u2028\u2029\r\n\t"\\/',
  nothing: null,
  '': { 'a/b': 1, 'c~d': [null, true, false] },
  quoted: JSON.stringify({ $sealed: { v: 1 } }),
};

const users: VectorAppend[] = [
  {
    stream: userStream(ids.user),
    keys: { user: keyIds.user },
    events: [
      event('UserRegistered', {
        userId: ids.user,
        keyId: keyIds.user,
        personalWorkspaceId: ids.workspace,
        email: 'zoë@example.org',
      }),
      event('UserProfileChanged', {
        userId: ids.user,
        fullName: 'Zoë Ångström 李',
        avatarUrl: null,
      }),
      event('UserSignedIn', { userId: ids.user }),
    ],
  },
  {
    stream: workspaceStream(ids.workspace),
    keys: {},
    events: [
      event('WorkspaceCreated', {
        workspaceId: ids.workspace,
        ownerId: ids.user,
        name: 'Zoë’s “space” 🚀',
        personal: true,
      }),
      event('MemberAdded', { workspaceId: ids.workspace, userId: ids.user, role: 'owner' }),
    ],
  },
];

const manyNodes = Array.from({ length: 420 }, (_, index) => ({
  id: `n${String(index)}`,
  type: 'action',
  position: { x: index, y: 0.5 },
  data: { kind: 'transform', config: { expression: `input.${'x'.repeat(60)}` } },
}));
const workflows: VectorAppend[] = [
  {
    stream: workflowStream(ids.workflow),
    keys: {},
    events: [
      event('WorkflowCreated', {
        workflowId: ids.workflow,
        ownerId: ids.user,
        parentWorkflowId: null,
        nodes: [],
        ...content,
        // In the form of a claim: it goes to a file, and comes back as the data that it is.
        settings: { $claim: { ref: 'elsewhere', sha256: 'x', bytes: 1 } },
      }),
      event('WorkflowChanged', {
        workflowId: ids.workflow,
        version: 2,
        nodes: manyNodes,
        ...content,
        settings: { ...awkward, $sealed: { v: 1, key: keyIds.run, iv: '', text: '' } },
      }),
    ],
  },
];

const runs: VectorAppend[] = [
  {
    stream: executionStream(ids.run),
    keys: { run: keyIds.run },
    events: [
      started(ids.run, keyIds.run, awkward),
      event(
        'NodeStarted',
        {
          ...ask,
          attempt: 1,
          generation: 0,
          epoch: 7,
          effect: 'idempotent',
          idempotencyKey: id(31),
          input: { prompt: 'Who is Zoë?' },
        },
        executor,
      ),
      event(
        'ModelTurnCompleted',
        {
          ...ask,
          attempt: 1,
          turn: 1,
          provider: 'simulated',
          model: 'simulated-1',
          simulated: true,
          stopReason: 'end_turn',
          inputTokens: 9,
          outputTokens: 12,
          costMicroUsd: null,
          requestHash: digest('request').toString('hex'),
          answer: [{ type: 'text', text: 'A person.' }],
        },
        executor,
      ),
      event(
        'NodeFailed',
        // The shape of a sample version 1, which did not know `handled`.
        {
          ...ask,
          attempt: 1,
          error: { code: 'model.failed', message: 'no answer for Zoë', transient: true },
        },
        executor,
      ),
      event(
        'NodeRetryScheduled',
        { ...ask, attempt: 2, generation: 0, dueAt: '2026-01-02T03:04:10.000Z' },
        executor,
      ),
      event(
        'NodeStarted',
        {
          ...ask,
          attempt: 2,
          generation: 0,
          epoch: 8,
          effect: 'idempotent',
          idempotencyKey: id(31),
          input: '',
        },
        {
          ...executor,
          requestHash: digest('body').toString('hex'),
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        },
      ),
    ],
  },
  {
    stream: executionStream(ids.forgottenRun),
    keys: { run: keyIds.forgottenRun },
    events: [started(ids.forgottenRun, keyIds.forgottenRun, { name: 'Zoë' })],
  },
  {
    stream: executionStream(ids.run),
    keys: { run: keyIds.run },
    events: [
      event(
        'NodeCompleted',
        { ...ask, attempt: 2, handle: 'output', output: '£'.repeat(33_000) },
        executor,
      ),
      event(
        'NodeCompleted',
        { ...ask, attempt: 2, handle: 'output', output: { $sealed: 'only looks like it' } },
        executor,
      ),
      event(
        'LateOutcomeRecorded',
        { ...ask, attempt: 1, succeeded: false, outcome: null },
        executor,
      ),
      event('WorkflowCompleted', { output: awkward }, executor),
    ],
  },
  {
    stream: executionStream(ids.forgottenRun),
    keys: { run: keyIds.forgottenRun },
    events: [
      event('WorkflowCancelled', { reason: 'Zoë said so' }),
      event('DataErased', { executionId: ids.forgottenRun, keyId: keyIds.forgottenRun }),
    ],
  },
];

/** In the order in which they were appended. */
export const vectorAppends: readonly VectorAppend[] = [...users, ...workflows, ...runs];

/** An event of the history as it lies there. */
export interface VectorEvent {
  readonly position: number;
  readonly stream: StreamName;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly hash: string;
}

export interface Vectors {
  readonly keys: Readonly<Record<string, string>>;
  readonly marked: Readonly<Record<string, Readonly<Record<string, 'sealed' | 'large'>>>>;
  readonly heads: Readonly<Record<string, string>>;
  readonly events: readonly VectorEvent[];
}

export const historiesFolder = new URL('../histories/', import.meta.url);
export const readVectors = (): Vectors =>
  JSON.parse(readFileSync(new URL('envelope-v1.json', historiesFolder), 'utf8')) as Vectors; // our own file
