/** The rules of one aggregate. All pure: the time, ids and prices arrive inside the command. */
export interface Decider<State, Command, Event> {
  initialState(): State;
  /** The facts that the command leads to; none when it is already so. Throws DomainError when a rule refuses. */
  decide(command: Command, state: State): Event[];
  /** Never throws and never judges: the fact happened. */
  evolve(state: State, event: Event): State;
  /** The same as evolving one by one, where that would be slow. */
  fold?(state: State, events: readonly Event[]): State;
}

export const foldBy = <State, Command, Event>(
  decider: Decider<State, Command, Event>,
  state: State,
  events: readonly Event[],
): State =>
  decider.fold
    ? decider.fold(state, events)
    : events.reduce((folded, event) => decider.evolve(folded, event), state);
