"""The peer of bench/loading.ts: a DataLoader of PyTorch over the same tar archive, as its users write it.

    python3 bench/pytorch_loader.py ARCHIVE SIDE BATCH

Pillow decodes, crops around the centre and averages down. Answers a line "WORKERS batch COUNT" with the seconds
that each of the next batches took. Without PyTorch and Pillow it ends.
"""

import io
import json
import sys
import tarfile
import time

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset


class Shard(Dataset):
    """The pictures of an archive, read by the places of its members."""

    def __init__(self, path, side):
        with tarfile.open(path) as archive:
            pictures = [m for m in archive.getmembers() if m.name.endswith(".jpg")]
        self.path, self.side = path, side
        self.places = [(m.offset_data, m.size) for m in pictures]

    def __len__(self):
        return len(self.places)

    def __getitem__(self, index):
        start, size = self.places[index]
        with open(self.path, "rb") as file:
            file.seek(start)
            picture = Image.open(io.BytesIO(file.read(size))).convert("RGB")
        width, height = picture.size
        least = min(width, height)
        left, top = (width - least) // 2, (height - least) // 2
        box = (left, top, left + least, top + least)
        picture = picture.resize((self.side, self.side), Image.BOX, box=box)
        return torch.from_numpy(np.asarray(picture, dtype=np.float32) / 127.5 - 1)


def endless(loader):
    while True:
        yield from loader


torch.set_num_threads(1)
path, side, batch = sys.argv[1:]
shard = Shard(path, int(side))
print(json.dumps(torch.__version__), flush=True)
sources = {}
for line in sys.stdin:
    workers, _, count = line.split()
    if workers not in sources:
        torch.manual_seed(1)
        loader = DataLoader(shard, int(batch), shuffle=True, num_workers=int(workers), drop_last=True)
        sources[workers] = endless(loader)
    processor, clock = [], []
    for _ in range(int(count)):
        begin, start = time.process_time(), time.perf_counter()
        next(sources[workers])
        processor.append(time.process_time() - begin)
        clock.append(time.perf_counter() - start)
    print(json.dumps({"processor": processor, "clock": clock}), flush=True)
