import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Each row along the attribute `axis` divided by its norm, the sum of magnitudes (`p` 1) or the root of the sum of
/// squares (`p` 2); rows of zeros remain.
package struct LpNormalization: CompositeOperator {
  /// `LpNormalization`.
  package static let name: OperatorName = "LpNormalization"

  /// The norms and the division.
  package let body: Body
  private let rank: Int
  private let axis: Int

  /// Reads `axis` (-1 by default) and `p` (2 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    rank = try call.floatInput(0).shape.rank
    let axis = try call.axis(try call.int("axis", default: -1), ofInput: 0)
    let order = try call.int("p", default: 2)
    guard order == 1 || order == 2 else { throw call.error("its p is \(order), neither 1 nor 2") }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let x = try body.required(0)
      let norm = body.add(order == 1 ? ReduceL1.name : ReduceL2.name, [x], ["axes": .ints([Int64(axis)])])
      let isZero = body.add(Equal.name, [norm, body.store(Tensor(scalar: Float(0)))])
      let divisor = body.add(Where.name, [isZero, body.store(Tensor(scalar: Float(1))), norm])
      body.finish([body.add(Divide.name, [x, divisor])])
    }
    self.axis = axis
  }

  /// Every axis is tied to the same axis of the output; the one of the norms is normalised.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: rank)
    rule.normalized = [PortAxis(.output(0), axis)]
    return rule
  }

  /// Norms are positive.
  package var sign: Sign { .preserved }
}
