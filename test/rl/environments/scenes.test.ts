import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import {
  carScene,
  gridScene,
  linksScene,
  poleScene,
  taxiScene,
} from '../../../src/rl/environments/scenes.ts';
import {
  acrobot,
  cartPole,
  cliffWalking,
  discretised,
  type Environment,
  frozenLake,
  mountainCar,
  mountainCarContinuous,
  normalisedObservations,
  normalisedRewards,
  pendulum,
  type Scene,
  taxi,
} from '../../../src/rl/index.ts';

const discs = ({ shapes }: Scene) => shapes.flatMap((shape) => (shape.kind === 'disc' ? [shape.centre] : []));

describe('scenes', () => {
  const all = {
    mountainCar,
    mountainCarContinuous,
    cartPole,
    acrobot,
    pendulum,
    frozenLake,
    cliffWalking,
    taxi,
  };
  it.each(Object.entries(all))('%s can be seen from the first step to the last one', (_, make) => {
    const environment = make() as Environment<unknown, unknown>;
    expect(environment.scene?.()).toBeUndefined();
    environment.reset(keyOf(1));
    let frames = 0;
    for (let i = 0; i < 60; i++) {
      const scene = environment.scene!()!;
      expect(scene.width).toBeGreaterThan(0);
      const points = scene.shapes.flatMap((shape) => (shape.kind === 'disc' ? [shape.centre] : shape.points));
      expect(points.flat().every(Number.isFinite)).toBe(true);
      frames++;
      if (environment.step(environment.action.sample(keyOf(i))).kind !== 'transition') break;
    }
    expect(environment.scene!()).toBeDefined();
    expect(frames).toBeGreaterThan(0);
  });

  it('are seen through wrappers', () => {
    const wrapped = [
      discretised(mountainCar(), [2, 2]),
      normalisedObservations(mountainCar()),
      normalisedRewards(mountainCar()),
    ];
    const plain = mountainCar();
    plain.reset(keyOf(1));
    for (const environment of wrapped) {
      environment.reset(keyOf(1));
      expect(environment.scene?.()).toEqual(plain.scene?.());
    }
  });

  it('place the car on its hill', () => {
    // In the valley, at position -pi/6, the hill is level: both wheels are equally high.
    const [left, right] = discs(carScene(-Math.PI / 6, 0.5));
    expect(left![1]).toBeCloseTo(right![1], 10);
    expect((left![0] + right![0]) / 2).toBeCloseTo(1.2 - Math.PI / 6, 10);
  });

  it('tilt the pole, and hang the links', () => {
    const [pole] = poleScene(0, Math.PI / 6).shapes.flatMap((shape) =>
      shape.kind === 'line' && shape.width === 0.09 ? [shape.points[1]!] : [],
    );
    expect(pole![0]).toBeCloseTo(2.9, 10);
    const tips = discs(linksScene([0, Math.PI / 2]));
    expect(tips.at(-1)!.map((number) => Number(number.toFixed(6)))).toEqual([3.2, 1.2]);
    expect(linksScene([0], 1).shapes[0]).toMatchObject({ kind: 'line' });
  });

  it('put the walker into his cell, the taxi and the passenger into theirs', () => {
    expect(discs(gridScene(['SF', 'HG'], 3))).toEqual([[1.5, 0.5]]);
    // Number 328: taxi in row 3, column 1; passenger at the yellow stand (4, 0); he wants to the
    // red one (0, 0).
    const places = discs(taxiScene(328));
    expect(places[0]).toEqual([0.5, 4.5]);
    expect(places.at(-1)).toEqual([0.5, 0.5]);
  });
});
