import Graph
import OrderedCollections
import Tensors

/// What an operator that scatters does where an update meets an element: the attribute `reduction`.
enum ScatterReduction: String {
  case replace = "none"
  case add
  case multiply = "mul"
  case maximum = "max"
  case minimum = "min"

  /// What a node asks for.
  init(_ invocation: Invocation) throws {
    let text = try invocation.string("reduction", default: "none")
    guard let reduction = ScatterReduction(rawValue: text) else {
      throw invocation.error("cannot combine updates by \"\(text)\"")
    }
    self = reduction
  }

  /// The type of updates, which must be the input's, of numbers where they are combined.
  func check(_ invocation: Invocation) throws {
    let (input, updates) = (try invocation.input(0).elementType, try invocation.input(2).elementType)
    guard input == updates else { throw invocation.error("puts \(updates) into \(input)") }
    if self != .replace { _ = try invocation.number(input) }
  }

  /// What an element becomes.
  @inline(__always)
  func value<Element: Number>(_ element: Element, _ update: Element) -> Element {
    switch self {
    case .replace: update
    case .add: .sum(element, update)
    case .multiply: .product(element, update)
    case .maximum: Maximum.value(element, update)
    case .minimum: Minimum.value(element, update)
    }
  }

  /// The type of numbers that a kernel computes with: for updates that only replace, whole numbers as wide.
  func element(_ invocation: Invocation) throws -> any Number.Type {
    guard self == .replace else { return try invocation.number(try invocation.input(0).elementType) }
    switch try invocation.elementWidth() {
    case 1: return UInt8.self
    case 2: return UInt16.self
    case 4: return UInt32.self
    case 8: return UInt64.self
    default: throw invocation.error("cannot move elements of \(try invocation.input(0).elementType)")
    }
  }
}

extension GradientBuilder {
  /// Sets the gradients of an operator whose third input is scattered over the first: `scatter` puts zeros, of the shape of the updates,
  /// over the gradient, and `gather` reads it where the updates went.
  mutating func setScattered(
    _ scatter: OperatorName, _ gather: OperatorName, _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) throws {
    let reduction = try ScatterReduction(invocation)
    guard reduction == .replace || reduction == .add else {
      throw invocation.error("has no derivative where updates are combined by \"\(reduction.rawValue)\"")
    }
    if wants(0), reduction == .add { set(outputGradient, forInput: 0) }
    if wants(0), reduction == .replace {
      let shape = try invocation.input(2).shape
      let zeros = add(ConstantOfShape.name, [], ["shape": .ints(shape.map(Int64.init))])
      set(add(scatter, [outputGradient, input(1), zeros], attributes), forInput: 0)
    }
    if wants(2) { set(add(gather, [outputGradient, input(1)], attributes), forInput: 2) }
  }
}
