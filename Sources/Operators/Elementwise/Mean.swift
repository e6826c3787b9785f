import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The mean of any number of tensors, element by element, broadcast.
package struct Mean: CompositeOperator {
  /// `Mean`.
  package static let name: OperatorName = "Mean"

  /// The sum, divided by the number of operands.
  package let body: Body
  private let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try Broadcast(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let names = try call.inputs.indices.map { (position) throws(EspalierError) in try body.required(position) }
      let sum = body.add(Sum.name, names)
      body.finish([body.add(Scale.name, [sum], ["factor": .float(1 / Float(names.count))])])
    }
  }

  /// Axes that are not broadcast are tied to those of the output; computed operands are branches that meet.
  package var axes: AxisRule? { broadcast.axes }

  /// Nonnegative if all operands are.
  package var sign: Sign { .preserved }
}
