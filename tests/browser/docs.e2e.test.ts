import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { operations } from '@studio/contracts';

import { createStudio, type StudioProcess } from '../fixtures/studio.ts';
import { describeInChromium, startChromium, type Tab, type TestBrowser } from './chromium.ts';

describeInChromium('the pages of the document', () => {
  let studio: StudioProcess;
  let browser: TestBrowser;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    studio = await createStudio();
    await studio.start();
    browser = await startChromium();
  });
  afterAll(async () => {
    await Promise.all(tabs.map((tab) => tab.close()));
    await browser.close();
    await studio.remove();
  });

  /** Opens a page and notes every address that it loads anything from. */
  const visit = async (path: string) => {
    const tab = await browser.open();
    tabs.push(tab);
    const origins = new Set<string>();
    tab.page.on('request', (request) => {
      if (request.url().startsWith('http')) origins.add(new URL(request.url()).origin);
    });
    const answer = await tab.page.goto(studio.origin() + path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self';");
    return { ...tab, origins };
  };

  it('shows every endpoint at /docs, and tries one out', async () => {
    const { page, complaints, origins } = await visit('/docs');
    await page
      .locator('.opblock')
      .nth(operations.length - 1)
      .waitFor();
    expect(await page.locator('.opblock').count()).toBe(operations.length);
    await page.locator('#operations-Service-getHealth .opblock-summary-control').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    const answer = page.locator('.live-responses-table .response').first();
    await answer.waitFor();
    expect(await answer.innerText()).toContain('"status": "healthy"');
    expect(complaints).toEqual([]);
    expect([...origins]).toEqual([studio.origin()]);
  });

  it('shows every endpoint at /redoc, and searches', async () => {
    const { page, complaints, origins } = await visit('/redoc');
    await page.getByRole('heading', { name: 'Erase the data of a run for good' }).waitFor();
    const shown = await page.locator('[data-section-id*="/operation/"]').count();
    expect(shown).toBeGreaterThanOrEqual(operations.length);
    await page.getByPlaceholder('Search...').fill('replay');
    await page.locator('[data-role="search:results"] li').first().waitFor();
    expect(complaints).toEqual([]);
    expect([...origins]).toEqual([studio.origin()]);
  });
});
