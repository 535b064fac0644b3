import { EMPTY, type Observable, take, tap } from 'rxjs';
import { expectTypeOf, it } from 'vitest';
import {
  alongside,
  barrier,
  every,
  inOrder,
  learn,
  nCritic,
  numbered,
  pump,
  Run,
  type Side,
  type Step,
  type StreamSummary,
  ttur,
} from '../../src/streams/index.ts';

// What is expected here is checked by the compiler (`npm run check`), not when it runs.

interface Learned {
  index: number;
  player: 'critic' | 'generator';
  loss: number;
}

const indices: Side<{ readonly index: number }> = (events$) => events$;

const run = new Run();

it('knows the types of a whole script without an annotation', () => {
  const training$ = pump(numbered(['a', 'b']), run).pipe(
    nCritic(5),
    take(3),
    learn((step) => {
      expectTypeOf(step).toEqualTypeOf<Step<string, 'critic' | 'generator'>>();
      return { index: step.index, player: step.player, loss: 1 };
    }, run.gate),
    tap((event) => expectTypeOf(event).toEqualTypeOf<Learned>()),
    barrier(every(5), run.gate, (event) => expectTypeOf(event).toEqualTypeOf<Learned>()),
    barrier(
      (event) => event.loss > 1,
      run.gate,
      async (event, signal) => {
        expectTypeOf(event).toEqualTypeOf<Learned>();
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      },
    ),
    alongside(
      () => {},
      (events$) => events$.pipe(tap((event) => expectTypeOf(event).toEqualTypeOf<Learned>())),
      indices,
    ),
    alongside(
      () => {},
      () => EMPTY,
    ),
  );
  expectTypeOf(training$).toEqualTypeOf<Observable<Learned>>();
  expectTypeOf(run.done<Learned>).returns.toEqualTypeOf<Promise<StreamSummary<Learned>>>();
});

it('keeps the names of the players', () => {
  const items$ = pump(numbered([1, 2]));
  expectTypeOf(items$.pipe(ttur({ critic: 4e-4, generator: 1e-4 }))).toEqualTypeOf<
    Observable<Step<number, 'critic' | 'generator'>>
  >();
  expectTypeOf(items$.pipe(inOrder(['encoder', 'critic']))).toEqualTypeOf<
    Observable<Step<number, 'encoder' | 'critic'>>
  >();
  expectTypeOf(items$.pipe(nCritic(2, ['disc', 'gen']))).toEqualTypeOf<
    Observable<Step<number, 'disc' | 'gen'>>
  >();
});
