import { mkdir, readFile, writeFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import { ended, save, start } from '../e2e/canvas.ts';
import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import type { TestBrowser } from './chromium.ts';
import { visit } from './visitor.ts';

const email = 'ada@example.org';
const folder = new URL('../../docs/pictures/', import.meta.url);

const example = async (name: string): Promise<object> => {
  const file = new URL(`../../examples/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as object; // a file of ours
};

/** A world that is busy at first, answers, and then leaves the last caller waiting. */
const startWorld = async (): Promise<CountingServer> => {
  const world = await startCountingServer();
  world.behave('/stock', (n) => (n < 1 ? { status: 503, delayMs: 120 } : { delayMs: 250 }));
  world.behave('/charges', (n) =>
    n === 1 ? { status: 402 } : { delayMs: 400, body: { id: 'ch_1' } },
  );
  world.behave('/pages', { hang: true });
  return world;
};

/** Runs with every kind of end, and one that is under way. The first of the orders. */
const fill = async (person: Person, { url: baseUrl }: CountingServer): Promise<string> => {
  const [orders, briefs, tickets] = await Promise.all(
    ['order-flow', 'research-brief', 'support-ticket-triage'].map(async (name) =>
      save(person, await example(name)),
    ),
  );
  const order = (id: string) => {
    const items = [{ name: 'pen', price: 2, count: 3 }];
    return start(person, orders ?? '', { id, card: '4242', items, baseUrl });
  };
  const first = await order('A-17');
  await ended(person, first);
  await ended(person, await order('A-18'));
  await ended(person, await start(person, briefs ?? '', { topic: 'tides', audience: 'investors' }));
  await ended(person, await start(person, tickets ?? '', { body: { subject: 'no address' } }));
  await ended(person, await start(person, briefs ?? '', { topic: 'rivers', audience: 'pupils' }));
  const cancelled = await order('A-19');
  await person.call('POST', `/executions/${cancelled}/cancel`);
  const body = {
    subject: 'Urgent: nobody can log in',
    text: 'Since nine.',
    customer: 'Acme',
    baseUrl,
  };
  await start(person, tickets ?? '', { body });
  return first;
};

const take = async (page: Page, name: string): Promise<number> => {
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  if (process.env['UPDATE_PICTURES'] === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(new URL(`${name}.png`, folder), picture);
  }
  return picture.length;
};

/** The pictures of the README, written only with UPDATE_PICTURES=1. Their sizes in bytes. */
export const takePictures = async (
  studio: StudioProcess,
  browser: TestBrowser,
): Promise<readonly number[]> => {
  const world = await startWorld();
  const looks = { viewport: { width: 1160, height: 820 }, locale: 'en-GB' };
  const [dark, light] = [
    await browser.open({ ...looks, colorScheme: 'dark' }),
    await browser.open({ ...looks, colorScheme: 'light' }),
  ];
  try {
    const order = await fill(await signIn(studio, email), world);
    await visit(dark.page, studio, email);
    await dark.page.locator('td [data-status=running]').waitFor();
    const list = await take(dark.page, 'runs');
    await visit(light.page, studio, email, `#/executions/${order}`);
    const begun = light.page.locator('.facts li', { hasText: 'NodeStarted' });
    await begun.filter({ hasText: 'Charge the card' }).click();
    await light.page.locator('[data-node=charge][data-status=running]').waitFor();
    return [list, await take(light.page, 'run')];
  } finally {
    await dark.close();
    await light.close();
    await world.close();
  }
};
