import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A permutation of the axes: axis `i` of the output is axis `perm[i]` of the input; the order is reversed by default.
package struct Transpose: DifferentiableOperator {
  /// `Transpose`.
  package static let name: OperatorName = "Transpose"

  /// The permuted sizes.
  package let outputs: [TensorType]
  /// The input axis of each output axis.
  package let permutation: [Int]

  /// Reads `perm`, which must name every axis once.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    let rank = input.shape.rank
    permutation = try call.ints("perm") ?? Array((0..<rank).reversed())
    guard permutation.sorted() == Array(0..<rank) else {
      throw call.error("\(permutation) is no order of the \(rank) axes of its input")
    }
    _ = try call.elementWidth()
    outputs = [TensorType(Shape(permutation.map { input.shape[$0] }), input.elementType)]
  }

  /// The stated permutation; unknown without one, because the rank is unknown.
  package static func channelReading(_ node: Node) -> ChannelReading {
    guard case .ints(let order)? = node.attributes["perm"] else { return .unknown }
    return .permutes(order.map(Int.init))
  }

  /// Each axis is tied to its position in the output.
  package var axes: AxisRule? {
    AxisRule(
      ties: permutation.enumerated().map { target, source in
        AxisTie(PortAxis(.input(0), source), PortAxis(.output(0), target))
      })
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }

  /// The gradient with the inverse permutation.
  package func differentiate(_ gradients: inout GradientBuilder) {
    var inverse = [Int64](repeating: 0, count: permutation.count)
    for (target, source) in permutation.enumerated() { inverse[source] = Int64(target) }
    gradients.set(gradients.add(Self.name, [gradients.outputGradient], ["perm": .ints(inverse)]), forInput: 0)
  }
}
