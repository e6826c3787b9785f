import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A recurrent layer of the standard: sequences X `T x N x I`, weights W `D x G H x I`, and what ``RecurrentLayer``
/// says.
package protocol RecurrentOperator: SteppedOperator {
  /// The recurrence.
  static var cell: RecurrentCell { get }

  /// The sizes and settings.
  var layer: RecurrentLayer { get }
}

extension RecurrentOperator {
  /// W, R, B, and the peepholes.
  package static var parameterInputs: ParameterInputs { .at(1..<4) }

  /// The states of all steps, and the last ones.
  package var outputs: [TensorType] { layer.outputs }

  /// The products with W and R.
  package var cost: Cost { layer.cost(width: layer.width) }

  /// Hidden units are tied to their rows and columns; the width of the input is tied to the columns of W, and frozen:
  /// its product with W does not show outside of the layer. ``Graph/projectingRecurrentInputs()`` sets both free.
  package var axes: AxisRule? {
    var rule = layer.rule
    let (x, w) = (PortAxis(.input(0), 2), PortAxis(.input(1), 2))
    rule.ties += [
      AxisTie(x, w),
      AxisTie(layer.unitAxis, PortAxis(.input(1), 1), repetitions: layer.cell.gates, period: layer.units),
    ]
    rule.frozen += [x, w].map { FrozenAxis($0, "multiplies it by weights inside") }
    rule.frozen.append(FrozenAxis(PortAxis(.input(1), 0), RecurrentLayer.holdsDirections))
    return rule
  }

  /// Adapts the number of hidden units.
  package func resize(_ resizing: inout NodeResizing) {
    resizing.set("hidden_size", to: .int(Int64(resizing.inputShape(layer.recurrence)[2])))
  }

  /// As nodes of each step.
  package func steps(of call: Invocation) throws(EspalierError) -> Body {
    try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      try RecurrentBody(layer, weights: 1).write(to: &body)
    }
  }

  /// The layer, the width of whose input must be that of W.
  static func parse(_ call: Invocation) throws(EspalierError) -> RecurrentLayer {
    let layer = try RecurrentLayer(cell, call, recurrence: 2)
    let (x, w) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    guard w == [layer.isReversed.count, cell.gates * layer.units, x[2]] else {
      throw call.error("cannot multiply sequences of \(x) by weights of \(w)")
    }
    return layer
  }
}

/// A recurrent layer without gates.
package struct RNN: RecurrentOperator {
  /// `RNN`.
  package static let name: OperatorName = "RNN"
  /// ``RecurrentCell/rnn``.
  package static var cell: RecurrentCell { .rnn }

  /// The sizes and settings.
  package let layer: RecurrentLayer

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { layer = try Self.parse(call) }
}

/// A layer of gated recurrent units.
package struct GRU: RecurrentOperator {
  /// `GRU`.
  package static let name: OperatorName = "GRU"
  /// ``RecurrentCell/gru``.
  package static var cell: RecurrentCell { .gru }

  /// The sizes and settings.
  package let layer: RecurrentLayer

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { layer = try Self.parse(call) }
}

/// A layer of long short-term memories.
package struct LSTM: RecurrentOperator {
  /// `LSTM`.
  package static let name: OperatorName = "LSTM"
  /// ``RecurrentCell/lstm``.
  package static var cell: RecurrentCell { .lstm }

  /// The sizes and settings.
  package let layer: RecurrentLayer

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { layer = try Self.parse(call) }
}
