import { from, lastValueFrom, of } from 'rxjs';
import { expect, it } from 'vitest';
import { grid25 } from '../../src/data/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import { type Evaluated, evaluate } from '../../src/evaluation/evaluate.ts';
import { Evaluator } from '../../src/evaluation/evaluator.ts';
import { barrier, every, Run } from '../../src/streams/index.ts';

it('evaluate scores in a barrier, by the index of the next step, before the run goes on', async () => {
  const { engine } = await openEngine('auto');
  const dataset = grid25();
  const evaluator = await Evaluator.open({ dataset, engine, samples: 50, scores: ['modes'] });
  const draw = async (count: number) => dataset.read(Array.from({ length: count }, (_, i) => i)).examples;
  const found: Evaluated[] = [];
  const run = new Run();
  const events$ = of({ index: 9 }).pipe(
    barrier(
      every(10),
      run.gate,
      evaluate({ evaluator, draw, onScores: (evaluated) => void found.push(evaluated) }),
    ),
  );
  await lastValueFrom(from(events$));
  expect(found).toMatchObject([{ index: 10, values: { modes: expect.any(Number) } }]);
  expect(found[0]!.values.modes).toBeGreaterThan(15);
  evaluator.close();
});
