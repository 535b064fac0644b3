/** The name of the checkpoint of a step: ten digits, so that names sort as steps do. */
export function fileName(index: number): string {
  return `checkpoint-${String(index).padStart(10, '0')}.safetensors`;
}

/** The step in a file name; undefined for a name that `fileName` does not produce. */
export function indexOf(name: string): number | undefined {
  const digits = /^checkpoint-(\d{10,16})\.safetensors$/.exec(name)?.[1];
  const index = Number(digits);
  return digits !== undefined && fileName(index) === name ? index : undefined;
}

/** What the name of a file ends in while it is being written. */
const temporary = '.tmp';

/** The name under which a file is written before it takes its place. */
export function temporaryName(name: string): string {
  return name + temporary;
}

/** Whether the name is that of a checkpoint that was never finished. */
export function isTemporary(name: string): boolean {
  return name.endsWith(temporary) && indexOf(name.slice(0, -temporary.length)) !== undefined;
}
