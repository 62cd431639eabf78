import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

import { ended, start } from '../e2e/canvas.ts';
import type { Person } from '../fixtures/studio.ts';
import { tabTo } from './visitor.ts';

const secret = 'nobody may read this';

/** By keyboard, and while a run begins. */
const watchSubscribers = async (page: Page, begin: () => Promise<string>): Promise<void> => {
  await tabTo(page, 'a[href="#/ops"]');
  await page.keyboard.press('Enter');
  await page.locator('h1:focus', { hasText: 'Operations' }).waitFor();
  const projection = page.locator('tr[data-key^="projection executions v"]');
  await projection.locator('[data-status=level]').waitFor();
  await page.locator('.live[data-state=live]').waitFor();
  const executors = page.getByRole('table', { name: 'Executors' }).locator('tbody tr');
  await executors.filter({ hasText: '64 of 64' }).locator('[data-status=beating]').waitFor();
  expect(await executors.count()).toBe(1);
  const position = projection.locator('td').nth(1);
  const before = (await position.textContent()) ?? '';
  await begin();
  await position.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
  await projection.locator('[data-status=level]').waitFor();
};

/** Looks a run up in the log and goes along what its first fact caused. */
const followCauses = async (page: Page, administrator: Person, id: string): Promise<void> => {
  const facts = await administrator.call('GET', `/ops/streams/execution-${id}`);
  const [first] = facts.body.items;
  const last = facts.body.items.at(-1);
  await page.getByRole('link', { name: 'Events' }).click();
  await page.locator('h1:focus', { hasText: 'Events of the log' }).waitFor();
  await page.getByLabel('Category').selectOption('execution');
  await page.getByLabel('Type').fill('WorkflowStarted');
  await page.keyboard.press('Enter');
  await page.waitForURL(/category=execution&type=WorkflowStarted/);
  await page.reload();
  expect(await page.getByLabel('Type').inputValue()).toBe('WorkflowStarted');
  const begun = page.locator(`[data-event="${first.eventId}"]`);
  await begun.waitFor();
  const types = await page.locator('.events summary .type').allTextContents();
  expect(new Set(types)).toEqual(new Set(['WorkflowStarted']));
  await begun.locator('summary').press('Enter');
  const envelope = (await begun.locator('.envelope').textContent()) ?? '';
  expect(JSON.parse(envelope)).toEqual(first);
  expect(envelope).toContain('$sealed');
  const { body } = await administrator.call('GET', `/ops/events/${first.eventId}/causality`);
  const tree = begun.locator('.causes');
  await tree.getByText(body.origin).waitFor();
  expect(await tree.locator('.type').allTextContents()).toEqual([
    ...[first.type, ...body.effects.map(({ type }: { type: string }) => type)],
  ]);
  expect(await tree.locator('[aria-current]').textContent()).toContain('WorkflowStarted');
  expect(await page.locator('main').textContent()).not.toContain(secret);
  await tree.getByRole('link', { name: last.type }).click();
  const opened = page.locator(`[data-event="${last.eventId}"][open]`);
  await opened.locator('.causes [aria-current]').waitFor();
  expect(page.url()).toContain(`#/ops/streams/execution-${id}?at=${last.revision}`);
  await opened.getByRole('link', { name: 'Run' }).click();
  await page.locator(`[data-shown=fact-${last.revision}]`).waitFor();
};

/** Pages through the whole log, which holds more than one page, and comes to a stream by its name. */
const pageThroughLog = async (page: Page, workflow: string): Promise<void> => {
  await page.goto(new URL('#/ops/events', page.url()).href);
  const rows = page.locator('.events > li');
  await page.getByText('the newest 50 events').waitFor();
  const newest = await page.locator('.events .position').allTextContents();
  await page.getByRole('button', { name: 'Show older' }).click();
  await rows.nth(50).waitFor();
  const all = await page.locator('.events .position').allTextContents();
  expect(all.slice(0, 50)).toEqual(newest);
  const places = all.map((text) => Number(text.replaceAll(/\D/g, '')));
  expect(places).toEqual([...new Set(places)].sort((a, b) => b - a));
  await page.getByRole('link', { name: 'Streams' }).click();
  await page.getByLabel('Category').selectOption('workflow');
  await page.waitForURL(/category=workflow/);
  await page.getByRole('link', { name: `workflow-${workflow}` }).click();
  await page.locator('h1:focus', { hasText: `workflow-${workflow}` }).waitFor();
  await page.locator('.events .type', { hasText: 'WorkflowCreated' }).waitFor();
};

/** Walks through all that the page has for administrators; `workflow` is one of theirs. */
export const lookAtOperations = async (
  page: Page,
  administrator: Person,
  workflow: string,
): Promise<void> => {
  const begin = () => start(administrator, workflow, { name: secret });
  await watchSubscribers(page, begin);
  const runs = await Promise.all(Array.from({ length: 6 }, begin));
  for (const id of runs) await ended(administrator, id);
  await followCauses(page, administrator, runs[0] ?? '');
  await pageThroughLog(page, workflow);
};

/** For someone else there is no way in, and nothing is asked for. */
export const findClosed = async (page: Page): Promise<void> => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0);
  await page.goto(new URL('#/ops/events', page.url()).href);
  await page.getByText('For administrators of the studio').waitFor();
  expect(asked.filter((url) => url.includes('/ops'))).toEqual([]);
};
