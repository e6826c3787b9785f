import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The discrete Fourier transform along an axis, by ``FourierMatrices``.
///
/// The last axis holds real numbers (one element) or complex ones (two), the result's complex ones. `onesided` gives
/// the frequencies up to half the length, `inverse` the inverse transform. The length, by default that of the axis, is
/// a second input; the axis an attribute, from opset 20 a third input.
package struct DFT: CompositeOperator {
  /// `DFT`.
  package static let name: OperatorName = "DFT"

  /// Length and axis.
  package static var inputsKnownBeforehand: [Int] { [1, 2] }

  /// Products with the matrices of the transform.
  package let body: Body
  private let axis: Int
  private let rank: Int

  /// Reads attributes, length and axis.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.floatInput(0).shape
    let stated = try call.int("axis", default: call.opset >= 20 ? -2 : 1)
    let asked = try call.known(input: 2) { $0.integers() }?.first ?? stated
    guard let axis = shape.resolve(axis: asked), axis < shape.rank - 1, [1, 2].contains(shape[shape.rank - 1]) else {
      throw call.error("cannot transform \(shape) along axis \(asked)")
    }
    let length = try call.known(input: 1) { $0.integers() }?.first ?? shape[axis]
    let (isInverse, isHalf) = (try call.flag("inverse"), try call.flag("onesided"))
    guard length > 0, !isInverse || !isHalf else {
      throw call.error(
        length > 0 ? "has no inverse of one side" : "cannot transform to \(length) numbers",
        remedy: "transform both sides")
    }
    let matrices = FourierMatrices(
      length: length, rows: min(length, shape[axis]), columns: isHalf ? length / 2 + 1 : length, isInverse: isInverse)
    (self.axis, rank) = (axis, shape.rank)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      try Self.write(matrices, along: axis, of: shape, to: &body)
    }
  }

  private static func write(
    _ matrices: FourierMatrices, along axis: Int, of shape: Shape, to body: inout BodyBuilder
  ) throws(EspalierError) {
    // The axis goes to the end of those in front of the numbers' own, and back.
    let outer = shape.indices.dropLast().filter { $0 != axis }
    var value = body.transpose(try body.required(0), outer + [axis, shape.rank - 1])
    if matrices.rows < shape[axis] {
      let kept = body.store(Tensor(shape: [matrices.rows], (0..<matrices.rows).map(Int64.init)))
      value = body.add(Gather.name, [value, kept], ["axis": .int(Int64(shape.rank - 2))])
    }
    let parts = body.parts(of: value, shape)
    let transformed = try matrices.add(parts.real, parts.imaginary, to: &body)
    let result = body.complex(transformed, Shape(outer.map { shape[$0] } + [matrices.columns]))
    let places = outer + [axis]
    let order = shape.indices.dropLast().map { place in places.firstIndex(of: place)! } + [shape.rank - 1]
    body.finish([body.transpose(result, order)])
  }

  /// Axes that are not transformed pass through.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: rank, except: [axis, rank - 1])
    for axis in [axis, rank - 1] {
      rule.frozen += [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), "transforms it") }
    }
    return rule
  }
}
