extension ForeignFormat {
  /// The formats that are recognised; the first that a file's head or name tells counts.
  static let all = [
    ultralytics, pyTorch, keras, hdf5, tensorFlowLite, safeTensors, tensorFlow, tensorRT, onnxRuntime, coreML, openVINO,
    paddle, gguf, arrays,
  ]

  private static let ultralytics = ForeignFormat(
    description: "a checkpoint of Ultralytics", remedy: { "export it: yolo export model=\($0) format=onnx" },
    extensions: [], hasSignature: { isPyTorch($0) && $0.contains("ultralytics") })

  private static let pyTorch = ForeignFormat(
    description: "a PyTorch file",
    remedy: { _ in
      "load it in Python and export it: torch.onnx.export(model.eval(), (example_input,), \"model.onnx\", dynamo=True)"
    }, extensions: ["pt", "pth", "pt2", "ckpt", "torchscript"], hasSignature: isPyTorch)

  /// An archive of `data.pkl` and tensors, or a pickle of version 2 to 5 as PyTorch wrote before 1.6.
  private static func isPyTorch(_ head: FileHead) -> Bool {
    head.isZip ? head.contains("data.pkl") : (2...5).contains { head.starts([0x80, $0]) }
  }

  private static let keras = ForeignFormat(
    description: "a Keras model",
    remedy: { "export it: keras.saving.load_model(\"\($0)\").export(\"model.onnx\", format=\"onnx\")" },
    extensions: ["keras"], hasSignature: { $0.isZip && ($0.contains("metadata.json") && $0.contains("config.json")) })

  private static let hdf5 = ForeignFormat(
    description: "an HDF5 file, as Keras writes",
    remedy: { "export it: python -m tf2onnx.convert --keras \($0) --output model.onnx" },
    extensions: ["h5", "hdf5"], hasSignature: { $0.starts([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) })

  private static let tensorFlowLite = ForeignFormat(
    description: "a TensorFlow Lite model",
    remedy: { "export it: python -m tf2onnx.convert --tflite \($0) --output model.onnx" }, extensions: ["tflite"],
    hasSignature: { $0.has("TFL3", at: 4) })

  private static let safeTensors = ForeignFormat(
    description: "a file of weights without a network",
    remedy: { path in "export the model that they belong to: optimum-cli export onnx --model \(folder(of: path)) onnx/"
    },
    extensions: ["safetensors"], hasSignature: { $0.has("{\"", at: 8) && $0.contains("\"dtype\"") })

  private static let tensorFlow = ForeignFormat(
    description: "a TensorFlow graph",
    remedy: { path in
      path.hasSuffix("saved_model.pb")
        ? "export it: python -m tf2onnx.convert --saved-model \(folder(of: path)) --output model.onnx"
        : "export it: python -m tf2onnx.convert --graphdef \(path) --inputs x:0 --outputs y:0 --output model.onnx"
    }, extensions: ["pb", "pbtxt"], hasSignature: { _ in false })

  private static let tensorRT = ForeignFormat(
    description: "a TensorRT engine, which is compiled for one GPU",
    remedy: {
      "take the ONNX model that it was built from, and build anew: trtexec --onnx=small.onnx --saveEngine=\($0)"
    },
    extensions: ["engine", "plan", "trt"], hasSignature: { $0.has("ftrt") })

  private static let onnxRuntime = ForeignFormat(
    description: "a model in ONNX Runtime's own format", remedy: { _ in "take the .onnx file that it was made from" },
    extensions: ["ort"], hasSignature: { $0.has("ORTM", at: 4) })

  private static let coreML = ForeignFormat(
    description: "a Core ML model", remedy: { _ in "export the network that it was converted from to ONNX" },
    extensions: ["mlmodel", "mlpackage"], hasSignature: { _ in false })

  private static let openVINO = ForeignFormat(
    description: "an OpenVINO model", remedy: { _ in "take the ONNX model that it was converted from" },
    extensions: ["xml"], hasSignature: { $0.has("<?xml") && $0.contains("<net ") })

  private static let paddle = ForeignFormat(
    description: "a PaddlePaddle model",
    remedy: { path in
      "export it: paddle2onnx --model_dir \(folder(of: path)) --model_filename inference.pdmodel "
        + "--params_filename inference.pdiparams --save_file model.onnx"
    }, extensions: ["pdmodel", "pdiparams"], hasSignature: { _ in false })

  private static let gguf = ForeignFormat(
    description: "a GGUF file, as llama.cpp reads",
    remedy: { _ in "export the model that it was made from: optimum-cli export onnx --model NAME onnx/" },
    extensions: ["gguf"], hasSignature: { $0.has("GGUF") })

  private static let arrays = ForeignFormat(
    description: "an array of NumPy's", remedy: { _ in "give it as data, for instance by --calibration" },
    extensions: ["npy", "npz"],
    hasSignature: { $0.starts([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) || $0.isZip && $0.contains(".npy") })

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
