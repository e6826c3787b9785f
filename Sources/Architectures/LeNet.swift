import EspalierGraph

/// LeNet-5 with rectifiers and maximum pools: two convolutions of 5 x 5 and three dense layers. Small enough to train
/// in seconds.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition" (Proc. IEEE
/// 1998), section II.B.
package struct LeNet: InitializedNetwork, Hashable, Sendable {
  /// How many classes it tells apart.
  package let classes: Int
  /// The width and height of its images, a multiple of 4.
  package let imageSize: Int
  /// The channels of its images.
  package let channels: Int

  /// A network for square images; `nil` for numbers of classes or channels outside of 1 to 1,000,000, or images whose
  /// size is no multiple of 4 from 16 to 65,536.
  package init?(classes: Int, imageSize: Int = 28, channels: Int = 1) {
    guard (1...1_000_000).contains(classes), (1...1_000_000).contains(channels), (16...65_536).contains(imageSize),
      imageSize.isMultiple(of: 4)
    else { return nil }
    self.classes = classes
    self.imageSize = imageSize
    self.channels = channels
  }

  /// The network with initial weights drawn from `seed`; layers are called `conv1`, `conv2`, `fc1`, `fc2`, `fc3`.
  package func model(seed: UInt64) -> Model { initialized(seed: seed) }

  package var name: String { "lenet" }

  package func build(_ builder: inout NetworkBuilder) {
    var value = builder.input("input", [channels, imageSize, imageSize])
    value = builder.convolution(value, channels, 6, kernel: 5, pad: 2, name: "conv1")
    value = builder.halvingPool(builder.relu(value, name: "relu1"), name: "pool1")
    value = builder.convolution(value, 6, 16, kernel: 5, pad: 0, name: "conv2")
    value = builder.halvingPool(builder.relu(value, name: "relu2"), name: "pool2")
    value = builder.add("Flatten", name: "flatten", [value], ["axis": .int(1)])
    let side = (imageSize / 2 - 4) / 2
    value = builder.relu(builder.dense(value, 16 * side * side, 120, name: "fc1"), name: "relu3")
    value = builder.relu(builder.dense(value, 120, 84, name: "fc2"), name: "relu4")
    builder.output(builder.dense(value, 84, classes, name: "fc3", output: "output"), [classes])
  }
}

extension NetworkBuilder {
  /// A convolution over square kernels with a bias of zeros.
  ///
  /// W is uniform in +-sqrt(6 / (inputs x kernel^2)), as of ``dense(_:_:_:name:output:)``.
  fileprivate mutating func convolution(
    _ input: String, _ inputs: Int, _ outputs: Int, kernel: Int, pad: Int64, name: String
  ) -> String {
    let bound = (6 / Double(inputs * kernel * kernel)).squareRoot()
    let weight = constant("\(name).weight", uniform(bound, [outputs, inputs, kernel, kernel]))
    let bias = constant("\(name).bias", zeros([outputs]))
    return add(
      "Conv", name: name, [input, weight, bias],
      ["kernel_shape": .ints([Int64(kernel), Int64(kernel)]), "pads": .ints([pad, pad, pad, pad])])
  }

  /// The largest of each window of 2 x 2.
  fileprivate mutating func halvingPool(_ input: String, name: String) -> String {
    add("MaxPool", name: name, [input], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])])
  }
}
