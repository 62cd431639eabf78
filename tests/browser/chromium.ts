import { describe } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const named = process.env['CHROMIUM_PATH'] ?? '';
/** An empty variable names nothing. */
const executablePath = named === '' ? undefined : named;

const missing = 'CHROMIUM_PATH names no Chromium';

/** `describe` where there is a Chromium; else its tests are skipped. `.ci/run` names one. */
export const describeInChromium: typeof describe | typeof describe.skip =
  executablePath === undefined ? describe.skip : describe;

if (executablePath === undefined) process.stderr.write(`Tests are skipped: ${missing}.\n`);

/** A page in a window of its own: no cookies, storage or cache of another. */
export interface Tab {
  readonly page: Page;
  /** What the console called an error, what a script threw, and what the content security policy refused. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface TestBrowser {
  open(options?: BrowserContextOptions): Promise<Tab>;
  close(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;
const patienceMs = 90_000;

const newTab = async (browser: Browser, options: BrowserContextOptions): Promise<Tab> => {
  const context = await browser.newContext(options);
  const complaints: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  // Chromium reports what the policy refused as a console error.
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, complaints, close: () => context.close() };
};

export const startChromium = async (): Promise<TestBrowser> => {
  if (executablePath === undefined) throw new Error(missing);
  const browser = await chromium.launch({
    executablePath,
    // Chromium refuses to be sandboxed as root; containers have a small /dev/shm.
    args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
    timeout: patienceMs,
  });
  return {
    open: (options = {}) => newTab(browser, options),
    close: () => browser.close(),
  };
};
