import { map } from 'rxjs';
import { expect, it } from 'vitest';
import { unmeasured } from '../../src/recipes/index.ts';

it('leaves a stage that nobody measures as it is', () => {
  const double = map((n: number) => 2 * n);
  expect(unmeasured('double', double)).toBe(double);
  const items = [1];
  expect(unmeasured.source('pump', items)).toBe(items);
});
