import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The slices of the input along the attribute `axis`, or its elements without one, where the condition, a vector of
/// truth values, is true.
///
/// Their number determines the output's shape, so the condition must be known before the network runs.
package struct Compress: CompositeOperator {
  /// `Compress`.
  package static let name: OperatorName = "Compress"

  /// The condition: how many elements are picked follows from it.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// A gather of the chosen slices.
  package let body: Body
  private let rank: Int
  private let axis: Int?

  /// Reads the condition and `axis`.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.input(0).shape
    let axis = call.node.attributes["axis"] == nil ? nil : try call.axis(try call.int("axis", default: 0), ofInput: 0)
    let size = axis.map { shape[$0] } ?? shape.elementCount
    let condition = try call.knownInput(1)
    guard condition.elementType == .bool, condition.count <= size else {
      throw call.error("chooses from \(size) elements by \(condition.count) of \(condition.elementType)")
    }
    let places = condition.elements(as: Bool.self).enumerated().filter(\.element).map { Int64($0.offset) }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var value = try body.required(0)
      if axis == nil { value = body.reshape(value, to: [shape.elementCount]) }
      let stored = body.store(Tensor(shape: [places.count], places))
      body.finish([body.add(Gather.name, [value, stored], ["axis": .int(Int64(axis ?? 0))])])
    }
    (self.axis, rank) = (axis, shape.rank)
  }

  /// The axis is frozen, and the others are tied to those of the output; without an axis all are frozen.
  package var axes: AxisRule? {
    guard let axis else {
      return AxisRule(
        frozen: (0..<rank).map { FrozenAxis(PortAxis(.input(0), $0), "picks from it") }
          + [FrozenAxis(PortAxis(.output(0), 0), "states its elements")])
    }
    var rule = AxisRule.identity(rank: rank, except: [axis])
    rule.freeze(axis, "picks from it")
    return rule
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }
}
