import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { describeInChromium, startChromium, type Tab, type TestBrowser } from './chromium.ts';
import { startGate } from './gate.ts';
import { freePort, signInByPage, visit } from './visitor.ts';

const email = 'ada@example.com';
const picture = '<img src=x onerror="alert(1)">';
const script = '</script><script>alert(2)</script>';
/** Turns what follows around: "exe.png" would look like "gnp.exe". */
const turned = 'report\u202egnp.exe';
const huge = 'x'.repeat(1024 * 1024);

describeInChromium('the page at / in trouble', () => {
  let studio: StudioProcess;
  let browser: TestBrowser;
  let person: Person;
  let tab: Tab;

  beforeAll(async () => {
    studio = await createStudio({ ownPostgres: true, env: { PORT: await freePort() } });
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
  });
  afterEach(() => tab.close());

  /** A run whose names, inputs, outputs and failure are all meant badly. */
  const hostileRun = async (): Promise<string> => {
    const expression = `trigger ~> |$|{"again": "${picture.replaceAll('"', "'")}"}|`;
    const failing = { expression: `$error("${script}")` };
    const named = (node: object, title: string) => ({ ...node, title });
    const workflow = chain(
      canvasNode('begin', 'manual-trigger'),
      canvasNode(picture, 'transform', { expression }),
      canvasNode('fails', 'transform', failing),
    );
    const [begin = {}, echo = {}, fails = {}] = workflow.nodes;
    const id = await save(person, {
      name: `${picture}${turned}`,
      nodes: [named(begin, turned), named(echo, script), named(fails, picture)],
      connections: workflow.connections,
    });
    return start(person, id, { picture, script, turned, huge });
  };

  it('shows hostile names, outputs and failures as text', async () => {
    const { page, complaints } = tab;
    const id = await hostileRun();
    const run = await ended(person, id);
    expect(run.status).toBe('failed');
    await visit(page, studio, email);
    const row = page.locator(`tr[data-run="${id}"]`);
    expect(await row.locator('a').textContent()).toBe(`${picture}report\\u202egnp.exe`);
    await row.locator('a').click();
    await page.locator('.facts li', { hasText: 'WorkflowFailed' }).waitFor();
    expect(await page.locator('h1').textContent()).toBe(`${picture}report\\u202egnp.exe`);
    const shown = (await page.locator('main').textContent()) ?? '';
    for (const text of [picture, script]) expect(shown).toContain(text);
    const slider = page.getByRole('slider', { name: 'Fact' });
    for (let at = (await page.locator('.facts li').count()) - 2; at >= 0; at -= 1) {
      await slider.press('ArrowLeft');
      await page.locator(`[data-shown="fact-${at}"]`).waitFor();
      expect(await page.locator('main').textContent()).not.toContain('\u202e');
    }
    await page.getByRole('button', { name: 'Show all of it' }).click();
    const whole = JSON.parse((await page.locator('#inspected pre').textContent()) ?? '');
    expect(whole.data.trigger).toEqual({ picture, script, turned, huge });
    await page.getByRole('tab', { name: 'State after it' }).click();
    await page.locator('[data-shown="state-0"]').waitFor();
    await page.getByRole('button', { name: 'Show all of it' }).click();
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('could not be made to run what is markup, even by a line of its own', async () => {
    const { page } = tab;
    await page.goto(`${studio.origin()}/`);
    await page.getByLabel('E-mail').waitFor();
    // As a text, since our own types have no document.
    const trial = `(() => {
      const refusals = [];
      for (const work of [
        () => { document.body.innerHTML = '<b>markup</b>'; },
        () => { document.body.insertAdjacentHTML('beforeend', '<b>markup</b>'); },
      ]) try { work(); } catch (error) { refusals.push(error.name); }
      const script = document.createElement('script');
      script.append('window.inlineRan = true');
      document.head.append(script);
      return { refusals, inlineRan: 'inlineRan' in window };
    })()`;
    expect(await page.evaluate(trial)).toEqual({
      refusals: ['TypeError', 'TypeError'],
      inlineRan: false,
    });
  });

  it('renews a token that is about to end, and keeps the reader where they are', async () => {
    const { page, complaints } = tab;
    await visit(page, studio, email);
    const kept = () => page.evaluate(() => sessionStorage.getItem('studio-session') ?? '');
    const before = await kept();
    const aged = JSON.stringify({ ...JSON.parse(before), endsAt: Date.now() });
    await page.evaluate((text) => {
      sessionStorage.setItem('studio-session', text);
    }, aged);
    await page.reload();
    await page.locator('.live[data-state=live]').waitFor();
    expect(JSON.parse(await kept()).refresh).not.toBe(JSON.parse(before).refresh);
    expect(complaints).toEqual([]);
  });

  it('asks to sign in again when the session ends, and comes back to the same place', async () => {
    const { page } = tab;
    const workflow = chain(canvasNode('begin', 'manual-trigger'));
    const id = await start(person, await save(person, { name: 'Kept', ...workflow }));
    await ended(person, id);
    await visit(page, studio, email, `#/executions/${id}?at=1`);
    await page.locator('[data-shown=fact-1]').waitFor();
    await page.evaluate(async () => {
      const { access } = JSON.parse(sessionStorage.getItem('studio-session') ?? '{}');
      await fetch('/api/v1/auth/logout', {
        method: 'POST',
        headers: { authorization: `Bearer ${access}` },
      });
    });
    await page.getByText('Your session has ended.').waitFor();
    expect(await page.locator('.facts').count()).toBe(0);
    await signInByPage(page, studio, email);
    await page.locator('[data-shown=fact-1]').waitFor();
    expect(page.url()).toContain(`${id}?at=1`);
  });

  it('says that a run is not there', async () => {
    const { page } = tab;
    await visit(page, studio, email);
    await page.goto(`${studio.origin()}/#/executions/${crypto.randomUUID()}`);
    await page.getByRole('alert').getByText('Execution not found').waitFor();
    await page.getByRole('link', { name: 'All runs' }).click();
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
  });

  it('goes on where it was after the studio was killed and started again', async () => {
    const { page } = tab;
    const gate = await startGate();
    try {
      const sockets: string[] = [];
      page.on('websocket', (socket) => sockets.push(socket.url()));
      const middle = canvasNode('wait', 'http-request', { url: gate.url });
      const workflow = chain(canvasNode('begin', 'manual-trigger'), middle);
      const id = await start(person, await save(person, { name: 'Killed', ...workflow }));
      await visit(page, studio, email, `#/executions/${id}`);
      await page.locator('[data-node=wait][data-status=running]').waitFor();
      await studio.kill();
      await page.locator('.live[data-state=connecting]').waitFor();
      await studio.start();
      gate.open();
      await page.locator('.heading [data-status=completed]').waitFor();
      const { body } = await person.call('GET', `/executions/${id}/events`);
      const revisions = await page.locator('.facts .revision').allTextContents();
      expect(revisions).toEqual(
        body.items.map(({ revision }: { revision: number }) => `${revision}`),
      );
      expect(sockets.length).toBeGreaterThan(1);
      for (const url of sockets) expect(url).toMatch(/\/ws\/executions\/[^?]+\?after=.+/);
    } finally {
      await gate.close();
    }
  });
});
