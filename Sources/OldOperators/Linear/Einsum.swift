import Graph
import Tensors

/// Einstein's summation: the product of all operands, element by element, over the indices that the attribute `equation` writes along
/// their axes, summed over those that the output lacks.
///
/// `abc,cd->abd` is a dense layer: `Y[a, b, d] = sum over c of X[a, b, c] W[c, d]`. An index that stands twice in one operand walks its
/// diagonal, an ellipsis stands for axes that are broadcast, and an axis of size 1 is repeated. Where the equation has no arrow, the output
/// has the ellipsis and, in alphabetical order, the indices that stand once.
///
/// Two operands are multiplied as batches of matrices by oneDNN, where each index that is summed over is in both; anything else by plain
/// loops over all indices.
public enum Einsum: Operator {
  /// `Einsum`.
  public static let name: OperatorName = "Einsum"

  /// Either factor.
  public static var parameterInputs: ParameterInputs { .at(0..<2) }

  /// The sizes of the output's indices.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try EinsumEquation(invocation).shape
    return [TensorType(shape, try invocation.numericInputs().elementType)]
  }

  /// Each index ties the axes that it runs along. With a matrix on the right, summed over the last axis on the left, a dense layer.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let equation = try EinsumEquation(invocation)
    var places: [Character: [PortAxis]] = [:]
    func note(_ indices: [Character], _ port: Port, _ shape: Shape) {
      for (axis, index) in indices.enumerated() where shape[axis] == equation.sizes[index] {
        places[index, default: []].append(PortAxis(port, axis))
      }
    }
    for (position, indices) in equation.operands.enumerated() {
      note(indices, .input(position), try invocation.input(position).shape)
    }
    note(equation.output, .output(0), equation.shape)
    var rule = AxisRule()
    for index in places.keys.sorted() {
      rule.ties += places[index]!.dropFirst().map { AxisTie(places[index]![0], $0) }
    }
    rule.multipliesValues = invocation.constants.count == 2 && invocation.constants.allSatisfy { $0 == nil }
    rule.contractions = try contraction(equation, invocation).map { [$0] } ?? []
    return rule
  }

  private static func contraction(_ equation: EinsumEquation, _ invocation: Invocation) throws -> Contraction? {
    guard equation.operands.count == 2, let last = equation.operands[0].last, equation.summed == [last] else {
      return nil
    }
    let (activation, weight) = (equation.operands[0], equation.operands[1])
    guard weight.count == 2, let inner = weight.firstIndex(of: last), let outer = equation.output.last,
      weight[1 - inner] == outer, !activation.contains(outer), Set(activation).count == activation.count,
      try invocation.input(0).shape.last == invocation.input(1).shape[inner]
    else { return nil }
    return Contraction(
      activation: PortAxis(.input(0), activation.count - 1), weight: PortAxis(.input(1), inner),
      outputAxis: PortAxis(.input(1), 1 - inner))
  }

  /// As many products as all indices together have values, for each operand but the first.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    let equation = try EinsumEquation(invocation)
    let macs = equation.sizes.values.reduce(Double(equation.operands.count - 1)) { $0 * Double($1) }
    return Cost(macs: Int(min(macs, 9e18)))
  }

  /// Plain loops over all indices, summed in double precision.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let equation = try EinsumEquation(invocation)
    func loop(_ indices: [Character]) throws -> StridedLoop {
      StridedLoop(
        Shape(indices.map { equation.sizes[$0]! }),
        strides: try equation.operands.indices.map {
          equation.strides(of: $0, try invocation.input($0).shape, along: indices)
        })
    }
    return kernel(try loop(equation.output), try loop(equation.summed), try invocation.numericInputs().element)
  }

  private static func kernel<Element: Number>(
    _ outer: StridedLoop, _ inner: StridedLoop, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let sources = operands.inputs.map { $0!.elements(as: type) }
      let target = operands.outputs[0].elements(as: type)
      outer.forEachRun { start, count, offsets in
        for i in 0..<count {
          var sum = 0.0
          inner.forEachRun { _, count, places in
            for j in 0..<count {
              var product = 1.0
              for (position, source) in sources.enumerated() {
                let place = offsets[position] + i * outer.step(position) + places[position] + j * inner.step(position)
                product *= source[place].double
              }
              sum += product
            }
          }
          target[start + i] = Element(double: sum)
        }
      }
    }
  }

  /// For each operand, the same with it and the output exchanged; summed over what was broadcast, repeated along what it alone was summed
  /// over.
  ///
  /// - Throws: `DataError` where an index stands twice in one operand.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let equation = try EinsumEquation(call)
    let shapes = try equation.operands.indices.map { try call.input($0).shape }
    for position in equation.operands.indices where gradients.wants(position) {
      let (own, shape) = (equation.operands[position], shapes[position])
      guard Set(own).count == own.count else {
        throw call.error("has no derivative for an operand of which it takes a diagonal")
      }
      var (terms, inputs, sizes) = (equation.operands, equation.operands.indices.map { gradients.input($0) }, shapes)
      (terms[position], inputs[position], sizes[position]) =
        (equation.output, gradients.outputGradient, equation.shape)
      // How far the indices of the other operands and the output run.
      let reach = zip(terms.joined(), sizes.joined()).reduce(into: [Character: Int]()) { reach, axis in
        reach[axis.0] = max(reach[axis.0] ?? 1, axis.1)
      }
      let isKept = own.indices.map { reach[own[$0]] != nil && (shape[$0] != 1 || reach[own[$0]] == 1) }
      let kept = own.indices.filter { isKept[$0] }.map { own[$0] }
      let result = gradients.add(name, inputs, ["equation": .string(EinsumEquation.text(terms, to: kept))])
      let spread = Shape(own.indices.map { isKept[$0] ? reach[own[$0]]! : 1 })
      var gradient = kept == own ? result : gradients.reshape(result, to: spread)
      if spread != shape {
        gradient = gradients.add(BroadcastToShape.name, [gradient], ["shape": .ints(shape.map(Int64.init))])
      }
      gradients.set(gradient, forInput: position)
    }
  }
}

#if OneDNN
  extension Einsum: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      guard try invocation.numericInputs().elementType == .float32, invocation.inputs.count == 2 else { return nil }
      return EinsumProduct(
        try EinsumEquation(invocation), try invocation.input(0).shape, try invocation.input(1).shape)
    }
  }
#endif
