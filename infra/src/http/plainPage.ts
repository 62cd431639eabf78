import { createHash } from 'node:crypto';

import { StudioError } from '@studio/contracts';
import type { Request, RequestHandler, Response } from 'express';

import { problemOf } from './problems.ts';

/** A page for people that needs nothing but itself: no script, no image, nothing from elsewhere. */
export interface PlainPage {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Shown as it stands, lines and all. */
  readonly verbatim?: string;
  /** Posts to the address, which is relative to the page's own. */
  readonly button?: { readonly label: string; readonly postTo: string };
}

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem;border:1px solid #767676}' +
  'button{font:inherit;padding:.5rem 1.5rem}';

/** Nothing is loaded, nothing runs, nobody frames it; a form goes nowhere but here. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

const htmlOf = ({ title, paragraphs, verbatim, button }: PlainPage): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    verbatim === undefined ? '' : `<pre>${escaped(verbatim)}</pre>`,
    button
      ? `<form method="post" action="${escaped(button.postTo)}"><button>${escaped(button.label)}</button></form>`
      : '',
    '</main></body></html>',
  ].join('');

export const sendPlainPage = (response: Response, status: number, page: PlainPage): void => {
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': policy })
    .type('html')
    .send(htmlOf(page));
};

/** Browsers ask for HTML first; whoever takes anything, as curl does, gets JSON. */
export const prefersHtml = (request: Request): boolean =>
  request.accepts(['application/json', 'text/html']) === 'text/html';

/** Tells people in their browser why it is not done; clients get the problem document. */
export const toldToPeople =
  (handler: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  async (request, response) => {
    response.vary('Accept').set('Cache-Control', 'no-store');
    try {
      await handler(request, response);
    } catch (error) {
      if (!(error instanceof StudioError) || !prefersHtml(request)) throw error;
      const { status, headers } = problemOf(error);
      response.set(headers);
      sendPlainPage(response, status, { title: 'Nothing was done', paragraphs: [error.message] });
    }
  };
