import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { StoredEvent } from '@studio/contracts';
import fc from 'fast-check';

import { save } from '../e2e/canvas.ts';
import { startCountingServer } from '../fixtures/countingServer.ts';
import { rounds, soak } from '../fixtures/length.ts';
import { createStudio, type StudioProcess } from '../fixtures/studio.ts';
import { wholeLog } from '../fixtures/wholeLog.ts';
import { ask, exampleOf, type Told } from './asking.ts';
import { type Document, type Documented, readDocument } from './documented.ts';
import { hostileTexts } from './hostile.ts';
import { createPool, type Pool } from './pool.ts';
import { type Made, requestsOf, withQuery } from './requests.ts';
import { createWorld, stageFor, type World } from './stages.ts';

const wanted = Number(process.env['FUZZ_REQUESTS'] ?? rounds(600, 5_000));
/** The same for everybody, so that what fails is what was changed; `npm run soak` looks elsewhere each time. */
const seed = Number(process.env['FUZZ_SEED'] ?? (soak ? Date.now() % 2 ** 31 : 20_261_128));
/** Enough to keep both processors busy. */
const atOnce = 6;

let studio: StudioProcess;
let world: World;
let document: Document;
let pool: Pool;
/** How often each operation answered with each status. */
const statuses = new Map<string, Map<number, number>>();
/** Ids of requests that were refused: nothing in the log may follow from them. */
const refused: string[] = [];
let sent = 0;

const table = (): string => {
  const rows = [...statuses].map(([id, counts]) => {
    const told = [...counts].sort(([a], [b]) => a - b).map(([status, n]) => `${status}×${n}`);
    return `${id.padEnd(24)} ${told.join('  ')}`;
  });
  return [`${sent} requests, seed ${seed} (FUZZ_SEED)`, ...rows].join('\n');
};

beforeAll(async () => {
  studio = await createStudio({
    env: { OTP_RATE_LIMIT: '1000000', ADMIN_EMAILS: 'ada@example.org' },
  });
  await studio.start();
  world = await createWorld(studio, await startCountingServer());
  document = await readDocument(studio.origin());
  pool = createPool(world);
}, 120_000);
afterAll(async () => {
  console.log(table());
  await world.server.close();
  await studio.remove();
});

const notOfThisRoute = ['request.route_unknown', 'request.method_not_allowed'];

const codeOf = (body: unknown): string => (body as { code?: string } | null)?.code ?? ''; // a problem document has one

/** True when the document says that the operation may answer so. That something failed is told of each, and is wrong here. */
const isTold = ({ answers }: Documented, { status, body }: Told, wrong: string | null): boolean => {
  if (status >= 500) return false;
  const code = codeOf(body);
  // A hostile segment may lead to another route, or to none.
  if (wrong === 'path' && (status === 307 || notOfThisRoute.includes(code))) return true;
  const codes = answers.get(status);
  return codes === null || (codes?.includes(code) ?? false);
};

const note = (id: string, status: number): void => {
  const counts = statuses.get(id) ?? new Map<number, number>();
  statuses.set(id, counts.set(status, (counts.get(status) ?? 0) + 1));
};

const send = async (operation: Documented, made: Made, token: string): Promise<string | null> => {
  const requestId = `fuzz-${(sent += 1)}`;
  const asking = { ...made, headers: { 'x-request-id': requestId, ...made.headers } };
  const told = await ask(studio.origin(), asking, token);
  note(operation.id, told.status);
  if (told.status >= 400) refused.push(requestId);
  else pool.keep(operation.id, made.path, told);
  if (isTold(operation, told, made.wrong)) return null;
  const said = JSON.stringify([told.status, told.body]);
  return `${operation.id} (${made.wrong ?? 'right'}) told ${said} of ${JSON.stringify(asking)}`;
};

/** Does the work of all jobs, some at a time. */
const doAll = async (jobs: readonly (() => Promise<void>)[]): Promise<void> => {
  const rest = jobs[Symbol.iterator]();
  const worker = async () => {
    for (const job of rest) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

it('answers every example with success', async () => {
  for (const operation of document.operations) {
    const staged = await stageFor(world, operation.id);
    const example = { ...exampleOf(operation, staged.meanings), wrong: null };
    expect(await send(operation, example, staged.token)).toBeNull();
    pool.learn(operation.id, staged);
    const succeeded = [...(statuses.get(operation.id)?.keys() ?? [])].filter((s) => s < 300);
    expect([operation.id, succeeded.length]).toEqual([operation.id, 1]);
  }
});

it('answers whatever is sent as the document says, and never fails', async () => {
  const each = Math.ceil((wanted - document.operations.length) / document.operations.length);
  const unexpected: string[] = [];
  const jobs = document.operations.flatMap((operation, index) =>
    fc
      .sample(requestsOf(operation, document), { numRuns: each, seed: seed + index })
      .map((made) => async () => {
        const { filled, token } = pool.fill(operation.id, made);
        const complaint = await send(operation, filled, token);
        if (complaint !== null) unexpected.push(complaint);
      }),
  );
  await doAll(
    fc.sample(fc.shuffledSubarray(jobs, { minLength: jobs.length }), { numRuns: 1, seed })[0] ?? [],
  );
  expect(unexpected.slice(0, 20)).toEqual([]);
}, 1_200_000);

const filters = () =>
  document.operations.flatMap((operation) =>
    operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name }) => hostileTexts.map((text) => ({ operation, name, text }))),
  );

it('takes no injection in any filter or search', async () => {
  const unexpected: string[] = [];
  const jobs = filters().map(({ operation, name, text }) => async () => {
    const made = withQuery(operation, { [name]: text });
    const { filled, token } = pool.fill(operation.id, made);
    const complaint = await send(operation, filled, token);
    if (complaint !== null) unexpected.push(complaint);
  });
  expect(jobs.length).toBeGreaterThan(500);
  await doAll(jobs);
  expect(unexpected.slice(0, 20)).toEqual([]);
}, 600_000);

it.each(["' OR 1=1 --", '%', '_', '\\', 'Q%_\\'])('finds %j only where it stands', async (text) => {
  const name = `Search for ${text} here`;
  await save(world.owner, { name });
  const path = `/workflows?limit=100&query=${encodeURIComponent(text)}`;
  const { body } = await world.owner.call('GET', path);
  const found: readonly { name: string; description: string | null }[] = body.items;
  expect(found.map((one) => one.name)).toContain(name);
  const texts = found.map((one) => `${one.name}\n${one.description ?? ''}`.toLowerCase());
  expect(texts.filter((one) => !one.includes(text.toLowerCase()))).toEqual([]);
});

it('stored nothing of what it refused', async () => {
  const correlationOf = ({ metadata }: StoredEvent): unknown =>
    (JSON.parse(metadata) as { correlationId?: unknown }).correlationId; // every metadata names one
  const followed = new Set((await wholeLog(studio.logAddress())).map(correlationOf));
  expect(followed.size).toBeGreaterThan(document.operations.length / 3);
  expect(refused.length).toBeGreaterThan(wanted / 4);
  expect(refused.filter((id) => followed.has(id))).toEqual([]);
});

it('stands as it stood, after all that', async () => {
  const ready = await fetch(`${studio.origin()}/health/ready`);
  expect([ready.status, studio.output().includes('failed unexpectedly')]).toEqual([200, false]);
});
