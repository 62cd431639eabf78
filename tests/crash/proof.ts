import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { StoredEvent } from '@studio/contracts';

import type { CountingServer } from '../fixtures/countingServer.ts';
import type { Person } from '../fixtures/studio.ts';
import { wholeLog } from '../fixtures/wholeLog.ts';

export const canvasNode = (id: string, kind: string, config: object = {}) => ({
  ...{ id, type: 'action', title: id, position: { x: 0, y: 0 } },
  data: { kind, config },
});

/** Saves a chain of nodes as a workflow and returns its id. */
export const saveChain = async (
  person: Person,
  nodes: readonly ReturnType<typeof canvasNode>[],
): Promise<string> => {
  const connections = nodes
    .slice(1)
    .map(({ id }, index) => ({ source: nodes[index]?.id, target: id }));
  const answer = await person.call('POST', '/workflows', {
    name: 'Crash proof',
    nodes,
    connections,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(answer.body.id);
};

/** A run with everything that a crash can hit: a read, an unsafe call, pure work, a timer, a repeatable call. */
export const eventfulNodes = (server: string) => [
  canvasNode('start', 'manual-trigger'),
  canvasNode('read', 'http-request', { url: `${server}/read?run={{execution.id}}` }),
  canvasNode('pay', 'http-request', {
    url: `${server}/pay?run={{execution.id}}`,
    method: 'POST',
    body: { n: 1 },
  }),
  canvasNode('think', 'transform', { expression: '{"answer": trigger.n * 2}' }),
  canvasNode('wait', 'delay', { durationMs: 40 }),
  canvasNode('tell', 'http-request', {
    url: `${server}/tell?run={{execution.id}}`,
    method: 'POST',
    idempotent: true,
  }),
  canvasNode('done', 'noop'),
];
export const noops = (count: number) =>
  Array.from({ length: count }, (_, index) => canvasNode(`step${index}`, 'noop'));

/** Starts a run; null when it was not acknowledged: the studio or its database was away. */
export const startRun = async (
  person: Person,
  workflowId: string,
  idempotencyKey?: string,
): Promise<string | null> => {
  const asked = { workflow_id: workflowId, trigger_data: { n: 21 } };
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const answer = await person.call('POST', '/executions', asked, headers).catch(() => null);
  if (answer === null || answer.status === 503) return null;
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return String(answer.body.id);
};

export interface Fact {
  readonly type: string;
  /** `<storeId>:<n>`. */
  readonly position: string;
  readonly metadata: {
    readonly actor: { readonly kind: string; readonly id: string };
    readonly occurredAt: string;
  };
  readonly data: Readonly<Record<string, unknown>>;
}

/** All facts of a run, for a client that has the patience which a 503 asks for. */
export const factsOf = async (person: Person, runId: string): Promise<readonly Fact[]> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { status, body } = await person.call('GET', `/executions/${runId}/events?limit=1000`);
    if (status === 200) return body.items as readonly Fact[]; // as the API lists them
    if (status !== 503 || performance.now() > deadline)
      throw new Error(`${status} ${JSON.stringify(body)}`);
    await sleep(100);
  }
};

export const endings = ['WorkflowCompleted', 'WorkflowFailed', 'WorkflowCancelled'];

/** Waits until every run has ended; settles those in doubt, in turn by an outcome and by a failure. Returns how many. */
export const settleAll = async (person: Person, runs: readonly string[]): Promise<number> => {
  const settled = new Set<string>();
  const isOpen = async (id: string): Promise<boolean> => {
    const facts = await factsOf(person, id);
    if (facts.some(({ type }) => endings.includes(type))) return false;
    if (facts.at(-1)?.type === 'NodeInDoubt') await settle(person, id, facts, settled);
    return true;
  };
  const deadline = performance.now() + 120_000;
  for (let open = [...runs]; open.length > 0;) {
    await sleep(100);
    const still = await Promise.all(open.map(isOpen));
    open = open.filter((_, index) => still[index]);
    if (performance.now() > deadline)
      throw new Error(`never ends: ${JSON.stringify(await factsOf(person, open[0] ?? ''))}`);
  }
  return settled.size;
};

const settle = async (
  person: Person,
  id: string,
  facts: readonly Fact[],
  settled: Set<string>,
): Promise<void> => {
  const nodeId = String(facts.at(-1)?.data['nodeId']);
  const resolution =
    settled.size % 2 === 0 ? { action: 'outcome', output: 'checked' } : { action: 'fail' };
  const { status, body } = await person.call(
    'POST',
    `/executions/${id}/nodes/${nodeId}/resolve`,
    resolution,
  );
  if (status !== 200 && body.code !== 'node.not_in_doubt') throw new Error(JSON.stringify(body));
  settled.add(id);
};

/** Every node has at most one recorded outcome, and none after the run's end. */
export const outcomesPerNode = (facts: readonly Fact[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { type, data } of facts) {
    const counts_ = type === 'NodeCompleted' || (type === 'NodeFailed' && data['next'] !== 'retry');
    if (!counts_) continue;
    const id = String(data['instanceId']);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

/** What the outside world saw of each run. */
export const arrivalsOf = (server: CountingServer, runId: string) => {
  const of = (path: string) =>
    server.arrivals().filter((arrival) => arrival.path === `/${path}?run=${runId}`);
  return { read: of('read'), pay: of('pay'), tell: of('tell') };
};

/** Every promise about a run that has ended which its facts or the outside world contradict. */
export const brokenPromises = (
  facts: readonly Fact[],
  { read, pay, tell }: ReturnType<typeof arrivalsOf>,
): readonly string[] => {
  const outcomes = outcomesPerNode(facts);
  const keys = new Set(tell.map(({ idempotencyKey }) => idempotencyKey));
  const holds = {
    'the run has ended once': facts.filter(({ type }) => endings.includes(type)).length === 1,
    'something came out': outcomes.size > 0,
    'each node has one outcome': [...outcomes.values()].every((count) => count === 1),
    'the read was made': !outcomes.has('read') || read.length >= 1,
    'the unsafe call was made once at most': pay.length <= 1,
    'the repeatable call was made': !outcomes.has('tell') || tell.length >= 1,
    'the repeatable call had one key': keys.size <= 1 && !keys.has(null),
  };
  return Object.entries(holds).flatMap(([promise, held]) => (held ? [] : [promise]));
};

/** An event as a line that the verifier reads; with its position where positions have no gaps. */
const lineOf = ({ eventId, position, hash, ...event }: StoredEvent, gapless: boolean): string =>
  JSON.stringify({
    ...{ ...event, event_id: eventId, hash: `\\x${hash}` },
    ...(gapless ? { position: Number(position) } : {}),
  });

/** Checks every chain of the log over its raw texts, by the verifier that shares nothing with the product. */
export const verifyLog = async (address: string): Promise<number> => {
  const events = await wholeLog(address);
  const gapless = !address.startsWith('esdb');
  const folder = await mkdtemp(join(tmpdir(), 'studio-verify-'));
  const file = join(folder, 'log.ndjson');
  await writeFile(file, events.map((event) => lineOf(event, gapless)).join('\n'));
  const verifier = fileURLToPath(new URL('../histories/verify.mjs', import.meta.url));
  try {
    execFileSync(process.execPath, [verifier, file], { stdio: 'pipe' });
  } finally {
    await rm(folder, { recursive: true });
  }
  return events.length;
};

/** Numbers that look random and are the same in every run of the test: a failure can be repeated. */
export const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
