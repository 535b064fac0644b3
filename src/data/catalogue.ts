/** A form of name that `openDataset` takes. Capital letters are placeholders. */
export interface CatalogueEntry {
  readonly spec: string;
  readonly about: string;
}

/** Everything that `openDataset` can open, with one line about each. */
export const datasetCatalogue: readonly CatalogueEntry[] = [
  { spec: 'ring8', about: '8 Gaussians on a ring in the plane; endless' },
  { spec: 'grid25', about: '25 Gaussians on a 5 x 5 grid in the plane; endless' },
  { spec: 'swiss-roll', about: 'a spiral in the plane; endless' },
  { spec: 'gaussian', about: 'the standard normal distribution in the plane; endless' },
  { spec: 'shapes', about: 'coloured shapes, 32 x 32 RGB, 8 classes, captions; endless' },
  { spec: 'shapes:16', about: 'the same at 16 x 16' },
  { spec: 'shapes:64', about: 'the same at 64 x 64' },
  {
    spec: 'shapes:16,held-out',
    about:
      'the same without 8 of the 64 pairs of shape and colour, which are its test split; also shapes:32, shapes:64',
  },
  { spec: 'scenes', about: 'a solid on a wall, 32 x 32 RGB, with true normals and mask; endless' },
  { spec: 'scenes:16', about: 'the same at 16 x 16' },
  { spec: 'scenes:64', about: 'the same at 64 x 64' },
  {
    spec: 'mnist',
    about: 'handwritten digits, 28 x 28 grey, 10 classes, 60,000 + 10,000; `weir data fetch mnist` first',
  },
  {
    spec: 'fashion-mnist',
    about: 'garments, 28 x 28 grey, 10 classes, 60,000 + 10,000; `weir data fetch fashion-mnist` first',
  },
  {
    spec: 'cifar10',
    about: 'photographs, 32 x 32 RGB, 10 classes, 50,000 + 10,000; `weir data fetch cifar10` first',
  },
  {
    spec: 'idx:DIR',
    about: 'files of the MNIST family, gzipped or not, with labels where they are; or one file of images',
  },
  {
    spec: 'idx:DIR,N',
    about: 'the same at N x N: framed with black, and averaged down where that is less; also mnist,N',
  },
  {
    spec: 'cifar10:DIR',
    about: 'the binary version of CIFAR-10: data_batch_1.bin to data_batch_5.bin and test_batch.bin',
  },
  { spec: 'folder:DIR', about: 'PNG, JPEG and WebP files of one size; sub-folders are classes' },
  { spec: 'folder:DIR,N', about: 'the same of any size, cropped around the centre and scaled to N x N' },
  { spec: 'folder:DIR,HxW', about: 'the same with another height than width' },
  { spec: 'raw:FILE,HxWxC', about: 'images without a header, one byte a channel, NHWC, gzipped or not' },
  { spec: 'raw:FILE,HxWxC,LABELS', about: 'the same with a file of labels, one byte for each image' },
  { spec: 'pairs:DIR', about: 'pictures of equal names in DIR/a and DIR/b: from a to b' },
  { spec: 'pairs:DIR,N', about: 'the same of any size, cropped and scaled to N x N' },
  {
    spec: 'shards:PATH',
    about: 'tar archives as of WebDataset, read as needed; a folder, or names such as a-{00..99}.tar',
  },
  { spec: 'shards:PATH,HxWxC', about: 'the same at a size, also N or HxW; C is 1 for grey, else 3' },
  { spec: 'edges:A', about: 'the images of A, each with its edges as source: from edges to images' },
  {
    spec: 'csv:FILE,label=NAME',
    about: 'columns of numbers as points, and a column of classes; columns=A:B takes only these',
  },
  {
    spec: 'npy:FILE,labels=LABELS',
    about: 'an array of NumPy: [n, d] is points, [n, h, w] and [n, h, w, c] are images; labels as npy too',
  },
  {
    spec: 'npz:FILE,array=NAME,labels=NAME',
    about: 'arrays of a file by their names; array= may be left out where it is the only other one',
  },
  { spec: 'unpaired:A+B', about: 'the datasets A and B side by side, each in an order of its own' },
  { spec: 'mix:A*3+B', about: 'three examples of A to one of B, in an order that is drawn; endless' },
  { spec: 'NAME,held-out=SHARE', about: 'any of the above with an end: a share of it is its test split' },
  {
    spec: 'NAME,flip,rotate=DEG,crop=N,brightness=B,contrast=C',
    about: 'images of any of the above, another augmentation at each reading; each option may be left out',
  },
];
