/// The names of stored tensors, which training frameworks call after the modules that own them: `layer1.0.conv1.weight`
/// belongs to `layer1.0.conv1`.
enum ParameterName {
  /// The module that owns the weights called `tensor`; `nil` for a name that an exporter invented, such as
  /// `onnx::Conv_497`.
  static func module(ofWeights tensor: String) -> String? {
    module(of: tensor, endings: ["weight", "weights", "kernel", "W", "w", "w_0"])
  }

  /// The module that owns the bias called `tensor`; `nil` for a name that an exporter invented.
  static func module(ofBias tensor: String) -> String? {
    module(of: tensor, endings: ["bias", "biases", "B", "b", "b_0"])
  }

  /// What converters append: TensorFlow's outputs and reads, copies that are transposed, cast or quantised.
  private static let additions = [
    ":0", "/ReadVariableOp", "/read", "_quantized", "_transposed", "_transpose", "_cast", "_fp16",
  ]

  /// `endings` are those of PyTorch, Keras, MXNet, PaddlePaddle and Caffe2.
  private static func module(of tensor: String, endings: [String]) -> String? {
    var name = tensor[...]
    while let addition = additions.first(where: name.hasSuffix) { name = name.dropLast(addition.count) }
    return endings.lazy.compactMap { ending -> String? in
      let stem = name.dropLast(ending.count + 1)
      guard name.hasSuffix(ending), !stem.isEmpty, [".", "_", "/"].contains(name[stem.endIndex]) else { return nil }
      return String(stem)
    }.first
  }
}
