import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { describeInChromium, startChromium, type Tab, type TestBrowser } from './chromium.ts';
import { type Gate, startGate } from './gate.ts';
import { findClosed, lookAtOperations } from './operations.ts';
import { takePictures } from './pictures.ts';
import { signInByPage, statesInGraph, tabTo, visit } from './visitor.ts';

const email = 'ada@example.com';
const three = (middle = canvasNode('wait', 'delay', { durationMs: 1 })) =>
  chain(
    canvasNode('begin', 'manual-trigger'),
    middle,
    canvasNode('shout', 'transform', { expression: '$uppercase(trigger.name)' }),
  );
/** Calls a server that answers when the test says so. */
const threeBy = ({ url }: Gate) => three(canvasNode('wait', 'http-request', { url }));

describeInChromium('the page at /', () => {
  let studio: StudioProcess;
  let browser: TestBrowser;
  let person: Person;
  let tab: Tab;
  let gate: Gate;

  beforeAll(async () => {
    studio = await createStudio({ env: { ADMIN_EMAILS: email } });
    await studio.start();
    browser = await startChromium();
    person = await signIn(studio, email);
  });
  afterAll(async () => {
    await browser.close();
    await studio.remove();
  });
  beforeEach(async () => {
    tab = await browser.open();
    gate = await startGate();
  });
  afterEach(async () => {
    await tab.close();
    await gate.close();
  });

  it('signs in by mail, and says what is wrong with a code', async () => {
    const { page, complaints } = tab;
    await page.goto(`${studio.origin()}/`);
    await page.getByLabel('E-mail').fill('grace@example.com');
    await page.keyboard.press('Enter');
    await page.getByLabel('Code').fill('000 000');
    await page.keyboard.press('Enter');
    await page.getByText('Invalid or expired OTP code').waitFor();
    expect(complaints).toEqual([expect.stringContaining('401')]);
    await page.getByRole('button', { name: 'Another address' }).click();
    await signInByPage(page, studio, 'grace@example.com');
    await page.getByText('No run yet.').waitFor();
    expect(await page.locator('.email').textContent()).toBe('grace@example.com');
    await findClosed(page);
    expect(complaints).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('shows a run in the list as it begins, and follows it to its end', async () => {
    const { page, complaints } = tab;
    const workflow = await save(person, { name: 'Followed', ...threeBy(gate) });
    await visit(page, studio, email);
    const id = await start(person, workflow, { name: 'ada' });
    const row = page.locator(`tr[data-run="${id}"]`);
    await row.locator('[data-status=running]').waitFor();
    expect(await row.locator('th').textContent()).toContain('Followed');
    gate.open();
    await row.locator('[data-status=completed]').waitFor();
    await row.getByText('3/3').waitFor();
    await page.getByRole('button', { name: 'failed', exact: true }).click();
    await page.getByText('No run is like that.').waitFor();
    expect(page.url()).toContain('status=failed');
    expect(complaints).toEqual([]);
  });

  it('follows one run live: graph, facts and state', async () => {
    const { page, complaints } = tab;
    const id = await start(person, await save(person, { name: 'Live', ...threeBy(gate) }));
    await visit(page, studio, email, `#/executions/${id}`);
    await page.locator('[data-node=wait][data-status=running]').waitFor();
    const opened = Date.now();
    gate.open();
    await page.locator('[data-node=shout][data-status=completed]').waitFor();
    await page.locator('.heading [data-status=completed]').waitFor();
    const run = await person.call('GET', `/executions/${id}/events`);
    const shown = await page.locator('.facts .type').allTextContents();
    expect(shown).toEqual(run.body.items.map(({ type }: { type: string }) => type));
    const [, began] = run.body.items;
    const waited = page
      .locator('.facts li', { hasText: 'NodeCompleted' })
      .filter({ hasText: 'wait' });
    expect(await waited.locator('.took').textContent()).toMatch(/^\d.* (?:ms|s)$/);
    expect(Date.parse(began.metadata.occurredAt)).toBeLessThan(opened);
    expect(await page.title()).toBe('Live · Agent Orchestration Studio');
    expect(complaints).toEqual([]);
  });

  it('agrees with GET …/replay at each fact of the slider', async () => {
    const { page, complaints } = tab;
    const id = await start(person, await save(person, { name: 'Replayed', ...three() }));
    await ended(person, id);
    await visit(page, studio, email, `#/executions/${id}?tab=state`);
    const slider = page.getByRole('slider', { name: 'Fact' });
    const whole = await person.call('GET', `/executions/${id}/replay`);
    const last = Number(whole.body.last_revision);
    await slider.focus();
    for (let at = last; at >= 0; at -= 1) {
      await page.locator(`[data-shown="state-${at}"]`).waitFor();
      const { body } = await person.call('GET', `/executions/${id}/replay?at=${at}`);
      const nodes = Object.entries<{ status: string }>(body.nodes);
      expect(await statesInGraph(page)).toEqual({
        ...{ begin: 'pending', wait: 'pending', shout: 'pending' },
        ...Object.fromEntries(nodes.map(([node, { status }]) => [node, status])),
      });
      expect(await page.locator('.heading .badge').getAttribute('data-status')).toBe(body.status);
      expect(JSON.parse((await page.locator('#inspected pre').textContent()) ?? '')).toEqual(body);
      expect(await slider.getAttribute('aria-valuetext')).toContain(
        `Fact ${at + 1} of ${last + 1}`,
      );
      await slider.press('ArrowLeft');
    }
    expect(page.url()).toContain('at=0');
    expect(complaints).toEqual([]);
  });

  it('shows a fact with its envelope, and opens again at the same place', async () => {
    const { page, complaints } = tab;
    const id = await start(person, await save(person, { name: 'Linked', ...three() }), {
      name: 'ada',
    });
    await ended(person, id);
    await visit(page, studio, email, `#/executions/${id}?at=2`);
    const inspected = async (): Promise<unknown> => {
      await page.locator('[data-shown=fact-2]').waitFor();
      return JSON.parse((await page.locator('#inspected pre').textContent()) ?? '');
    };
    const { body } = await person.call('GET', `/executions/${id}/events?from=2&limit=1`);
    expect(await inspected()).toEqual(body.items[0]);
    await page.reload();
    expect(await inspected()).toEqual(body.items[0]);
    expect(await page.locator('.facts [aria-selected=true]').getAttribute('data-revision')).toBe(
      '2',
    );
    await page.getByRole('searchbox').fill('shout');
    await page.locator('.facts li').first().waitFor({ state: 'hidden' });
    const left = await page.locator('.facts li:visible .name').allTextContents();
    expect(new Set(left)).toEqual(new Set(['shout']));
    await page.reload();
    await page.getByRole('searchbox').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('shout');
    expect(complaints).toEqual([]);
  });

  it('is walked by keyboard alone', async () => {
    const { page, complaints } = tab;
    const workflow = await save(person, { name: 'Walked', ...three() });
    const ids = [await start(person, workflow), await start(person, workflow)];
    for (const id of ids) await ended(person, id);
    await visit(page, studio, email);
    await page.locator(`tr[data-run="${ids[1]}"]`).waitFor();
    await tabTo(page, `tr[data-run="${ids[1]}"] a`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('h1:focus', { hasText: 'Walked' }).waitFor();
    expect(page.url()).toContain(ids[0]);
    await tabTo(page, '[data-node=shout]');
    await page.keyboard.press('Enter');
    await page.locator('.chip', { hasText: 'shout' }).waitFor();
    await tabTo(page, 'input[type=range]');
    await page.keyboard.press('Home');
    await page.locator('[data-node=begin][data-status=pending]').waitFor();
    await tabTo(page, '.chip');
    await page.keyboard.press('Enter');
    await tabTo(page, '.facts');
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-shown=fact-1]').waitFor();
    await tabTo(page, '[role=tab][aria-selected=true]');
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-shown=state-1]').waitFor();
    expect(page.url()).toMatch(/at=1&tab=state$/);
    expect(complaints).toEqual([]);
  });

  it('shows administrators the subscribers, the log and what caused what', async () => {
    const { page, complaints } = tab;
    const workflow = await save(person, { name: 'Caused', ...three() });
    await visit(page, studio, email);
    await lookAtOperations(page, person, workflow);
    expect(complaints).toEqual([]);
  });

  it('sits for the pictures of the README, which are small', async () => {
    for (const bytes of await takePictures(studio, browser)) expect(bytes).toBeLessThan(150_000);
  });
});
