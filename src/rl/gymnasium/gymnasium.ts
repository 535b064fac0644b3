import type { Environment, Json } from '../environments/environment.ts';
import type { EnvironmentName } from './environment-name.ts';
import { GymnasiumRefusedError } from './errors.ts';
import { type Action, GymnasiumEnvironment, type GymnasiumHost } from './gymnasium-environment.ts';
import { operations, type PythonOptions, PythonProcess } from './python-process.ts';
import type { MadeEnvironment } from './spaces.ts';
import { StepBatch } from './step-batch.ts';

/** Versions that a process runs with. */
export interface GymnasiumVersions {
  readonly python: string;
  readonly gymnasium: string;
  readonly numpy: string;
}

interface Hello extends GymnasiumVersions {
  readonly protocol: number;
  readonly executable: string;
}

const protocol = 1;

/**
 * Real environments of Gymnasium, of one name, in one Python process. They are stepped together
 * where their `startStep` is called before any `step`, as `VectorEnvironment` does. The process
 * ends with `close`, and with this process.
 */
export class Gymnasium {
  readonly versions: GymnasiumVersions;
  readonly #process: PythonProcess;
  readonly #named: EnvironmentName;
  readonly #host: GymnasiumHost;

  /**
   * Starts the process.
   * @throws GymnasiumRefusedError where Python or Gymnasium are missing or of another version
   */
  constructor(named: EnvironmentName, options: PythonOptions = {}) {
    this.#named = named;
    this.#process = new PythonProcess(`gymnasium:${named.name}`, options);
    const hello = this.#ask(operations.hello, {}) as unknown as Hello;
    const { python, gymnasium, numpy } = hello;
    this.versions = { python, gymnasium, numpy };
    if (hello.protocol === protocol && /^1\./.test(gymnasium)) {
      this.#host = { process: this.#process, batch: new StepBatch(this.#process), gymnasium };
      return;
    }
    this.close();
    throw new GymnasiumRefusedError(
      `${this.#process.name}: expected Gymnasium 1.x and protocol ${protocol}, got Gymnasium ${gymnasium} and protocol ${hello.protocol} of ${hello.executable}`,
    );
  }

  /** The number of the Python process. */
  get pid(): number {
    return this.#process.pid;
  }

  /** The last of what the process has printed on its standard output and error. */
  printed(): string {
    return this.#process.printed();
  }

  /**
   * A new environment.
   * @throws GymnasiumRefusedError for a name that Gymnasium does not know, or spaces that no agent
   * takes; GymnasiumProcessError where making it raises
   */
  make(): Environment<readonly number[], Action> {
    const made = this.#ask(operations.make, {
      name: this.#named.name,
      arguments: this.#named.arguments,
    }) as unknown as MadeEnvironment;
    return new GymnasiumEnvironment(this.#host, made);
  }

  #ask(operation: number, asked: Json): Json {
    return JSON.parse(this.#process.call(operation, Buffer.from(JSON.stringify(asked))).toString()) as Json;
  }

  /** Ends the process and with it all its environments. */
  close(): void {
    this.#process.close();
  }
}
