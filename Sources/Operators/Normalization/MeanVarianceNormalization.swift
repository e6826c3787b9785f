import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input normalised over the axes of the attribute `axes`: `Y = (X - mean) / (standard deviation + 1e-9)`.
package struct MeanVarianceNormalization: CompositeOperator {
  /// `MeanVarianceNormalization`.
  package static let name: OperatorName = "MeanVarianceNormalization"

  /// The means, the deviations and the division.
  package let body: Body
  private let rank: Int
  private let normalized: [Int]

  /// Reads `axes` (0, 2 and 3 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    rank = try call.floatInput(0).shape.rank
    let normalized = try call.axes(try call.ints("axes") ?? [0, 2, 3])
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let x = try body.required(0)
      let over: Attribute = .ints(normalized.map(Int64.init))
      let centred = body.add(Subtract.name, [x, body.add(ReduceMean.name, [x], ["axes": over])])
      let square = body.add(Multiply.name, [centred, centred])
      let deviation = body.add(SquareRoot.name, [body.add(ReduceMean.name, [square], ["axes": over])])
      let divisor = body.add(Add.name, [deviation, body.store(Tensor(scalar: Float(1e-9)))])
      body.finish([body.add(Divide.name, [centred, divisor])])
    }
    self.normalized = normalized
  }

  /// The normalised axes are frozen, all others tied to those of the output.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: rank, except: Set(normalized))
    for axis in normalized.sorted() { rule.freeze(axis, "normalises over it") }
    return rule
  }
}
