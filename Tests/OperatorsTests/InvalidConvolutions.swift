import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// Invalid nodes of convolutions, pools and normalisations.
enum InvalidConvolutions {
  static let faults: [Fault] = convolutions + transposed + derivatives + normalizations + others + pools

  private static func float(_ shape: Shape) -> TensorType { TensorType(shape) }

  private static let convolutions: [Fault] = {
    let shapes: [[TensorType?]] = [
      [float([2, 3]), float([4, 3])], [float([2, 3, 5]), float([4, 3, 2, 2])], [float([2, 3, 5]), float([4, 2, 2])],
      [float([2, 3, 5]), float([4, 3, 6])], [float([2, 3, 5]), float([4, 3, 0])], [float([2, 3, 5])], [],
      [float([2, 3, 5]), float([4, 3, 2]), float([3])], [float([2, 3, 5]), float([4, 3, 2]), float([4, 1])],
      [TensorType([2, 3, 5], .float16), float([4, 3, 2])], [float([2, 3, 5]), float([1 << 40, 3, 1]), float([2])],
      [float([1, 1, 2, 2, 2, 2]), float([1, 1, 1, 1, 1, 1])], [float([1, 1, 0]), float([1, 1, 1])],
      [float([1 << 40, 0, 1 << 10]), float([1 << 40, 0, 1])],
    ]
    let attributes: [OrderedDictionary<String, Attribute>] = [
      ["strides": .ints([0])], ["strides": .ints([-1])], ["strides": .ints([.max])], ["strides": .ints([1, 1])],
      ["strides": .int(1)], ["dilations": .ints([0])], ["dilations": .ints([.max])], ["dilations": .ints([5])],
      ["pads": .ints([1])], ["pads": .ints([-1, 0])], ["pads": .ints([.max, .max])], ["pads": .ints([.min, 0])],
      ["auto_pad": .string("SOME")], ["auto_pad": .int(1)], ["kernel_shape": .ints([3])],
      ["kernel_shape": .ints([2, 1])], ["group": .int(0)], ["group": .int(-1)], ["group": .int(2)],
      ["group": .int(.min)], ["group": .int(3)],
    ]
    return shapes.map { Fault(op: Conv.name, inputs: $0) }
      + attributes.map { Fault(op: Conv.name, inputs: [float([2, 3, 5]), float([4, 3, 2])], attributes: $0) }
  }()

  private static let transposed: [Fault] = {
    let shapes: [[TensorType?]] = [
      [float([2, 3]), float([3, 4])], [float([2, 3, 5]), float([4, 3, 2])], [float([2, 3, 0]), float([3, 4, 2])],
      [float([2, 3, 5]), float([3, 4, 2]), float([3])], [float([2, 3, 5])], [nil, float([3, 4, 2])],
      [float([1, 1, 1 << 41]), float([1, 1, 1])],
    ]
    let attributes: [OrderedDictionary<String, Attribute>] = [
      ["strides": .ints([0])], ["strides": .ints([.max])], ["pads": .ints([4, 4])], ["pads": .ints([-1, 0])],
      ["output_padding": .ints([1])], ["output_padding": .ints([-1])], ["output_shape": .ints([9])],
      ["output_shape": .ints([1, 2])], ["auto_pad": .string("SOME")], ["group": .int(2)], ["group": .int(.max)],
      ["group": .int(0)], ["dilations": .ints([.max])], ["kernel_shape": .ints([3])],
    ]
    return shapes.map { Fault(op: ConvTranspose.name, inputs: $0) }
      + attributes.map {
        Fault(op: ConvTranspose.name, inputs: [float([2, 3, 5]), float([3, 4, 2])], attributes: $0)
      }
  }()

  private static let others: [Fault] = {
    let three = [float([2, 4, 3]), float([2]), float([2])]
    let instances: [[TensorType?]] = [
      three, [float([2, 3]), float([3]), float([3])], [float([2, 3, 4]), float([3])], [float([2])], [nil],
    ]
    let groups: [Int64] = [0, -2, 3, .min, .max]
    return instances.map { Fault(op: InstanceNormalization.name, inputs: $0) }
      + groups.map { Fault(op: GroupNormalization.name, inputs: three, attributes: ["num_groups": .int($0)]) }
      + [
        Fault(op: GroupNormalization.name, inputs: three),
        Fault(op: GroupNormalization.name, inputs: three, attributes: ["num_groups": .int(2)], opset: 21),
        Fault(op: LRN.name, inputs: [float([2, 3, 4])]),
        Fault(op: LRN.name, inputs: [float([2, 3, 4])], attributes: ["size": .int(-1)]),
        Fault(op: LRN.name, inputs: [float([2])], attributes: ["size": .int(3)]),
      ]
  }()

  private static let derivatives: [Fault] = [
    Fault(op: ConvolutionDataGradient.name, inputs: [float([2, 4, 4]), float([4, 3, 2])]),
    Fault(
      op: ConvolutionDataGradient.name, inputs: [float([2, 4, 3]), float([4, 3, 2])],
      attributes: ["shape": .ints([2, 3, 5])]),
    Fault(
      op: ConvolutionDataGradient.name, inputs: [float([2, 4, 4]), float([4, 3, 2])],
      attributes: ["shape": .ints([2, 3, -5])]),
    Fault(
      op: ConvolutionWeightGradient.name, inputs: [float([2, 4, 3]), float([2, 3, 5])],
      attributes: ["shape": .ints([4, 3, 2])]),
  ]

  private static let normalizations: [Fault] = {
    let right = [float([2, 3, 4])] + Array(repeating: float([3]), count: 4)
    func replacing(_ position: Int, _ type: TensorType?) -> Fault {
      var inputs: [TensorType?] = right
      inputs[position] = type
      return Fault(op: BatchNormalization.name, inputs: inputs)
    }
    return (1...4).flatMap { [replacing($0, float([4])), replacing($0, nil), replacing($0, float([]))] }
      + [
        replacing(0, float([3])), replacing(0, TensorType([2, 3], .int64)),
        Fault(op: BatchNormalization.name, inputs: Array(right.prefix(4))),
        Fault(
          op: BatchNormalization.name, inputs: [float([0, 3, 4])] + right.dropFirst(),
          attributes: ["training_mode": .int(1)]),
        Fault(op: BatchNormalization.name, inputs: right, attributes: ["training_mode": .ints([1])]),
      ]
  }()

  private static let pools: [Fault] = {
    let attributes: [OrderedDictionary<String, Attribute>] = [
      [:], ["kernel_shape": .ints([6])], ["kernel_shape": .ints([0])], ["kernel_shape": .ints([.max])],
      ["kernel_shape": .ints([1, 1])], ["kernel_shape": .int(1)],
      ["kernel_shape": .ints([2]), "pads": .ints([0, 0, 0, 0])], ["kernel_shape": .ints([2]), "ceil_mode": .ints([1])],
    ]
    let derivatives = [MaxPoolDerivative.name, AveragePoolDerivative.name].map {
      Fault(op: $0, inputs: [float([2, 3, 5]), float([2, 3, 5])], attributes: ["kernel_shape": .ints([2])])
    }
    return derivatives
      + [MaxPool.name, AveragePool.name].flatMap { op in
        attributes.map { Fault(op: op, inputs: [float([2, 3, 5])], attributes: $0) }
          + [Fault(op: op, inputs: [float([2, 3])], attributes: ["kernel_shape": .ints([])])]
      }
      + [GlobalAveragePool.name, GlobalMaxPool.name].flatMap { op in
        [float([2, 3]), float([2, 3, 0]), nil].map { Fault(op: op, inputs: [$0]) }
      }
  }()
}
