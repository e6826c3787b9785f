import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The name that ``ScatterElements`` had before operator set 11.
package struct Scatter: CompositeOperator {
  /// `Scatter`.
  package static let name: OperatorName = "Scatter"

  /// The one node of the new name.
  package let body: Body
  /// The rule of that node.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let inputs = try (0..<3).map { (position) throws(EspalierError) in try body.required(position) }
      body.finish([body.add(ScatterElements.name, inputs, call.node.attributes)])
    }
    axes = try ScatterElements(call).axes
  }
}
