import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// The derivative of ``Resize``: zeros of the attribute `shape`, to which each element of the input is added at its
/// taps, times their weights.
///
/// The attributes `places0`, `places1`, ... and `weights0`, `weights1`, ... give the taps of each resized axis.
package struct ResizeDerivative: Operator {
  /// `espalier::ResizeDerivative`.
  package static let name: OperatorName = .own("ResizeDerivative")

  /// The attributes that state these taps.
  static func attributes(_ taps: [AxisTaps]) -> OrderedDictionary<String, Attribute> {
    var attributes: OrderedDictionary = ["shape": Attribute.ints(taps.map { Int64($0.size) })]
    for (axis, taps) in taps.enumerated() where !taps.isIdentity {
      attributes["places\(axis)"] = .ints(taps.places.map(Int64.init))
      attributes["weights\(axis)"] = .floats(taps.weights)
    }
    return attributes
  }

  /// The interpolation along each axis.
  package let taps: [AxisTaps]

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    let shape = try call.statedShape()
    guard shape.rank == input.rank else { throw call.error("cannot add \(input) to \(shape)") }
    taps = try shape.indices.map { (axis) throws(EspalierError) in
      let (size, count) = (shape[axis], input[axis])
      let places = try call.ints("places\(axis)")
      let weights = try call.floats("weights\(axis)") ?? []
      let taps = places.map { AxisTaps(size: size, count: count, places: $0, weights: weights) }
      guard let taps = taps ?? AxisTaps(keeping: size), taps.count == count else {
        throw call.error("cannot add \(input) to \(shape)")
      }
      return taps
    }
  }

  /// The stated shape.
  package var outputs: [TensorType] { [TensorType(Shape(taps.map(\.size)))] }
}
