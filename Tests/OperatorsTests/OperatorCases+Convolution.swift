import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

extension OperatorCases {
  static let convolutions: [OperatorCase] = {
    let cases: [([Shape], OrderedDictionary<String, Attribute>)] = [
      ([[2, 3, 5], [4, 3, 2], [4]], [:]),
      ([[2, 3, 5], [4, 3, 1]], [:]),
      ([[1, 2, 7], [3, 2, 3]], ["strides": .ints([2]), "pads": .ints([1, 2]), "dilations": .ints([2])]),
      ([[2, 3, 4, 5], [2, 3, 3, 2], [2]], ["kernel_shape": .ints([3, 2])]),
      ([[2, 3, 4, 5], [2, 3, 1, 1], [2]], [:]),
      ([[1, 2, 5, 4], [3, 2, 3, 3], [3]], ["pads": .ints([1, 1, 1, 1])]),
      ([[1, 2, 6, 5], [2, 2, 3, 2]], ["strides": .ints([2, 3]), "pads": .ints([0, 2, 1, 1])]),
      ([[1, 2, 6, 5], [2, 2, 2, 2]], ["dilations": .ints([3, 2]), "pads": .ints([1, 0, 2, 1])]),
      ([[1, 2, 5, 4], [2, 2, 2, 3]], ["auto_pad": .string("SAME_UPPER")]),
      ([[1, 2, 5, 4], [2, 2, 2, 3]], ["auto_pad": .string("SAME_LOWER"), "strides": .ints([2, 2])]),
      ([[1, 2, 5, 4], [2, 2, 2, 3]], ["auto_pad": .string("VALID")]),
      // One group and one channel is no depthwise convolution.
      ([[2, 1, 4, 4], [3, 1, 2, 2], [3]], [:]),
      ([[2, 3, 4, 4], [1, 3, 2, 2], [1]], [:]),
      // Depthwise, of one and of two filters a channel.
      ([[2, 3, 4, 4], [3, 1, 3, 3], [3]], ["group": .int(3), "pads": .ints([1, 1, 1, 1])]),
      ([[2, 3, 4, 4], [6, 1, 2, 2], [6]], ["group": .int(3), "strides": .ints([2, 2])]),
      ([[1, 2, 5], [4, 1, 3]], ["group": .int(2)]),
      ([[2, 4, 3, 3], [6, 2, 2, 2], [6]], ["group": .int(2)]),
      ([[1, 2, 3, 3, 2], [2, 2, 2, 2, 1], [2]], ["pads": .ints([1, 0, 0, 0, 1, 0])]),
      // More taps on padding than on the input.
      ([[1, 1, 2], [1, 1, 3]], ["pads": .ints([4, 4]), "strides": .ints([3])]),
    ]
    return cases.map { OperatorCase(Conv.name, of: $0, $1) }
  }()

  static let transposedConvolutions: [OperatorCase] = {
    let cases: [([Shape], OrderedDictionary<String, Attribute>)] = [
      ([[2, 3, 4], [3, 4, 2], [4]], [:]),
      ([[2, 3, 3, 2], [3, 2, 1, 1], [2]], [:]),
      ([[1, 3, 3, 2], [3, 2, 3, 2], [2]], ["strides": .ints([2, 3]), "pads": .ints([1, 0, 0, 1])]),
      ([[1, 2, 3, 2], [2, 2, 3, 2]], ["strides": .ints([2, 3]), "output_padding": .ints([1, 2])]),
      ([[1, 2, 3, 2], [2, 2, 2, 2]], ["dilations": .ints([2, 1])]),
      ([[1, 2, 3, 3], [2, 2, 3, 3]], ["strides": .ints([3, 2]), "output_shape": .ints([10, 8])]),
      ([[1, 2, 3, 3], [2, 1, 3, 3]], ["strides": .ints([2, 2]), "auto_pad": .string("SAME_UPPER")]),
      ([[1, 2, 3, 3], [2, 1, 2, 2]], ["strides": .ints([1, 1]), "auto_pad": .string("SAME_LOWER")]),
      ([[1, 4, 3], [4, 3, 2], [6]], ["group": .int(2)]),
      ([[1, 3, 3], [3, 2, 2], [6]], ["group": .int(3)]),
    ]
    return cases.map { OperatorCase(ConvTranspose.name, of: $0, $1) }
  }()

  static let otherNormalizations: [OperatorCase] = [
    OperatorCase(InstanceNormalization.name, of: [[2, 3, 4], [3], [3]]),
    OperatorCase(InstanceNormalization.name, of: [[2, 3, 3, 2], [3], [3]], ["epsilon": .float(0.25)]),
    OperatorCase(GroupNormalization.name, of: [[2, 4, 3], [2], [2]], ["num_groups": .int(2)], opset: 18),
    OperatorCase(GroupNormalization.name, of: [[2, 4, 2, 2], [4], [4]], ["num_groups": .int(2)], opset: 21),
    OperatorCase(LRN.name, of: [[2, 5, 3]], ["size": .int(3), "alpha": .float(0.5)]),
    OperatorCase(
      LRN.name, of: [[2, 4, 2, 2]],
      ["size": .int(4), "alpha": .float(0.9), "beta": .float(0.5), "bias": .float(2)]),
  ]

  static let normalizations: [OperatorCase] = [[2, 3], [2, 3, 4], [2, 3, 2, 2], [1, 1, 2, 2]].flatMap {
    (shape: Shape) in
    let channels = Shape([shape[1]])
    let operands: [Operand] = [
      .variable(shape), .variable(channels), .variable(channels), .data(channels), .data(channels),
    ]
    let inference = [9, 14, 15].map {
      OperatorCase(BatchNormalization.name, operands, ["epsilon": .float(0.5 / Float($0))], opset: $0)
    }
    // Statistics known to the gradient or not, the running ones wanted or not.
    let training = [(0, 3), (0, 1), (0.25, 3)].map { (momentum: Float, outputs) in
      OperatorCase(
        BatchNormalization.name, operands,
        ["epsilon": .float(0.5), "momentum": .float(momentum), "training_mode": .int(1)], outputs: outputs)
    }
    return inference + training
  }

  static let pools: [OperatorCase] = {
    let cases: [(Shape, OrderedDictionary<String, Attribute>)] = [
      ([2, 3, 5], ["kernel_shape": .ints([2])]),
      ([2, 3, 5], ["kernel_shape": .ints([3]), "strides": .ints([2]), "pads": .ints([1, 1])]),
      ([2, 3, 4, 4], ["kernel_shape": .ints([1, 1])]),
      ([2, 2, 4, 5], ["kernel_shape": .ints([2, 3]), "strides": .ints([2, 1])]),
      ([1, 2, 4, 5], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2]), "ceil_mode": .int(1)]),
      ([1, 2, 4, 5], ["kernel_shape": .ints([2, 2]), "dilations": .ints([2, 3]), "pads": .ints([1, 0, 0, 2])]),
      ([1, 2, 4, 5], ["kernel_shape": .ints([3, 2]), "auto_pad": .string("SAME_UPPER"), "strides": .ints([2, 2])]),
      ([1, 2, 4, 5], ["kernel_shape": .ints([2, 2]), "auto_pad": .string("SAME_LOWER")]),
    ]
    let padded: OrderedDictionary<String, Attribute> = [
      "kernel_shape": .ints([3, 3]), "pads": .ints([1, 1, 1, 1]), "strides": .ints([2, 3]), "ceil_mode": .int(1),
      "count_include_pad": .int(1),
    ]
    let global: [Shape] = [[2, 3, 4], [2, 3, 2, 3], [2, 3, 1, 1]]
    return cases.map { OperatorCase(MaxPool.name, [.distinct($0)], $1) }
      + cases.map { OperatorCase(AveragePool.name, of: [$0], $1, opset: 19) }
      + [OperatorCase(AveragePool.name, of: [[1, 2, 4, 6]], padded)]
      + global.map { OperatorCase(GlobalAveragePool.name, of: [$0]) }
      + global.map { OperatorCase(GlobalMaxPool.name, [.distinct($0)]) }
  }()
}
