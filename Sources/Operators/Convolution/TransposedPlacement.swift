import EspalierFiles
import EspalierGraph

/// The part of a transposed convolution's result that is kept along each spatial axis, by the attributes `pads`,
/// `output_padding`, `output_shape` and `auto_pad`.
struct TransposedPlacement {
  /// The sizes of the result.
  private(set) var sizes: [Int] = []
  /// The numbers of elements cut off at the beginning of each axis, and at its end.
  private(set) var before: [Int] = []
  private(set) var after: [Int] = []

  private static let limit = 1 << 20

  /// The placement for inputs of spatial sizes `inputs` and a `kernel`.
  init(_ call: Invocation, over inputs: [Int], _ kernel: [Int]) throws(EspalierError) {
    let rank = inputs.count
    func values(_ name: String, count: Int, default standard: Int) throws(EspalierError) -> [Int] {
      let given = try call.ints(name) ?? Array(repeating: standard, count: count)
      guard given.count == count, given.allSatisfy({ (0...Self.limit).contains($0) }) else {
        throw call.error(
          "attribute \"\(name)\" is \(given), which does not fit an input with \(rank) spatial axes")
      }
      return given
    }
    guard inputs.allSatisfy({ (1...1 << 40).contains($0) }), kernel.allSatisfy({ (1...Self.limit).contains($0) }) else {
      throw call.error("cannot convolve inputs of \(inputs) by windows of \(kernel)")
    }
    let strides = try values("strides", count: rank, default: 1)
    let dilations = try values("dilations", count: rank, default: 1)
    let extra = try values("output_padding", count: rank, default: 0)
    let pads = try values("pads", count: 2 * rank, default: 0)
    let asked = try call.ints("output_shape").map { (_) throws(EspalierError) in
      try values("output_shape", count: rank, default: 0)
    }
    var mode = "NOTSET"
    if case .string(let text)? = call.node.attributes["auto_pad"] { mode = text }
    guard ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"].contains(mode) else {
      throw call.error("attribute \"auto_pad\" is none of NOTSET, SAME_UPPER, SAME_LOWER and VALID")
    }
    for (axis, taps) in kernel.enumerated() {
      let whole = strides[axis] * (inputs[axis] - 1) + extra[axis] + (taps - 1) * dilations[axis] + 1
      if asked == nil, !mode.hasPrefix("SAME") {
        before.append(mode == "VALID" ? 0 : pads[axis])
        after.append(mode == "VALID" ? 0 : pads[axis + rank])
        sizes.append(whole - before[axis] - after[axis])
      } else {
        sizes.append(asked?[axis] ?? inputs[axis] * strides[axis])
        let total = max(0, whole - sizes[axis])
        // The larger half is cut off at the beginning, unless the mode is SAME_UPPER.
        before.append(mode == "SAME_UPPER" ? total / 2 : total - total / 2)
        after.append(total - before[axis])
      }
    }
  }
}
