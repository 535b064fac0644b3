/** A stage of a run's stream as it is drawn. */
export interface Stage {
  readonly name: string;
  readonly kind: 'source' | 'schedule' | 'learn' | 'barrier' | 'side';
  /** What has passed so far. */
  readonly items: number;
  /** Items a second, lately. */
  readonly rate: number;
  /** The share of the time that it worked, lately; null where that is not measured. */
  readonly busy: number | null;
}

/** What a stage has counted: plain numbers that only grow. */
export interface Counted {
  readonly name: string;
  readonly kind: Stage['kind'];
  readonly items: number;
  /** Seconds of work; null where they are not measured. */
  readonly seconds: number | null;
}

const windowSeconds = 10;

/** Turns what stages have counted into rates and busy shares over the last seconds. */
export class StageMeter {
  readonly #marks: { readonly time: number; readonly counted: ReadonlyMap<string, Counted> }[] = [];

  /** @param time seconds on a clock of which only differences mean something */
  read(time: number, counted: readonly Counted[]): Stage[] {
    const marks = this.#marks;
    while (marks.length > 1 && time - marks[1]!.time >= windowSeconds) marks.shift();
    const { time: then, counted: before } = marks[0] ?? { time, counted: new Map<string, Counted>() };
    const elapsed = time - then;
    if (marks.length === 0 || time > marks.at(-1)!.time)
      marks.push({ time, counted: new Map(counted.map((stage) => [stage.name, stage])) });
    return counted.map(({ name, kind, items, seconds }) => {
      const earlier = before.get(name);
      const worked = seconds === null ? null : seconds - (earlier?.seconds ?? 0);
      return {
        name,
        kind,
        items,
        rate: elapsed > 0 ? rounded((items - (earlier?.items ?? 0)) / elapsed) : 0,
        busy: worked === null || elapsed <= 0 ? null : rounded(Math.min(1, worked / elapsed)),
      };
    });
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
