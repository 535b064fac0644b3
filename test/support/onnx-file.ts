import protobuf from 'protobufjs';

/** The part of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that tests look at. */
const schema = `
syntax = "proto3";
message Entry { string key = 1; string value = 2; }
message Opset { string domain = 1; int64 version = 2; }
message Operator { repeated string input = 1; repeated string output = 2; string op_type = 4; string domain = 7; }
message Weights { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message Port { string name = 1; }
message Graph { repeated Operator node = 1; string name = 2; repeated Weights initializer = 5; repeated Port input = 11; repeated Port output = 12; }
message Model { int64 ir_version = 1; string producer_name = 2; string producer_version = 3; Graph graph = 7; repeated Opset opset_import = 8; repeated Entry metadata_props = 14; }
`;

/** What an ONNX file holds, read with the schema of ONNX and none of our code. */
export interface OnnxFile {
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly operators: readonly { readonly name: string; readonly domain: string }[];
  readonly weights: readonly { readonly name: string; readonly bytes: number }[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const model = protobuf.parse(schema, { keepCase: true }).root.lookupType('Model');

/** Reads an ONNX file. */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  // biome-ignore lint/suspicious/noExplicitAny: the schema gives no types
  const found = model.toObject(model.decode(bytes), { defaults: true, longs: Number }) as any;
  const named = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  return {
    producer: `${found.producer_name} ${found.producer_version}`,
    opsets: found.opset_import,
    metadata: Object.fromEntries(
      found.metadata_props.map(({ key, value }: { key: string; value: string }) => [key, value]),
    ),
    operators: found.graph.node.map(({ op_type, domain }: { op_type: string; domain: string }) => ({
      name: op_type,
      domain,
    })),
    weights: found.graph.initializer.map(({ name, raw_data }: { name: string; raw_data: Uint8Array }) => ({
      name,
      bytes: raw_data.length,
    })),
    inputs: named(found.graph.input),
    outputs: named(found.graph.output),
  };
}
