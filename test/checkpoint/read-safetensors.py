"""Reads a safetensors file by the published rules alone and prints it as JSON.

With the package `safetensors` installed, checks that the package reads the same.
"""
import hashlib
import json
import sys

content = open(sys.argv[1], "rb").read()
length = int.from_bytes(content[:8], "little")
header = json.loads(content[8 : 8 + length])
data = content[8 + length :]
metadata = header.pop("__metadata__")

reached = 0
tensors = {}
for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
    begin, end = info["data_offsets"]
    size = {"F32": 4, "I32": 4, "BOOL": 1}[info["dtype"]]
    for dimension in info["shape"]:
        size *= dimension
    assert begin == reached and end - begin == size, name
    reached = end
    tensors[name] = {"dtype": info["dtype"], "shape": info["shape"], "bits": data[begin:end].hex()}
assert reached == len(data)

digits = metadata["sha256"].encode()
assert content.count(digits) == 1
assert hashlib.sha256(content.replace(digits, b"")).hexdigest() == metadata["sha256"]

try:
    import safetensors
except ImportError:
    package = None
else:
    package = safetensors.__version__
    theirs = {}
    for name, info in safetensors.deserialize(content):
        theirs[name] = {"dtype": info["dtype"], "shape": info["shape"], "bits": bytes(info["data"]).hex()}
    assert theirs == tensors

print(json.dumps({"state": json.loads(metadata["state"]), "tensors": tensors, "package": package}))
