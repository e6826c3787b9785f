import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Einstein summation: the product of all operands over the indices that the attribute `equation` assigns to their
/// axes, summed over the indices missing from the output.
///
/// `abc,cd->abd` is a dense layer: `Y[a, b, d] = sum over c of X[a, b, c] W[c, d]`. An index repeated within one
/// operand takes its diagonal, an ellipsis stands for broadcast axes, and an axis of size 1 is repeated. Without an
/// arrow in the equation, the output has the ellipsis and, in alphabetical order, the indices that occur once.
package struct Einsum: DifferentiableOperator {
  /// `Einsum`.
  package static let name: OperatorName = "Einsum"

  /// Either factor.
  package static var parameterInputs: ParameterInputs { .at(0..<2) }

  /// The sizes of the output's indices.
  package let outputs: [TensorType]
  /// The index of each axis.
  package let equation: EinsumEquation
  /// The shapes of the operands.
  package let operands: [Shape]
  private let multipliesValues: Bool

  /// Reads `equation`, which must fit the operands, all of one numeric type.
  package init(_ call: Invocation) throws(EspalierError) {
    equation = try EinsumEquation(call)
    outputs = [TensorType(equation.shape, try call.numericElementType())]
    operands = call.inputs.map { $0?.shape ?? [] }
    multipliesValues = call.constants.count == 2 && call.constants.allSatisfy { $0 == nil }
  }

  /// All axes with the same index are tied. A product with a matrix on the right, summed over the last axis on the
  /// left, is a dense layer.
  package var axes: AxisRule? {
    var places: [Character: [PortAxis]] = [:]
    func note(_ indices: [Character], _ port: Port, _ shape: Shape) {
      for (axis, index) in indices.enumerated() where shape[axis] == equation.sizes[index] {
        places[index, default: []].append(PortAxis(port, axis))
      }
    }
    for (position, indices) in equation.operands.enumerated() { note(indices, .input(position), operands[position]) }
    note(equation.output, .output(0), equation.shape)
    var rule = AxisRule()
    for index in places.keys.sorted() {
      rule.ties += places[index]!.dropFirst().map { AxisTie(places[index]![0], $0) }
    }
    rule.multipliesValues = multipliesValues
    if multipliesValues {
      rule.heads = equation.output.indices.filter { axis in
        equation.operands.allSatisfy { $0.contains(equation.output[axis]) }
      }.map { PortAxis(.output(0), $0) }
    }
    rule.contractions = contraction.map { [$0] } ?? []
    return rule
  }

  private var contraction: Contraction? {
    guard equation.operands.count == 2, let last = equation.operands[0].last, equation.summed == [last] else {
      return nil
    }
    let (activation, weight) = (equation.operands[0], equation.operands[1])
    guard weight.count == 2, let inner = weight.firstIndex(of: last), let outer = equation.output.last,
      weight[1 - inner] == outer, !activation.contains(outer), Set(activation).count == activation.count,
      operands[0].last == operands[1][inner]
    else { return nil }
    return Contraction(
      activation: PortAxis(.input(0), activation.count - 1), weight: PortAxis(.input(1), inner),
      outputAxis: PortAxis(.input(1), 1 - inner))
  }

  /// The product of the sizes of all indices, for each operand but the first.
  package var cost: Cost {
    Cost(macs: Int.limitedProduct([equation.operands.count - 1] + equation.sizes.values))
  }

  /// For each operand, the summation with that operand and the output exchanged, summed over the axes that were
  /// broadcast and repeated along indices that occur in that operand alone. There is no derivative if an index is
  /// repeated within one operand.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for position in equation.operands.indices where gradients.wants(position) {
      let (own, shape) = (equation.operands[position], operands[position])
      guard Set(own).count == own.count else {
        return gradients.refuse("has no derivative for an operand of which it takes a diagonal")
      }
      var terms = equation.operands
      var inputs = terms.indices.map { gradients.input($0) }
      var shapes = operands
      terms[position] = equation.output
      inputs[position] = gradients.outputGradient
      shapes[position] = equation.shape
      // The sizes of the indices of the other operands and the output.
      var reach: [Character: Int] = [:]
      for (index, size) in zip(terms.joined(), shapes.joined()) { reach[index] = max(reach[index] ?? 1, size) }
      let isKept = own.indices.map { reach[own[$0]] != nil && (shape[$0] != 1 || reach[own[$0]] == 1) }
      let kept = own.indices.filter { isKept[$0] }.map { own[$0] }
      let result = gradients.add(Self.name, inputs, ["equation": .string(EinsumEquation.text(terms, to: kept))])
      let spread = Shape(own.indices.map { isKept[$0] ? reach[own[$0]]! : 1 })
      var gradient = kept == own ? result : gradients.reshape(result, to: spread)
      if spread != shape {
        gradient = gradients.add(BroadcastToShape.name, [gradient], ["shape": .ints(shape.map(Int64.init))])
      }
      gradients.set(gradient, forInput: position)
    }
  }
}
