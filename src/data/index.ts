export { absoluteSpec } from './absolute-spec.ts';
export { type Augmentation, type Augmented, augmented, plainData } from './augmented.ts';
export { type Captioned, isCaptioned } from './captioned.ts';
export { type CatalogueEntry, datasetCatalogue } from './catalogue.ts';
export { medoidLabels, randomLabels } from './choose-labels.ts';
export { type Cifar10Options, cifar10 } from './cifar10.ts';
export { type CsvOptions, csvTable } from './csv-table.ts';
export { dataFolder } from './data-folder.ts';
export type { Dataset, DatasetOrder, ExampleBatch } from './dataset.ts';
export { type DecodeAheadOptions, decodeAhead } from './decode-ahead.ts';
export type { DownloadProgress } from './download.ts';
export { background, drawScene } from './draw-scene.ts';
export { sceneLight } from './draw-solid.ts';
export { edges } from './edges.ts';
export { npyBytes, npyHeader } from './encode-npy.ts';
export {
  DataError,
  DataMissingError,
  DecodeWorkerError,
  DownloadError,
  NoTestPartError,
} from './errors.ts';
export { type FetchOptions, fetchable, fetchDataset } from './fetch-dataset.ts';
export { type GaussianOptions, gaussianPoints } from './gaussian.ts';
export { grid25 } from './grid25.ts';
export { heldOut } from './held-out.ts';
export { type IdxOptions, idxImages } from './idx-images.ts';
export { type ImageFolderOptions, imageFolder } from './image-folder.ts';
export { type Mixed, type MixedOptions, type MixedOrigin, mixed } from './mixed.ts';
export { type Mixture, mixture, type Point } from './mixture.ts';
export { type NpyOptions, npyArray, npzArray } from './npy-array.ts';
export { type OpenOptions, openDataset } from './open-dataset.ts';
export { pairedFolders } from './paired-folders.ts';
export { type RawOptions, rawImages } from './raw-images.ts';
export { type Arrays, readArrays } from './read-arrays.ts';
export { readImage } from './read-image.ts';
export { ring8 } from './ring8.ts';
export {
  attributesOf,
  captionOf,
  heldOutPairs,
  type SceneRule,
  type ShapeAttributes,
  type ShapeScene,
  shapeAttributes,
  shapeColours,
  usualShade,
} from './scene.ts';
export { type ScenesOptions, scenes } from './scenes.ts';
export { type Shapes, type ShapesOptions, shapes } from './shapes.ts';
export { type ShardsOptions, shards } from './shards.ts';
export { type BatchRequest, batchRequests, type ShuffledOptions, shuffled } from './shuffled.ts';
export { subset } from './subset.ts';
export { swissRoll } from './swiss-roll.ts';
export { unpaired } from './unpaired.ts';
export { withCaptions } from './with-captions.ts';
export { withEmbeddings } from './with-embeddings.ts';
export { type Tokeniser, words } from './words.ts';
