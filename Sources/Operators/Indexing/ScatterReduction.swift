import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// The operation by which a scattering operator combines an update with the present element: the attribute `reduction`.
package enum ScatterReduction: String, Hashable, Sendable {
  case replace = "none"
  case add
  case multiply = "mul"
  case maximum = "max"
  case minimum = "min"

  /// The reduction of a node whose third input holds updates of the first: of its element type, which must be numeric
  /// if they are combined.
  init(_ call: Invocation) throws(EspalierError) {
    let text = try call.string("reduction", default: "none")
    guard let reduction = ScatterReduction(rawValue: text) else {
      throw call.error("cannot combine updates by \"\(text)\"")
    }
    let (input, updates) = (try call.input(0).elementType, try call.input(2).elementType)
    guard input == updates else { throw call.error("puts \(updates) into \(input)") }
    if reduction != .replace { try call.checkNumeric(input) }
    self = reduction
  }
}

extension GradientBuilder {
  /// Sets the gradients of an operator whose third input, of shape `updates`, is scattered over the first: `scatter`
  /// writes zeros of that shape over the gradient, and `gather` reads the gradient at the indices.
  mutating func setScattered(
    _ scatter: OperatorName, _ gather: OperatorName, _ attributes: OrderedDictionary<String, Attribute> = [:],
    updates: Shape, by reduction: ScatterReduction
  ) {
    guard reduction == .replace || reduction == .add else {
      return refuse("has no derivative where updates are combined by \"\(reduction.rawValue)\"")
    }
    if wants(0), reduction == .add { set(outputGradient, forInput: 0) }
    if wants(0), reduction == .replace {
      let zeros = add(ConstantOfShape.name, [], ["shape": .ints(updates.map(Int64.init))])
      set(add(scatter, [outputGradient, input(1), zeros], attributes), forInput: 0)
    }
    if wants(2) { set(add(gather, [outputGradient, input(1)], attributes), forInput: 2) }
  }
}
