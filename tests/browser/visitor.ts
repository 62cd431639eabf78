import { createServer } from 'node:net';

import type { Page } from 'playwright-core';

import { newestCode, type StudioProcess } from '../fixtures/studio.ts';

/** A port that was free a moment ago: a studio that is started again keeps its address. */
export const freePort = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(String(typeof address === 'object' ? address?.port : ''));
      });
    });
  });

/** Through the form, with the code from the mail. */
export const signInByPage = async (
  page: Page,
  studio: StudioProcess,
  email: string,
): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const field = page.getByLabel('Code');
  await field.waitFor();
  await field.fill(await newestCode(studio.dataDir));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.live').waitFor();
};

/** Opens an address of the page, which begins with `#`, as someone who has just signed in. */
export const visit = async (
  page: Page,
  studio: StudioProcess,
  email: string,
  hash = '#/executions',
): Promise<void> => {
  await page.goto(`${studio.origin()}/${hash}`);
  await signInByPage(page, studio, email);
  await page.locator('.live[data-state=live]').waitFor();
};

/** The state of each node as the graph shows it, by node id. */
export const statesInGraph = (page: Page): Promise<Record<string, string | null>> =>
  page
    .locator('.graph [data-node]')
    .evaluateAll((nodes) =>
      Object.fromEntries(
        nodes.map((node) => [node.getAttribute('data-node'), node.getAttribute('data-status')]),
      ),
    );

/** Tab, until the focus is on what the selector names. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  const wanted = page.locator(`${selector}:focus`);
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`the focus never came to ${selector}`);
};
