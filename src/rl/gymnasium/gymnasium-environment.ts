import { createHash } from 'node:crypto';
import type { Key } from '../../engine/index.ts';
import type { Environment, EnvironmentStep, Json, Restart, Spec } from '../environments/environment.ts';
import { EnvironmentContractError } from '../environments/errors.ts';
import { afterTheEnd } from '../environments/rules.ts';
import type { Scene } from '../environments/scene.ts';
import { bars } from './bars.ts';
import { EpisodeNotRestoredError } from './errors.ts';
import { operations, type PythonProcess } from './python-process.ts';
import { actionSpec, actionWithin, type MadeEnvironment, observationSpec } from './spaces.ts';
import { float32sAt, type StepBatch, type SteppedRow } from './step-batch.ts';

/** An action of either kind. */
export type Action = number | readonly number[];

/** What the environments of a process have in common. */
export interface GymnasiumHost {
  readonly process: PythonProcess;
  readonly batch: StepBatch;
  /** The version of Gymnasium. */
  readonly gymnasium: string;
}

/** An episode as it is saved: Gymnasium can do no more than what its seed and actions lead to. */
type SavedEpisode = {
  readonly gymnasium: string;
  readonly seed: number;
  readonly steps: number;
  /** The actions, float32 in Base64. */
  readonly actions: string;
  /** A hash of the last observation. */
  readonly seen: string;
};

const kinds = ['transition', 'termination', 'truncation'] as const;

/** The seed of `reset` for a key: 31 bits, which also environments in C take. */
export function seedOf({ low }: Key): number {
  return low >>> 1;
}

/**
 * An environment in a Python process. What is saved of it are the seed and the actions of its
 * episode; `restore` takes them again, which is exact for an environment whose episodes are a
 * function of both.
 */
export class GymnasiumEnvironment implements Environment<readonly number[], Action> {
  readonly name: string;
  readonly observation: Spec<readonly number[]>;
  readonly action: Spec<Action>;
  readonly #host: GymnasiumHost;
  readonly #made: MadeEnvironment;
  /** The seed of the episode; undefined outside of one. */
  #seed: number | undefined;
  #actions: number[] = [];
  #steps = 0;
  #observation: readonly number[] = [];
  #started = false;
  #stepped: SteppedRow | undefined;

  constructor(host: GymnasiumHost, made: MadeEnvironment) {
    this.#host = host;
    this.#made = made;
    this.name = host.process.name;
    this.observation = observationSpec(made.observation);
    this.action = actionSpec(made.action) as Spec<Action>;
  }

  reset(key: Key): Restart<readonly number[]> {
    return { kind: 'restart', observation: this.#begin(seedOf(key)) };
  }

  #begin(seed: number): readonly number[] {
    this.#seed = undefined;
    this.#started = false;
    const request = Buffer.alloc(8);
    request.writeUInt32LE(this.#made.environment, 0);
    request.writeUInt32LE(seed, 4);
    const answer = this.#host.process.call(operations.reset, request);
    this.#seed = seed;
    this.#actions = [];
    this.#steps = 0;
    this.#observation = float32sAt(answer, 0, answer.length / 4);
    return this.#observation;
  }

  /** Adds the step to those that the process takes together. */
  startStep(action: Action): void {
    if (this.#seed === undefined)
      throw new EnvironmentContractError(this.name, afterTheEnd, 'step() outside of one');
    const taken = actionWithin(this.action, `${this.name}: action`, action);
    this.#stepped = undefined;
    this.#started = true;
    if (typeof taken === 'number') this.#actions.push(taken);
    else this.#actions.push(...taken);
    const take = (row: SteppedRow) => {
      this.#stepped = row;
    };
    this.#host.batch.add({ environment: this.#made.environment, action: taken, take });
  }

  step(action: Action): EnvironmentStep<readonly number[]> {
    if (!this.#started) this.startStep(action);
    if (this.#stepped === undefined) this.#host.batch.send();
    this.#started = false;
    const { reward, end, observation } = this.#stepped!;
    this.#steps++;
    this.#observation = observation;
    if (end !== 0) this.#seed = undefined;
    return { kind: kinds[end]!, reward, observation };
  }

  /** The numbers of the last observation as bars, scaled by tanh to their size. */
  scene(): Scene | undefined {
    return this.#observation.length === 0 ? undefined : bars(this.#observation);
  }

  save(): Json {
    if (this.#seed === undefined) return null;
    const { buffer } = Float32Array.from(this.#actions);
    const saved: SavedEpisode = {
      gymnasium: this.#host.gymnasium,
      seed: this.#seed,
      steps: this.#steps,
      actions: Buffer.from(buffer).toString('base64'),
      seen: hashOf(this.#observation),
    };
    return saved;
  }

  /** @throws EpisodeNotRestoredError where the same seed and actions lead elsewhere */
  restore(saved: Json): void {
    this.#seed = undefined;
    if (saved === null) return;
    const { seed, steps, actions, seen, gymnasium } = saved as SavedEpisode;
    const bytes = Buffer.from(actions, 'base64');
    const all = float32sAt(bytes, 0, bytes.length / 4);
    const width = steps === 0 ? 0 : all.length / steps;
    this.#begin(seed);
    let at = 0;
    for (; at < steps && this.#seed !== undefined; at++)
      this.step(this.action.kind === 'discrete' ? all[at]! : all.slice(at * width, (at + 1) * width));
    if (at === steps && this.#seed !== undefined && hashOf(this.#observation) === seen) return;
    this.#seed = undefined;
    throw new EpisodeNotRestoredError(
      `${this.name}: seed ${seed} and the ${steps} actions of its episode led elsewhere than before, with Gymnasium ${this.#host.gymnasium} after ${gymnasium}`,
    );
  }
}

function hashOf(observation: readonly number[]): string {
  return createHash('sha256').update(Float32Array.from(observation)).digest('hex').slice(0, 16);
}
