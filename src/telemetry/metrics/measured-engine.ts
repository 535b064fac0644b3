import { monotonicSeconds } from '../../base/index.ts';
import type { Engine, Program, Session, Tree, Value } from '../../engine/index.ts';
import type { MetricRegistry } from './registry.ts';
import type { Cell } from './series.ts';

/**
 * The same engine, with metrics of the runs of each program, its tensors, and the learning rate of
 * each player.
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
      if (!(outputs instanceof Promise)) {
        meter.ran(monotonicSeconds() - began, inputs);
        return outputs;
      }
      return outputs.then((later) => {
        meter.ran(monotonicSeconds() - began, inputs);
        return later;
      });
    },
    read: () => session.read(),
    write: (state) => session.write(state),
    close: () => session.close(),
  };
}

/** The metrics of one program. */
class ProgramMeter {
  readonly #registry: MetricRegistry;
  readonly #runs: Cell;
  readonly #seconds: Cell;
  readonly #program: Program;
  #rate: Cell | undefined;

  constructor(registry: MetricRegistry, program: Program) {
    const { name } = program;
    this.#registry = registry;
    this.#runs = registry.cell('weir_engine_runs_total', { program: name });
    this.#seconds = registry.cell('weir_engine_run_seconds_total', { program: name });
    this.#program = program;
  }

  ran(seconds: number, inputs: Tree<Value>): void {
    if (this.#runs.value === 0) {
      this.#registry.add('weir_engine_programs_total');
      this.#registry.add('weir_engine_first_run_seconds_total', seconds);
    }
    this.#runs.value!++;
    this.#seconds.value! += seconds;
    const { player, learningRate } = this.#program;
    if (player === undefined || learningRate === undefined) return;
    this.#rate ??= this.#registry.cell('weir_learning_rate', { player });
    this.#rate.value = (inputs[learningRate] as Value).data[0]!;
  }
}
