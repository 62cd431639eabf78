/**
 * Time that passes, for whoever has to wait; it never tells the date. Whoever waits takes it as an
 * argument, so that all the waiting of a process can follow another course than the world's.
 */
export interface Timekeeper {
  /** Milliseconds that only rise, from an origin of its own. */
  nowMs(): number;
  /**
   * Calls back once, so many milliseconds from now; what is returned calls that off. What is left in
   * the background keeps no process alive.
   */
  after(ms: number, then: () => void, options?: { readonly background?: boolean }): () => void;
}
