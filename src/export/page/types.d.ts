/** What `model.js` holds: see src/export/web/page-content.ts. */
interface PageInput {
  readonly name: string;
  readonly dtype: 'float32' | 'int32';
  /** Of one row. */
  readonly shape: readonly number[];
  readonly noise: boolean;
  /** Rows to begin with, one after the other, as base64. */
  readonly bank: string;
}

interface PageScene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly {
    readonly kind: 'polygon' | 'line' | 'disc';
    readonly points?: readonly (readonly [number, number])[];
    readonly centre?: readonly [number, number];
    readonly radius?: number;
    readonly width?: number;
    readonly paint: readonly [number, number, number];
  }[];
}

interface PageContent {
  readonly title: string;
  readonly about: string;
  readonly facts: readonly string[];
  readonly kind: 'images' | 'points' | 'agent';
  readonly onnx: string;
  readonly inputs: readonly PageInput[];
  readonly rows: number;
  readonly output: { readonly name: string; readonly shape: readonly number[] };
  /** Whether noise lies on a sphere, as that of a Gaussian does. */
  readonly spherical: boolean;
  readonly directions: readonly { readonly name: string; readonly numbers: readonly number[] }[];
  readonly classes?: readonly string[];
  readonly captions?: readonly string[];
  readonly vocabulary?: readonly string[];
  /** What the engine gives for the first rows. */
  readonly expected: { readonly rows: number; readonly numbers: string };
  readonly agent?: {
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly observations: readonly (readonly number[])[];
    readonly actions: readonly (number | readonly number[])[];
    readonly scenes: readonly PageScene[];
  };
}

interface OrtTensor {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

declare var weirModel: PageContent;
declare var weirRuntime: { readonly loader: string; readonly wasm: string };
/** For scripts that look at the page: what it computes, and how far that is from the engine. */
declare var weirPage: {
  readonly difference: number;
  run(
    inputs: Record<string, { data: Float32Array | Int32Array; shape: number[] }>,
  ): Promise<Record<string, OrtTensor>>;
};
declare var ort: {
  readonly env: {
    readonly wasm: {
      numThreads: number;
      wasmPaths: { readonly mjs: string };
      wasmBinary: ArrayBuffer;
    };
    logLevel: string;
  };
  readonly Tensor: new (type: string, data: Float32Array | Int32Array, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(
      bytes: Uint8Array,
      options: object,
    ): Promise<{
      run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
    }>;
  };
};
