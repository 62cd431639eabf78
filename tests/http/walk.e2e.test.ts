import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { operations } from '@studio/contracts';

import { startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { ask, type Asking, exampleOf, type Meanings, type Told } from './asking.ts';
import { type Documented, readDocument } from './documented.ts';
import { createWorld, stageFor, type World } from './stages.ts';

const forAdministrators = operations.filter(({ tag }) => tag === 'Operations').map(({ id }) => id);
/** Operations about somebody's things that show a stranger an empty list instead of a 404. */
const emptyForStrangers = ['listVersions', 'listWorkflowAgents'];

let studio: StudioProcess;
let world: World;
let stranger: Person;
let documented: readonly Documented[];
const rows: string[] = [];

beforeAll(async () => {
  studio = await createStudio({ env: { ADMIN_EMAILS: 'ada@example.org' } });
  await studio.start();
  world = await createWorld(studio, await startCountingServer());
  stranger = await signIn(studio, 'grace@example.org');
  documented = (await readDocument(studio.origin())).operations;
});
afterAll(async () => {
  console.log(['operation: owner, stranger, nobody', ...rows].join('\n'));
  await world.server.close();
  await studio.remove();
});

const expectHeaders = (names: readonly string[], headers: Headers): void => {
  const sometimes = ['Studio-Stale', 'Retry-After'];
  for (const name of names.filter((each) => !sometimes.includes(each)))
    expect([name, headers.get(name)]).toEqual([name, expect.any(String)]);
};

/** What the document says of an answer is all that it holds, and all that it says is there. */
const expectAsDeclared = (id: string, { status, headers, body }: Told): void => {
  const declared = operations.find((operation) => operation.id === id)?.answers[status];
  if (!declared) throw new Error(`${id} says nothing of ${status}: ${JSON.stringify(body)}`);
  const { schema, mediaType } = declared;
  if (!schema) expect(body).toBe('');
  else if (mediaType === undefined) expect(schema.parse(body)).toEqual(body);
  expectHeaders(declared.headers ?? [], headers);
};

const problemCode = ({ body }: Told): unknown => (body as { code?: unknown }).code; // a problem document has one

/** What the owner's example gives a stranger. */
const expectForStranger = (operation: Documented, told: Told, isAboutOwners: boolean): void => {
  const { id, answers } = operation;
  if (emptyForStrangers.includes(id)) {
    expect([told.status, told.body]).toEqual([200, []]);
    return;
  }
  if (forAdministrators.includes(id)) {
    expect([told.status, problemCode(told)]).toEqual([403, 'auth.not_allowed']);
    return;
  }
  if (!isAboutOwners) {
    expectAsDeclared(id, told);
    return;
  }
  expect(told.status).toBe(404);
  expect(answers.get(404)).toContain(problemCode(told));
};

const holdsOne = ({ path, body = '' }: Asking, meanings: Meanings): boolean =>
  [...meanings.values()].some((meaning) => path.includes(meaning) || body.includes(meaning));

/** One that outlives the operations; signing out gets its own. */
const strangersToken = async (id: string): Promise<string> =>
  id === 'signOut' ? (await signIn(studio, 'grace@example.org')).token : stranger.token;

it.each(operations.map(({ id }) => id))('%s answers those who may, as it says', async (id) => {
  const operation = documented.find((one) => one.id === id);
  if (!operation) throw new Error(`${id} is not in the document`);
  const { meanings, token } = await stageFor(world, id);
  const example = exampleOf(operation, meanings);
  const origin = studio.origin();

  const nobody = await ask(origin, example);
  if (operation.isPublic) {
    expectAsDeclared(id, nobody);
    rows.push(`${id}: everyone ${nobody.status}`);
    return;
  }
  expect([nobody.status, problemCode(nobody)]).toEqual([401, 'auth.missing_token']);
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer');

  const strange = await ask(origin, example, await strangersToken(id));
  expectForStranger(operation, strange, holdsOne(example, meanings));

  const owners = await ask(origin, example, token);
  expectAsDeclared(id, owners);
  rows.push(`${id}: ${owners.status} ${strange.status} ${nobody.status}`);
});
