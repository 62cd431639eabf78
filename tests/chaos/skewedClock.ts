// Loaded before everything else of a process: its wall clock is wrong by CLOCK_SKEW_MS. The monotonic one is right.
const skewMs = Number(process.env['CLOCK_SKEW_MS'] ?? 0);
const RightDate = Date;
const skewedNow = (): number => RightDate.now() + skewMs;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, given: number[], asked) =>
    Reflect.construct(target, given.length === 0 ? [skewedNow()] : given, asked) as Date, // a Date by its constructor
  apply: () => new RightDate(skewedNow()).toString(),
  get: (target, name, receiver): unknown =>
    name === 'now' ? skewedNow : Reflect.get(target, name, receiver),
});
