import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { isRecord, version } from '../../base/index.ts';

type Values = Readonly<Record<string, unknown>>;

/** The address of the JSON schema of configurations, by which editors complete them. */
export const schemaAddress = `https://unpkg.com/weir-streams@${version}/schema/config.json`;

/** The line by which an editor finds the schema of a YAML file. */
export const schemaLine = `# yaml-language-server: $schema=${schemaAddress}`;

/**
 * The config of a run as YAML 1.2.
 * @param before a text whose comments, order and spelling stay where a value is the same; what the
 * config does not have goes
 */
export function runYaml(config: object, before?: string): string {
  const document = before === undefined ? undefined : parseDocument(before, { uniqueKeys: false });
  if (document === undefined || document.errors.length > 0 || !isMap(document.contents))
    return `${schemaLine}\n${new Document(config).toString({ lineWidth: 0 })}`;
  merge(document.contents as YAMLMap, config as Values, document);
  return document.toString({ lineWidth: 0 });
}

function merge(map: YAMLMap, values: Values, document: Document): void {
  for (const pair of [...map.items]) {
    const key = isScalar(pair.key) ? pair.key.value : pair.key;
    if (typeof key !== 'string' || !Object.hasOwn(values, key)) map.delete(pair.key);
  }
  for (const [key, value] of Object.entries(values)) {
    const node = map.get(key, true) as unknown;
    if (isMap(node) && isRecord(value)) merge(node as YAMLMap, value, document);
    else if (!map.has(key)) map.add(document.createPair(key, value));
    else if (!isDeepStrictEqual(map.toJS(document)[key], value)) {
      const next = document.createNode(value);
      if (isScalar(node)) next.comment = node.comment ?? null;
      map.set(key, next);
    }
  }
}
