import type { LiveState } from './live.ts';
import type { Route } from './route.ts';
import type { Session } from './session.ts';

export interface ViewParts {
  readonly session: Session;
  /** Such as `/api/v1`. */
  readonly api: string;
  /** Ends when the reader goes elsewhere. */
  readonly signal: AbortSignal;
  /** Writes the address; the view itself stays. */
  readonly keepRoute: (route: Route) => void;
  /** What the window is called. */
  readonly retitle: (title: string) => void;
  /** Says it to whoever listens instead of looking. */
  readonly announce: (text: string) => void;
  /** How fresh is what is shown. */
  readonly liveState: (state: LiveState) => void;
  /** An error that the view did not expect; SignedOut and the end of the view are none. */
  readonly fail: (error: unknown) => void;
}

/** What stands in the main part of the page. */
export interface View<At extends Route> {
  readonly title: string;
  readonly element: HTMLElement;
  /** The address changed, but not the page that it names. */
  show(route: At): void;
}
