import { monotonicSeconds } from '../../base/index.ts';
import type { Engine, Program, Session, Tree, Value } from '../../engine/index.ts';
import type { MetricRegistry } from './registry.ts';
import type { Cell } from './series.ts';

/**
 * The same engine, with every run of a program counted and timed, its tensors shown, and the input
 * `rate` of a program shown as the learning rate of the player of the step.
 */
export function measuredEngine(engine: Engine, registry: MetricRegistry): Engine {
  const programs = new Map<Program, ProgramMeter>();
  registry.onScrape(() => {
    const { tensors, bytes } = engine.memory();
    registry.set('weir_engine_tensors', tensors);
    registry.set('weir_engine_memory_bytes', bytes);
  });
  const meterOf = (program: Program): ProgramMeter => {
    let meter = programs.get(program);
    if (meter === undefined) {
      meter = new ProgramMeter(registry, program);
      programs.set(program, meter);
    }
    return meter;
  };
  return {
    name: engine.name,
    description: engine.description,
    open: (state) => measuredSession(engine.open(state), meterOf),
    memory: () => engine.memory(),
  };
}

function measuredSession(session: Session, meterOf: (program: Program) => ProgramMeter): Session {
  return {
    run(program, inputs) {
      const meter = meterOf(program);
      const began = monotonicSeconds();
      const outputs = session.run(program, inputs);
      if (!('then' in outputs && typeof outputs.then === 'function')) {
        meter.ran(monotonicSeconds() - began, inputs);
        return outputs;
      }
      return (outputs as Promise<Tree<Value>>).then((later) => {
        meter.ran(monotonicSeconds() - began, inputs);
        return later;
      });
    },
    read: () => session.read(),
    write: (state) => session.write(state),
    close: () => session.close(),
  };
}

/** What one program has done. */
class ProgramMeter {
  readonly #registry: MetricRegistry;
  readonly #runs: Cell;
  readonly #seconds: Cell;
  readonly #player: string;
  #rate: Cell | undefined;

  constructor(registry: MetricRegistry, { name }: Program) {
    this.#registry = registry;
    this.#runs = registry.cell('weir_engine_runs_total', { program: name });
    this.#seconds = registry.cell('weir_engine_run_seconds_total', { program: name });
    // Programs of players are called `system/player`.
    this.#player = name.slice(name.lastIndexOf('/') + 1);
  }

  ran(seconds: number, inputs: Tree<Value>): void {
    if (this.#runs.value === 0) {
      this.#registry.add('weir_engine_programs_total');
      this.#registry.add('weir_engine_first_run_seconds_total', seconds);
    }
    this.#runs.value!++;
    this.#seconds.value! += seconds;
    const { rate } = inputs as { readonly rate?: Value };
    if (rate === undefined) return;
    this.#rate ??= this.#registry.cell('weir_learning_rate', { player: this.#player });
    this.#rate.value = rate.data[0]!;
  }
}
