import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A recurrent layer behind its product with W: the first input are the gates' parts `W x` of all steps, `T x N x D G
/// H`, all else is as in ``RecurrentLayer``. The attribute `cell` names the recurrence.
///
/// It stands for a layer of the standard while that is pruned, so that its product with W is a layer of its own.
package struct GateRecurrence: SteppedOperator {
  /// `espalier::GateRecurrence`.
  package static let name: OperatorName = .own("GateRecurrence")

  /// R and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The sizes and settings.
  package let layer: RecurrentLayer

  /// Reads the settings; the first input must hold all gates.
  package init(_ call: Invocation) throws(EspalierError) {
    let name = try call.string("cell", default: "")
    guard let cell = RecurrentCell(rawValue: name) else { throw call.error("its cell \"\(name)\" is unknown") }
    layer = try RecurrentLayer(cell, call, recurrence: 1)
    guard layer.width == layer.isReversed.count * cell.gates * layer.units else {
      throw call.error("has \(layer.width) gates for \(layer.units) units")
    }
  }

  /// The states of all steps, and the last ones.
  package var outputs: [TensorType] { layer.outputs }

  /// The products with R.
  package var cost: Cost { layer.cost(width: 0) }

  /// Each hidden unit is tied to its gates.
  package var axes: AxisRule? {
    var rule = layer.rule
    rule.ties.append(
      AxisTie(
        layer.unitAxis, PortAxis(.input(0), 2), repetitions: layer.isReversed.count * layer.cell.gates,
        period: layer.units))
    return rule
  }

  /// As nodes of each step.
  package func steps(of call: Invocation) throws(EspalierError) -> Body {
    try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      try RecurrentBody(layer, weights: nil).write(to: &body)
    }
  }

  /// Adapts the number of hidden units.
  package func resize(_ resizing: inout NodeResizing) {
    resizing.set("hidden_size", to: .int(Int64(resizing.inputShape(1)[2])))
  }
}
