import EspalierGraph

/// LeNet-5 with rectifiers and max pooling: two convolutions of 5 x 5 and three dense layers. Small enough to train in
/// seconds.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition" (Proc. IEEE
/// 1998), section II.B.
package struct LeNet: InitializedNetwork, Hashable, Sendable {
  /// The number of classes.
  package let classes: Int
  /// The width and height of the images, a multiple of 4.
  package let imageSize: Int
  /// The number of channels of the images.
  package let channels: Int

  /// A network for square images; `nil` unless the numbers of classes and channels are in 1 ... 1,000,000 and the image
  /// size is a multiple of 4 in 16 ... 65,536.
  package init?(classes: Int, imageSize: Int = 28, channels: Int = 1) {
    guard (1...1_000_000).contains(classes), (1...1_000_000).contains(channels), (16...65_536).contains(imageSize),
      imageSize.isMultiple(of: 4)
    else { return nil }
    self.classes = classes
    self.imageSize = imageSize
    self.channels = channels
  }

  /// The network with initial weights drawn from `seed`; the layers are `conv1`, `conv2`, `fc1`, `fc2`, `fc3`.
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
  /// A convolution with a square kernel and a bias of zeros.
  ///
  /// W is uniform in +-sqrt(6 / (inputs x kernel^2)), as in ``dense(_:_:_:name:output:)``.
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

  /// Max pooling over windows of 2 x 2.
  fileprivate mutating func halvingPool(_ input: String, name: String) -> String {
    add("MaxPool", name: name, [input], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])])
  }
}
