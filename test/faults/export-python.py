"""Runs exported models in onnxruntime of Python. Argument: a folder with NAME.onnx and NAME.json,
{ inputs, outputs } by name, each { dtype, shape, data }. Prints the largest differences as JSON."""

import json
import pathlib
import sys

import numpy
import onnxruntime

found = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    expected = json.loads(path.with_suffix(".json").read_text())
    tensor = lambda given: numpy.array(given["data"], dtype=given["dtype"]).reshape(given["shape"])
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [port.name for port in session.get_outputs()]
    inputs = {name: tensor(given) for name, given in expected["inputs"].items()}
    differences = [
        numpy.max(numpy.abs(got - tensor(expected["outputs"][name])) / numpy.maximum(1, numpy.abs(got)))
        for name, got in zip(names, session.run(names, inputs))
    ]
    found[path.stem] = {"difference": float(max(differences)), "outputs": sorted(names)}
print(json.dumps(found))
