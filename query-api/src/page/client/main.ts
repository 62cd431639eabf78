import { button, el, part } from './elements.ts';
import type { LiveState } from './live.ts';
import { createOpsView } from './opsView.ts';
import { Refused, SignedOut } from './request.ts';
import { formatRoute, isSamePage, parseRoute, type Route } from './route.ts';
import { createRunsView } from './runsView.ts';
import { createRunView } from './runView.ts';
import { createSession } from './session.ts';
import { createSignIn } from './signIn.ts';
import type { View } from './view.ts';

const product = 'Agent Orchestration Studio';
const main = part('main');
const personPlace = part('.person');
const status = part('[role=status].unseen');
const api = part('meta[name=api-prefix]').getAttribute('content') ?? '';
const noSignal = 'connecting';

let leaving = new AbortController();
/** How to show another address on the page that is open; null: it has to be made anew. */
let stay: ((route: Route) => boolean) | null = null;

const session = createSession(api, () =>
  askToSignIn('Your session has ended. Sign in to go on where you were.'),
);

const liveMark = el('span', { class: 'live', role: 'status' });
const showLive = (state: LiveState): void => {
  liveMark.dataset['state'] = state;
  liveMark.hidden = state === 'still';
  liveMark.textContent = state === 'live' ? 'live' : 'connecting…';
};

const leave = (): AbortSignal => {
  leaving.abort();
  leaving = new AbortController();
  stay = null;
  return leaving.signal;
};

const quietMs = 1_500;
let spoken: ReturnType<typeof setTimeout> | undefined;
let words = '';
/** Of many changes at once only the last is said. */
const announce = (text: string): void => {
  words = text;
  spoken ??= setTimeout(() => {
    spoken = undefined;
    status.textContent = words;
  }, quietMs);
};

const retitle = (title: string): void => {
  document.title = `${title} · ${product}`;
};

const fill = (title: string, ...content: readonly Node[]): void => {
  main.replaceChildren(...content);
  retitle(title);
};

const askToSignIn = (note: string): void => {
  leave();
  personPlace.replaceChildren();
  const form = createSignIn(session, note, open);
  fill('Sign in', form.element);
  form.focus();
};

const showPerson = (): void => {
  const email = el('bdi', { class: 'email' }, session.person()?.email ?? '');
  const out = button('Sign out', () => {
    void session.signOut();
    askToSignIn('You are signed out.');
  });
  const ops = el('a', { href: '#/ops' }, 'Operations');
  ops.hidden = !session.person()?.isAdministrator;
  showLive(noSignal);
  personPlace.replaceChildren(liveMark, ops, email, out);
};

const showFailure = (error: unknown): void => {
  if (error instanceof SignedOut) return; // the form is there already
  const text = error instanceof Refused ? error.message : 'Something went wrong on this page.';
  leave();
  fill(
    'Not found',
    el(
      'section',
      { class: 'empty', role: 'alert' },
      el('h1', {}, text),
      el('p', {}, el('a', { href: '#/executions' }, 'All runs')),
    ),
  );
  if (!(error instanceof Refused)) throw error; // for the console: it is a mistake of ours
};

const keepRoute = (route: Route): void => history.replaceState(null, '', formatRoute(route));

const makeView = (route: Route, signal: AbortSignal): View<never> => {
  const parts = {
    ...{ session, api, signal, keepRoute, retitle, liveState: showLive },
    announce,
    fail: (error: unknown) => {
      if (!signal.aborted) showFailure(error);
    },
  };
  if (route.page === 'run') return createRunView(parts, route);
  return route.page === 'runs' ? createRunsView(parts, route) : createOpsView(parts, route);
};

/** Shows what the address names. */
const open = (): void => {
  if (!session.person()) {
    askToSignIn('');
    return;
  }
  const route = parseRoute(location.hash);
  if (stay?.(route)) return;
  const signal = leave();
  showPerson();
  const view = makeView(route, signal);
  stay = (next) => {
    const same = isSamePage(route, next);
    if (same) view.show(next as never); // the same page, hence the same kind of route
    return same;
  };
  fill(view.title, view.element);
  main.querySelector<HTMLElement>('h1')?.focus();
};

part('.skip').addEventListener('click', () => main.focus());
addEventListener('hashchange', open);
open();
