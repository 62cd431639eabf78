import { button, el, svg } from './elements.ts';
import { type Fact, factTone } from './facts.ts';

export interface Transport {
  readonly element: HTMLElement;
  add(facts: readonly Fact[]): void;
  /** `at`: the revision that is looked at; `follows`: it moves on with the run. */
  show(at: number, follows: boolean, words: string): void;
}

const stepMs = 700;

/** The slider, which replays a run fact by fact. `onMove(null)` is the end, wherever that will be. */
export const createTransport = (
  onMove: (at: number | null) => void,
  signal: AbortSignal,
): Transport => {
  let last = -1;
  let now = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const slider = el('input', { type: 'range', min: 0, max: 0, step: 1, 'aria-label': 'Fact' });
  const marks = svg('svg', { class: 'marks', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const place = el('span', { class: 'place' });

  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = 'Play';
  };
  const go = (at: number): void => onMove(at >= last ? null : Math.max(0, at));
  const move = (at: number): void => {
    stop();
    go(at);
  };
  const step = (): void => {
    if (now + 1 >= last) stop();
    go(now + 1);
  };
  const begin = (): void => {
    if (now >= last) go(0);
    play.textContent = 'Pause';
    timer = setInterval(step, stepMs);
  };
  const play = button('Play', () => (timer === undefined ? begin() : stop()), { class: 'play' });
  const back = button('‹', () => move(now - 1), { 'aria-label': 'Previous fact' });
  const on = button('›', () => move(now + 1), { 'aria-label': 'Next fact' });
  const end = button('Latest', () => move(last), { class: 'latest' });
  slider.addEventListener('input', () => move(slider.valueAsNumber));
  signal.addEventListener('abort', stop);

  return {
    element: el(
      'div',
      { class: 'transport', role: 'group', 'aria-label': 'Replay' },
      ...[back, play, on, el('div', { class: 'track' }, slider, marks), place, end],
    ),
    add: (facts) => {
      for (const fact of facts)
        marks.append(
          svg('rect', { x: fact.revision, width: 0.7, height: 1, class: `tone-${factTone(fact)}` }),
        );
      last += facts.length;
      slider.max = String(Math.max(0, last));
      marks.setAttribute('viewBox', `0 0 ${last + 0.7} 1`);
    },
    show: (at, follows, words) => {
      now = at;
      slider.valueAsNumber = at;
      slider.setAttribute('aria-valuetext', words);
      place.textContent = `${at + 1} of ${last + 1}`;
      back.disabled = at <= 0;
      on.disabled = at >= last;
      end.setAttribute('aria-pressed', String(follows));
    },
  };
};
