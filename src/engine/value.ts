/** The element types of tensors that go into or come from an engine. */
export type DType = 'float32' | 'int32' | 'bool';

/** The typed array that holds elements of each type; `bool` is one byte an element, 0 or 1. */
export type Data = Float32Array | Int32Array | Uint8Array;

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The number of elements of a shape; 1 for a scalar (`[]`). */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/**
 * A tensor on the host: what goes into an engine, comes out of it, and is written to checkpoints.
 * Row-major. No engine keeps a reference to it, and it needs no disposal.
 */
export class Value {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;

  /**
   * @throws RangeError when the data does not fill the shape exactly, TypeError when its array type
   * does not fit the dtype
   */
  constructor(dtype: DType, shape: readonly number[], data: Data) {
    if (!(data instanceof arrays[dtype])) {
      throw new TypeError(
        `Value: expected a ${arrays[dtype].name} for ${dtype}, got ${data.constructor.name}`,
      );
    }
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(
        `Value: expected ${sizeOf(shape)} elements for shape [${shape}], got ${data.length}`,
      );
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** A tensor of the type and shape, filled with zeros. */
  static zeros(dtype: DType, shape: readonly number[]): Value {
    return new Value(dtype, shape, new arrays[dtype](sizeOf(shape)));
  }

  /** A float32 tensor of the shape, filled with one number. */
  static filled(shape: readonly number[], fill: number): Value {
    return new Value('float32', shape, new Float32Array(sizeOf(shape)).fill(fill));
  }

  /** A float32 scalar. */
  static scalar(value: number): Value {
    return Value.filled([], value);
  }

  /** A float32 tensor of the shape; without a shape, a vector. */
  static of(data: ArrayLike<number>, shape: readonly number[] = [data.length]): Value {
    return new Value('float32', shape, Float32Array.from(data));
  }
}
