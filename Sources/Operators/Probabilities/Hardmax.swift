import EspalierFiles
import EspalierGraph
import EspalierTensors

/// 1 at the first maximum of each row, and 0 elsewhere; the rows are those of ``Softmax``.
package struct Hardmax: CompositeOperator {
  /// `Hardmax`.
  package static let name: OperatorName = "Hardmax"

  /// The positions of the maxima, and ones there.
  package let body: Body
  private let rows: SoftmaxRows

  /// Reads `axis`.
  package init(_ call: Invocation) throws(EspalierError) {
    let rows = try SoftmaxRows(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let parts = body.reshape(try body.required(0), to: [rows.outer, rows.size, rows.inner])
      let places = body.add(ArgMax.name, [parts], ["axis": .int(1), "keepdims": .int(0)])
      let size = body.store(Tensor(shape: [1], [Int64(rows.size)]))
      let values = body.store(Tensor(shape: [2], [Float(0), 1]))
      let ones = body.add(OneHot.name, [places, size, values], ["axis": .int(1)])
      body.finish([body.reshape(ones, to: rows.input.shape)])
    }
    self.rows = rows
  }

  /// The rows' axis is frozen; every other is tied to the same axis of the output.
  package var axes: AxisRule? { rows.axisRule }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
