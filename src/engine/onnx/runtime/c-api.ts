import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The address of something that belongs to onnxruntime. */
export type Pointer = bigint;

const pointer = 'void *';

/**
 * The functions of onnxruntime that are called: their places in the table `OrtApi`, which only ever
 * grows at its end, what they give, and what they take. Statuses are null when all is well.
 * https://github.com/microsoft/onnxruntime/blob/main/include/onnxruntime/core/session/onnxruntime_c_api.h
 */
const signatures = {
  GetErrorMessage: [2, 'str', [pointer]],
  CreateEnv: [3, pointer, ['int', 'str', pointer]],
  CreateSessionFromArray: [8, pointer, [pointer, pointer, 'size_t', pointer, pointer]],
  Run: [9, pointer, [pointer, pointer, pointer, pointer, 'size_t', pointer, 'size_t', pointer]],
  CreateSessionOptions: [10, pointer, [pointer]],
  EnableProfiling: [14, pointer, [pointer, process.platform === 'win32' ? 'str16' : 'str']],
  SetSessionLogSeverityLevel: [22, pointer, [pointer, 'int']],
  SetSessionGraphOptimizationLevel: [23, pointer, [pointer, 'int']],
  SetIntraOpNumThreads: [24, pointer, [pointer, 'int']],
  SetInterOpNumThreads: [25, pointer, [pointer, 'int']],
  CreateTensorWithDataAsOrtValue: [
    49,
    pointer,
    [pointer, pointer, 'size_t', pointer, 'size_t', 'int', pointer],
  ],
  CreateCpuMemoryInfo: [69, pointer, ['int', 'int', pointer]],
  AllocatorFree: [76, pointer, [pointer, pointer]],
  GetAllocatorWithDefaultOptions: [78, pointer, [pointer]],
  ReleaseStatus: [93, 'void', [pointer]],
  ReleaseSession: [95, 'void', [pointer]],
  ReleaseValue: [96, 'void', [pointer]],
  ReleaseSessionOptions: [100, 'void', [pointer]],
  SessionEndProfiling: [110, pointer, [pointer, pointer, pointer]],
  AddSessionConfigEntry: [130, pointer, [pointer, 'str', 'str']],
} as const;

type FunctionName = keyof typeof signatures;
type Argument = Pointer | number | string | ArrayBufferView | null;

/**
 * The version of the interface that is asked for: the first one with all of these functions is
 * older.
 */
const interfaceVersion = 11;

const libraries: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
};

/** onnxruntime's C interface. */
export interface CApi {
  readonly version: string;
  /** Held, since the library is unloaded with the last reference to this. */
  readonly library: unknown;
  /** Calls a function. @throws Error with what onnxruntime says when its status is not null */
  call(name: FunctionName, ...given: Argument[]): void;
  /** Calls a function whose last argument is where it puts a pointer. */
  made(name: FunctionName, ...given: Argument[]): Pointer;
  /** Where the elements of an array lie. They stay there as long as the array lives. */
  address(data: ArrayBufferView): Pointer;
}

/** The interface of the library that onnxruntime-node brings along. @throws whatever is missing */
export async function openCApi(): Promise<CApi> {
  const { default: koffi } = await import('koffi');
  const home = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const file = libraries[process.platform];
  if (file === undefined) throw new Error(`no name of onnxruntime's library on ${process.platform}`);
  const library = koffi.load(join(home, 'bin/napi-v6', process.platform, process.arch, file));
  const base = library.func('OrtGetApiBase', pointer, [])() as Pointer;
  const [getApi, getVersion] = koffi.decode(base, koffi.array(pointer, 2)) as [Pointer, Pointer];
  const table = koffi.call(getApi, koffi.proto(pointer, ['uint32_t']), interfaceVersion) as Pointer | null;
  if (table === null) throw new Error(`onnxruntime has no interface of version ${interfaceVersion}`);
  const length = 1 + Math.max(...Object.values(signatures).map(([place]) => place));
  const places = koffi.decode(table, koffi.array(pointer, length)) as Pointer[];
  const functions = Object.fromEntries(
    Object.entries(signatures).map(([name, [place, result, takes]]) => [
      name,
      koffi.decode(places[place], koffi.proto(result, [...takes])),
    ]),
  ) as Record<FunctionName, (...given: Argument[]) => unknown>;

  function call(name: FunctionName, ...given: Argument[]): void {
    const status = functions[name](...given) as Pointer | null | undefined;
    if (status === null || status === undefined) return;
    const message = functions.GetErrorMessage(status) as string;
    functions.ReleaseStatus(status);
    throw new Error(message);
  }

  return {
    version: koffi.call(getVersion, koffi.proto('str', [])) as string,
    library,
    call,
    made(name, ...given) {
      const place = new BigUint64Array(1);
      call(name, ...given, place);
      return place[0]!;
    },
    address: (data) => koffi.address(data),
  };
}
