import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

extension OperatorCases {
  /// Every filter with every coordinate transformation, enlarging and reducing, along each axis.
  static let resizes: [OperatorCase] = {
    let alignments = [
      "half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_half_pixel_for_nn",
    ]
    let scales: [(Shape, [Float])] = [
      ([2, 2, 3, 4], [1, 1, 2, 1.5]), ([1, 2, 5, 4], [1, 1, 0.5, 0.75]), ([1, 3, 2, 2], [1, 2, 1.5, 1]), ([3], [1]),
      ([3], [2.5]),
    ]
    var cases: [OperatorCase] = []
    for alignment in alignments {
      for mode in ["nearest", "linear", "cubic"] {
        let attributes: OrderedDictionary<String, Attribute> = [
          "mode": .string(mode), "coordinate_transformation_mode": .string(alignment),
        ]
        cases += scales.map {
          OperatorCase(Resize.name, [.variable($0), .absent, .numbers($1)], attributes, opset: 19)
        }
        cases.append(
          OperatorCase(Resize.name, [.variable([1, 2, 3, 2]), .absent, .absent, .constant([1, 2, 7, 1])], attributes))
      }
    }
    for rounding in ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"] {
      cases.append(
        OperatorCase(
          Resize.name, [.variable([2, 5]), .absent, .numbers([1, 1.7])], ["nearest_mode": .string(rounding)]))
    }
    let cubic: OrderedDictionary<String, Attribute> = [
      "mode": .string("cubic"), "cubic_coeff_a": .float(-0.5), "exclude_outside": .int(1),
    ]
    cases.append(OperatorCase(Resize.name, [.variable([2, 4, 4]), .absent, .numbers([1, 0.8, 2])], cubic))
    for policy in ["stretch", "not_larger", "not_smaller"] {
      cases.append(
        OperatorCase(
          Resize.name, [.variable([2, 2, 3]), .absent, .absent, .constant([5, 4])],
          ["axes": .ints([2, 1]), "keep_aspect_ratio_policy": .string(policy), "mode": .string("linear")], opset: 18))
    }
    cases.append(
      OperatorCase(
        Resize.name, [.variable([2, 4, 4]), .numbers([0, 0.2, -0.3, 1, 0.6, 1.2]), .absent, .constant([2, 3, 5])],
        [
          "mode": .string("linear"), "coordinate_transformation_mode": .string("tf_crop_and_resize"),
          "extrapolation_value": .float(3),
        ]))
    for (op, opset) in [(Upsample.name, 9), (Resize.name, 10)] {
      for mode in ["nearest", "linear"] {
        cases.append(
          OperatorCase(op, [.variable([2, 2, 3]), .numbers([1, 2, 3])], ["mode": .string(mode)], opset: opset))
      }
      cases.append(OperatorCase(op, [.variable([4, 3]), .numbers([0.6, 1])], opset: opset))
    }
    return cases
  }()
}
