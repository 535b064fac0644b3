import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { classification } from '../../../src/models/index.ts';
import { compute } from '../support.ts';

const logits = Value.of([1, 2, 3, 3, 0, 0], [2, 3]);
const classes = Value.of([0, 0, 1, 0, 1, 0], [2, 3]);

describe('classification', () => {
  it('is of both kinds where real examples were scored, and tells how well they are classed', () => {
    const term = classification(2);
    const scene = (withReal: boolean) =>
      compute({ logits, classes }, ({ logits, classes }) => {
        const heads = { classifier: (y: unknown) => ({ y }) };
        const onFake = { taps: { features: logits } };
        const real = withReal ? { onReal: { taps: { features: classes } } } : {};
        const { loss, values } = term.add({ heads, onFake, condition: classes, ...real } as never);
        return { loss, values: { ...values } as never as Record<'classLoss' | 'classAccuracy', typeof loss> };
      });
    const [fake, all] = [scene(false), scene(true)];
    const ofFake = (0.407606 + Math.log(Math.exp(3) + 2)) / 2;
    expect(fake.values.classLoss.data[0]).toBeCloseTo(ofFake, 5);
    expect(fake.loss.data[0]).toBeCloseTo(2 * ofFake, 5);
    expect(fake.values.classAccuracy.data[0]).toBe(0.5);
    const ofReal = Math.log(Math.E + 2) - 1;
    expect(all.values.classLoss.data[0]).toBeCloseTo(ofFake + ofReal, 5);
    expect(all.values.classAccuracy.data[0]).toBe(1);
  });

  it('says what it lacks', () => {
    const term = classification();
    expect(() => term.add({ heads: {} } as never)).toThrow(
      'classification: expected a head named classifier, got none',
    );
    expect(() => term.add({ heads: { classifier: () => {} } } as never)).toThrow(
      'classification: expected a conditioning by label, got none',
    );
    expect(() => classification(-1)).toThrow(
      'classification: weight: expected a finite number from 0, got -1',
    );
  });
});
