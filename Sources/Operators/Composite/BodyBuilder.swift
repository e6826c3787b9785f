import Graph
import OrderedCollections
import Tensors

/// What the body of a composite operator is written with: adds nodes, and says which values are the results.
public struct BodyBuilder: NodeBuilder {
  /// The node that is written out, the types of its inputs known.
  public let invocation: Invocation
  /// The names of the inputs; an empty name for one left out.
  public let inputs: [String]
  /// The nodes added.
  public internal(set) var nodes: [Node] = []
  /// The values stored with them.
  public private(set) var constants: OrderedDictionary<String, Tensor> = [:]
  /// The results, in the order of the operator's outputs.
  public private(set) var results: [String] = []
  let prefix: String

  /// A builder whose values are called `prefix/0`, `prefix/1`, ...
  init(_ invocation: Invocation, inputs: [String], prefix: String) {
    self.invocation = invocation
    self.inputs = inputs
    self.prefix = prefix
  }

  /// The name of the input at `position`; `nil` if it is left out.
  public func input(_ position: Int) -> String? {
    invocation.has(input: position) ? inputs[position] : nil
  }

  /// The name of the input at `position`, which must be there.
  public func required(_ position: Int) throws -> String {
    _ = try invocation.input(position)
    return inputs[position]
  }

  /// Stores a value and returns its name.
  public mutating func store(_ tensor: Tensor) -> String {
    let name = "\(prefix)/stored \(constants.count)"
    constants[name] = tensor
    return name
  }

  /// States the results.
  public mutating func finish(_ results: [String]) { self.results = results }
}

extension BodyBuilder {
  /// `value` with its axes in another order.
  mutating func transpose(_ value: String, _ order: [Int]) -> String {
    add(Transpose.name, [value], ["perm": .ints(order.map(Int64.init))])
  }

  /// `value` as single precision numbers.
  mutating func floats(_ value: String) -> String { add(Cast.name, [value], ["to": .int(1)]) }
}
