import EspalierGraph
import EspalierTensors
import OrderedCollections

extension NetworkBuilder {
  /// A convolution without bias, with a square kernel, followed by batch normalisation; `groups` divides its channels.
  ///
  /// W is normal with variance 2 / (outputs x kernel^2 / groups): K. He et al., "Delving deep into rectifiers" (ICCV
  /// 2015), in the fan-out form that torchvision uses for its convolutional networks. The normalisation starts as the
  /// identity.
  mutating func normalizedConvolution(
    _ input: String, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1, name: String,
    normalization: String
  ) -> String {
    let deviation = (2 * Double(groups) / Double(outputs * kernel * kernel)).squareRoot()
    let weight = constant(
      "\(name).weight", normal(deviation, [outputs, inputs / groups, kernel, kernel]))
    let pad = Int64((kernel - 1) / 2)
    let product = add(
      "Conv", name: name, [input, weight],
      [
        "kernel_shape": .ints([Int64(kernel), Int64(kernel)]), "strides": .ints([Int64(stride), Int64(stride)]),
        "pads": .ints([pad, pad, pad, pad]), "group": .int(Int64(groups)),
      ])
    let parameters = [
      constant("\(normalization).weight", Tensor(repeating: Float(1), shape: [outputs])),
      constant("\(normalization).bias", Tensor(repeating: Float(0), shape: [outputs])),
      constant("\(normalization).running_mean", Tensor(repeating: Float(0), shape: [outputs])),
      constant("\(normalization).running_var", Tensor(repeating: Float(1), shape: [outputs])),
    ]
    return add("BatchNormalization", name: normalization, [product] + parameters, ["epsilon": .float(1e-5)])
  }

  /// `min(max(x, 0), 6)`.
  mutating func relu6(_ input: String, name: String) -> String {
    let low = constant("\(name).minimum", Tensor(scalar: Float(0)))
    let high = constant("\(name).maximum", Tensor(scalar: Float(6)))
    return add("Clip", name: name, [input, low, high])
  }

  /// Max pooling over windows of 3 x 3 with stride 2.
  mutating func maximumPool(_ input: String, name: String) -> String {
    add(
      "MaxPool", name: name, [input],
      ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "pads": .ints([1, 1, 1, 1])])
  }

  /// The sum of two branches.
  mutating func sum(_ first: String, _ second: String, name: String) -> String {
    add("Add", name: name, [first, second])
  }

  /// Global average pooling, then a dense layer.
  mutating func classifier(_ input: String, _ channels: Int, classes: Int, name: String) {
    let pooled = add("GlobalAveragePool", name: "avgpool", [input])
    let flat = add("Flatten", name: "flatten", [pooled], ["axis": .int(1)])
    output(dense(flat, channels, classes, name: name, output: "output"), [classes])
  }
}
